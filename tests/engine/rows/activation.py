"""Activations, and the piecewise functions that their derivatives are written in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Call, F, Row, a, r, raw

SHAPES = ((2, 3), (), (0,))


def rows(name: str, expect: Call, call: Call | None = None) -> list[Row]:
    """The function on a matrix, a scalar and nothing."""
    return [Row(name, call or getattr(F, name), (r(*shape),), expect) for shape in SHAPES]


def elu(x: Array, alpha: float = 1, scale: float = 1, inner: float = 1) -> Any:
    return scale * np.where(x > 0, x, alpha * (np.exp(x * inner) - 1))


def softplus(x: Array) -> Any:
    return np.logaddexp(0, x)


def clip(x: Array, low: float, high: float) -> Any:
    return np.where(x < low, low, np.where(x > high, high, x))


def phi(x: Array) -> Any:
    return np.vectorize(lambda v: (1 + math.erf(v / math.sqrt(2))) / 2, [float])(x)


def tanh_gelu(x: Array) -> Any:
    return x / (1 + np.exp(-2 * math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def shrunk(x: Array, bound: float) -> Any:
    return np.sign(x) * np.maximum(np.abs(x) - bound, 0)


SELU = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
# fmt: off
ROWS = [
    *rows("leaky_relu", lambda x: np.where(x > 0, x, 0.01 * x)),
    *rows("leaky_relu", lambda x: np.where(x > 0, x, -2 * x), lambda x: F.leaky_relu(x, -2.0)),
    *rows("elu", elu),
    *rows("elu", lambda x: elu(x, 1.5), lambda x: F.elu(x, 1.5)),
    *rows("selu", lambda x: elu(x, SELU[1], SELU[0])),
    *rows("celu", lambda x: elu(x, 2, 1, 0.5), lambda x: F.celu(x, 2.0)),
    *rows("gelu", lambda x: x * phi(x)),
    *rows("gelu", tanh_gelu, lambda x: F.gelu(x, approximate="tanh")),
    *rows("silu", lambda x: x / (1 + np.exp(-x))),
    *rows("mish", lambda x: x * np.tanh(softplus(x))),
    *rows("softplus", softplus),
    *rows("softplus", lambda x: np.where(2 * x > 1, x, softplus(2 * x) / 2), lambda x: F.softplus(x, 2, 1)),
    *rows("softshrink", lambda x: shrunk(x, 0.5)),
    *rows("hardshrink", lambda x: np.where(np.abs(x) > 0.5, x, 0)),
    *rows("hardtanh", lambda x: clip(x, -1, 1)),
    *rows("hardtanh", lambda x: clip(x, -0.3, 0.6), lambda x: F.hardtanh(x, -0.3, 0.6)),
    *rows("relu6", lambda x: clip(x, 0, 6)),
    *rows("hardsigmoid", lambda x: clip(x / 6 + 0.5, 0, 1)),
    *rows("hardswish", lambda x: x * clip(x / 6 + 0.5, 0, 1)),
    *rows("logsigmoid", lambda x: -softplus(-x)),
    *rows("threshold", lambda x: np.where(x > 0.2, x, 7), lambda x: F.threshold(x, 0.2, 7.0)),
    Row("hardswish", F.hardswish, (a(-4, -2.5, 1, 5),), lambda x: x * clip(x / 6 + 0.5, 0, 1)),
    Row("hardsigmoid", F.hardsigmoid, (a(-4, -2.5, 1, 5),), lambda x: clip(x / 6 + 0.5, 0, 1)),
    Row("softplus", F.softplus, (a(-30.0, 30.0),), lambda x: a(np.log1p(np.exp(-30)), 30)),
    Row("normal_cdf", raw("normal_cdf"), (r(2, 3),), phi),
    Row("plateaus", raw("plateaus", ends=(0,), values=(3, 4)), (r(2, 3),), lambda x: np.where(x > 0, 4.0, 3.0)),
    Row("plateaus", raw("plateaus", ends=(-0.5, 0.5), values=(3, 4, 5), nan=0), (r(2, 3),), lambda x: np.where(x < -0.5, 3.0, np.where(x > 0.5, 5.0, 4.0))),
    Row("sixth", raw("sixth"), (a(-4.0, 1.0, 2.0),), lambda x: a(0, np.float32(1 / 6), np.float32(1 / 6))),
    Row("outside", raw("outside", bound=0.5), (r(2, 3),), lambda x: np.where(np.abs(x) > 0.5, 1.0, 0.0)),
    Row("cases", raw("cases"), (np.array([True, False]), r(2), r(2, seed=2)), lambda c, x, y: np.where(c, x, y)),
]
# fmt: on
