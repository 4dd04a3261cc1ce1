"""Elementwise functions of one tensor."""

from __future__ import annotations

import numpy as np

from tests.engine.rows.row import Call, Row, a, b, m, n, p, r, t

SHAPES = ((2, 3), (), (0,), (1, 3, 2))


def rows(name: str, expect: Call, fill: Call = r) -> list[Row]:
    """The function on matrices, scalars, nothing and three dims."""
    return [Row(name, getattr(t, name), (fill(*shape),), expect) for shape in SHAPES]


# fmt: off
ROWS = [
    *rows("neg", lambda x: -x),
    *rows("abs", np.abs),
    *rows("exp", lambda x: np.e**x),
    *rows("expm1", lambda x: np.e**x - 1),
    *rows("log", lambda x: np.log2(x) * np.log(2), p),
    *rows("log2", lambda x: np.log(x) / np.log(2), p),
    *rows("log10", lambda x: np.log(x) / np.log(10), p),
    *rows("log1p", lambda x: np.log(1 + x), p),
    *rows("sqrt", lambda x: x**0.5, p),
    *rows("rsqrt", lambda x: x**-0.5, p),
    *rows("reciprocal", lambda x: 1 / x),
    *rows("square", lambda x: x * x),
    *rows("sin", lambda x: np.imag(np.exp(1j * x))),
    *rows("cos", lambda x: np.real(np.exp(1j * x))),
    *rows("tan", lambda x: np.sin(x) / np.cos(x), p),
    *rows("sinh", lambda x: (np.exp(x) - np.exp(-x)) / 2),
    *rows("cosh", lambda x: (np.exp(x) + np.exp(-x)) / 2),
    *rows("tanh", lambda x: 1 - 2 / (np.exp(2 * x) + 1)),
    *rows("sigmoid", lambda x: 1 / (1 + np.exp(-x))),
    *rows("relu", lambda x: np.where(x > 0, x, 0)),
    *rows("sign", lambda x: np.where(x > 0, 1.0, -1.0)),
    *rows("floor", lambda x: -np.ceil(-x)),
    *rows("ceil", lambda x: -np.floor(-x)),
    *rows("trunc", lambda x: np.sign(x) * np.floor(np.abs(x))),
    *rows("round", lambda x: np.floor(x + 0.5)),
    Row("sigmoid", t.sigmoid, (a(-800.0, 800.0),), lambda x: a(0, 1)),
    Row("logical_not", t.logical_not, (a(0, 1.5),), lambda x: b(True, False)),
    Row("bitwise_not", t.bitwise_not, (n(0, 5, -3),), lambda x: -x - 1),
    Row("bitwise_not", t.bitwise_not, (b(True, False),), lambda x: b(False, True)),
    Row("isnan", t.isnan, (a(0, np.nan, np.inf),), lambda x: b(False, True, False)),
    Row("isinf", t.isinf, (a(0, np.nan, -np.inf),), lambda x: b(False, False, True)),
    Row("isfinite", t.isfinite, (a(0, np.nan, np.inf),), lambda x: b(True, False, False)),
    Row("pow_number", lambda x: t.pow(x, 3), (r(2, 3),), lambda x: x * x * x),
    Row("pow_number", lambda x: t.pow(x, 2), (r(0),), lambda x: x * x),
    Row("pow_number", lambda x: m.pow(x, -1.5), (p(3, 2),), lambda x: 1 / (x * np.sqrt(x))),
    Row("pow_number", lambda x: m.pow(x, 0), (r(2),), lambda x: x * 0 + 1),
    Row("pow_number", lambda x: m.pow(x, 1), (a(0.0, 2.0),), lambda x: x),
]
# fmt: on
