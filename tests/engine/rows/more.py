"""Inverse functions, parts of numbers, and more functions of two tensors."""

from __future__ import annotations

import math

import numpy as np

from tests.engine.rows.row import Row, a, b, m, n, op, p, r, t
from tests.engine.rows.unary import rows

# fmt: off
ROWS = [
    *rows("asin", lambda x: np.arctan2(x, np.sqrt(1 - x * x)), p),
    *rows("acos", lambda x: np.arctan2(np.sqrt(1 - x * x), x), p),
    *rows("atan", lambda x: np.arctan2(x, 1)),
    *rows("asinh", lambda x: np.sign(x) * np.log(np.abs(x) + np.sqrt(x * x + 1))),
    Row("acosh", t.acosh, (a(1.2, 3.4),), lambda x: np.log(x + np.sqrt(x * x - 1))),
    *rows("atanh", lambda x: np.log((1 + x) / (1 - x)) / 2, p),
    *rows("exp2", lambda x: np.power(2.0, x)),
    *rows("sinc", lambda x: np.sin(math.pi * x) / (math.pi * x)),
    *rows("deg2rad", np.deg2rad),
    *rows("rad2deg", np.rad2deg),
    *rows("frac", lambda x: np.modf(x)[0]),
    *rows("sgn", lambda x: np.where(x > 0, 1.0, -1.0)),
    *rows("angle", lambda x: np.where(x < 0, math.pi, 0.0)),
    Row("signbit", t.signbit, (a(0, -0.0, -2),), lambda x: b(False, True, True)),
    Row("isposinf", t.isposinf, (a(0, np.inf, -np.inf),), lambda x: b(False, True, False)),
    Row("isneginf", t.isneginf, (a(0, np.inf, -np.inf),), lambda x: b(False, False, True)),
    Row("isreal", t.isreal, (a(0, np.nan),), lambda x: b(True, True)),
    *rows("logit", lambda x: np.log(x) - np.log(1 - x), p),
    Row("logit", lambda x: t.logit(x, 0.2), (a(0.1, 0.3, 0.9),), lambda x: np.log(a(0.25, 3 / 7, 4))),
    Row("nan_to_num", t.nan_to_num, (a(0.5, -2.0),), lambda x: x),
    Row("nan_to_num", lambda x: t.nan_to_num(x, 1.0, 2.0, 3.0), (a(np.nan, np.inf, -np.inf),), lambda x: a(1, 2, 3), smooth=False),
    Row("round_decimals", lambda x: t.round(x, decimals=1), (a(1.234, -5.678),), lambda x: a(1.2, -5.7)),
    Row("round_decimals", lambda x: t.round(x, decimals=-1), (a(14.0, -57.0),), lambda x: a(10, -60)),
    Row("atan2", t.atan2, (r(2, 3), r(3)), lambda x, y: np.angle(y + 1j * x)),
    Row("hypot", t.hypot, (r(2, 3), r(3)), lambda x, y: np.abs(x + 1j * y)),
    Row("copysign", t.copysign, (r(2, 3), r(3)), lambda x, y: np.where(y < 0, -np.abs(x), np.abs(x))),
    Row("fmax", t.fmax, (a(1, np.nan, 3), a(2, 5, np.nan)), lambda x, y: a(2, 5, 3), smooth=False),
    Row("fmax", t.fmax, (r(2, 3), r(3, seed=2)), np.maximum),
    Row("fmin", t.fmin, (r(2, 3), r(3, seed=2)), np.minimum),
    Row("fmod", t.fmod, (r(2, 3), r(3, seed=2)), lambda x, y: x - y * np.trunc(x / y)),
    Row("fmod_by", lambda x: t.fmod(x, 0.7), (r(2, 3),), lambda x: x - 0.7 * np.trunc(x / 0.7)),
    Row("logaddexp", t.logaddexp, (r(2, 3), r(3)), lambda x, y: np.log(np.exp(x) + np.exp(y))),
    Row("logaddexp2", t.logaddexp2, (r(2, 3), r(3)), lambda x, y: np.log2(2**x + 2**y)),
    Row("ldexp", t.ldexp, (r(2, 3), r(3)), lambda x, y: x * 2**y),
    Row("xlogy", t.xlogy, (r(2, 3), p(3)), lambda x, y: np.log(y) * x),
    Row("xlogy", lambda x: t.xlogy(0, x), (a(0.0, 2.0),), lambda x: a(0, 0), smooth=False),
    Row("special_xlog1py", t["special.xlog1py"], (r(2, 3), p(3)), lambda x, y: np.log(1 + y) * x),
    Row("nextafter", t.nextafter, (a(1, 2), a(3, 0)), lambda x, y: a(1 + 2.0**-52, 2 - 2.0**-52)),
    Row("frexp", t.frexp, (a(0.75, 6.0, -3.0),), lambda x: (a(0.75, 0.75, -0.75), n(0, 3, 2))),
    Row("clamp_min_tensor", t.clamp_min, (r(2, 3), r(3, seed=2)), np.maximum),
    Row("clamp_max_tensor", t.clamp_max, (r(2, 3), r(3, seed=2)), np.minimum),
    Row("gcd", t.gcd, (n(12, 18), n(8, 27)), lambda x, y: n(4, 9)),
    Row("lcm", t.lcm, (n(4, 6), n(6, 5)), lambda x, y: n(12, 30)),
    Row("bitwise_left_shift", t.bitwise_left_shift, (n(1, 5), n(3, 1)), lambda x, y: n(8, 10)),
    Row("bitwise_right_shift", op(">>"), (n(17, 5), n(3, 1)), lambda x, y: n(2, 2)),
    Row("mvlgamma", lambda x: m.mvlgamma(x, 1), (a(2.0, 3.5),), lambda x: np.log(a(1, 15 * math.sqrt(math.pi) / 8))),
]
# fmt: on
