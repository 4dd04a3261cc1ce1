"""Elementwise functions of two tensors, broadcasting."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Call, Row, a, b, n, op, p, r, raw, t

SHAPES = (((2, 3), (2, 3)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((), (2,)), ((3, 1, 2), ()), ((2, 0), (1,)), ((), ()))


def rows(name: str, call: Call, expect: Call, fill: Call = r, other: Call = r) -> list[Row]:
    """The function on operands that broadcast in every way."""
    return [Row(name, call, (fill(*mine), other(*theirs, seed=3)), expect) for mine, theirs in SHAPES]


def queries(name: str, expect: Call) -> list[Row]:
    """A comparison, with ties."""
    return [Row(name, getattr(t, name), (a(1, 2, 3), a([1], [3])), expect)]


def logic(name: str, expect: Call) -> list[Row]:
    return [Row(name, getattr(t, name), (b(0, 0, 1, 1), b(0, 1, 0, 1)), expect)]


def power(x: Array, y: Array) -> Array:
    made: Array = np.exp(y * np.log(x))
    return made


# fmt: off
ROWS = [
    *rows("add", op("+"), lambda x, y: x - (-y)),
    *rows("add", lambda x, y: t.add(x, y, alpha=2.5), lambda x, y: x + 2.5 * y),
    *rows("sub", op("-"), lambda x, y: x + (-y)),
    *rows("sub", lambda x, y: t.sub(x, y, alpha=3), lambda x, y: x - 3 * y),
    *rows("mul", op("*"), lambda x, y: x / (1 / y)),
    *rows("div", op("/"), lambda x, y: x * (1 / y)),
    *rows("pow_tensor", op("**"), power, p, r),
    *rows("maximum", t.maximum, lambda x, y: np.where(x > y, x, y)),
    *rows("minimum", t.minimum, lambda x, y: np.where(x < y, x, y)),
    *rows("remainder", op("%"), lambda x, y: x - y * np.floor(x / y), r, p),
    Row("remainder_by", lambda x: op("%")(x, 0.7), (r(2, 3),), lambda x: x - 0.7 * np.floor(x / 0.7)),
    Row("remainder_by", raw("remainder_by"), (r(2, 3), p(3)), lambda x, y: x - y * np.floor(x / y)),
    Row("remainder_of", lambda x: op("%")(2, x), (r(2, 3),), lambda x: 2 - x * np.floor(2 / x)),
    *rows("floor_divide", op("//"), lambda x, y: np.floor(x / y), r, p),
    *rows("div_rounded", lambda x, y: t.div(x, y, rounding_mode="floor"), lambda x, y: np.floor(x / y), r, p),
    *rows("div_rounded", lambda x, y: t.div(x, y, rounding_mode="trunc"), lambda x, y: np.trunc(x / y), r, p),
    Row("div_rounded", lambda x, y: t.div(x, y, rounding_mode="trunc"), (n(7, -7, 6), n(2, 2, -3)), lambda x, y: n(3, -3, -2)),
    *rows("heaviside", t.heaviside, lambda x, y: np.where(x > 0, 1.0, 0.0) + 0 * y),
    Row("heaviside", t.heaviside, (a(-1, 0, 2), a(0.5)), lambda x, y: a(0, 0.5, 1), smooth=False),
    Row("add", lambda x: op("+")(x, 2.5), (r(2, 3),), lambda x: x + 2.5),
    Row("mul", lambda x: op("*")(3, x), (r(2, 3),), lambda x: 3 * x),
    Row("mul", lambda x: op("*")(x, x), (r(2, 3),), lambda x: x**2),
    Row("rsub", lambda x: op("-")(2.5, x), (r(2, 3),), lambda x: 2.5 - x),
    Row("rsub", raw("rsub", alpha=2), (r(2, 3), r(3)), lambda x, y: y - 2 * x),
    Row("rdiv", lambda x: op("/")(2.5, x), (r(2, 3),), lambda x: 2.5 / x),
    Row("rdiv", raw("rdiv"), (r(2, 3), r(3)), lambda x, y: x / y),
    Row("pow_scalar", lambda x: op("**")(2, x), (r(2, 3),), lambda x: np.exp(x * np.log(2))),
    Row("pow_scalar", raw("pow_scalar"), (p(2, 3), r(3)), power),
    Row("kept", raw("kept"), (r(2, 3), b(True, False, True)), lambda x, y: x * y),
    *queries("eq", lambda x, y: x - y == 0),
    *queries("ne", lambda x, y: x - y != 0),
    *queries("lt", lambda x, y: x - y < 0),
    *queries("le", lambda x, y: x - y <= 0),
    *queries("gt", lambda x, y: x - y > 0),
    *queries("ge", lambda x, y: x - y >= 0),
    *logic("logical_and", lambda x, y: b(0, 0, 0, 1)),
    *logic("logical_or", lambda x, y: b(0, 1, 1, 1)),
    *logic("logical_xor", lambda x, y: b(0, 1, 1, 0)),
    *logic("bitwise_and", lambda x, y: b(0, 0, 0, 1)),
    *logic("bitwise_or", lambda x, y: b(0, 1, 1, 1)),
    *logic("bitwise_xor", lambda x, y: b(0, 1, 1, 0)),
    Row("bitwise_and", t.bitwise_and, (n(12), n(10)), lambda x, y: n(8)),
    Row("bitwise_or", t.bitwise_or, (n(12), n(10)), lambda x, y: n(14)),
    Row("bitwise_xor", t.bitwise_xor, (n(12), n(10)), lambda x, y: n(6)),
    Row("maximum", t.maximum, (a(1, 2), a(1, 3)), lambda x, y: a(1, 3), smooth=False),
    Row("minimum", t.minimum, (a(1, 2), a(1, 3)), lambda x, y: a(1, 2), smooth=False),
]
# fmt: on
