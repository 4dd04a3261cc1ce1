"""Elementwise functions of three tensors."""

from __future__ import annotations

from app.engine.arrays import Array
from tests.engine.rows.row import Call, Row, p, r, t

SHAPES = (((2, 3), (2, 3), (2, 3)), ((2, 3), (3,), (2, 1)), ((3,), (2, 3), ()), ((), (), ()), ((0, 2), (2,), (1,)))


def rows(name: str, call: Call, expect: Call, last: Call = r) -> list[Row]:
    """The function on operands that broadcast in every way."""
    return [Row(name, call, (r(*a), r(*b, seed=3), last(*c, seed=5)), expect) for a, b, c in SHAPES]


def between(a: Array, b: Array, w: Array | float) -> Array:
    made: Array = a * (1 - w) + b * w
    return made


# fmt: off
ROWS = [
    *rows("addcmul", t.addcmul, lambda x, y, z: x + y * z),
    *rows("addcmul", lambda x, y, z: t.addcmul(x, y, z, value=2.5), lambda x, y, z: x + 2.5 * y * z),
    *rows("addcdiv", t.addcdiv, lambda x, y, z: x + y / z, p),
    *rows("addcdiv", lambda x, y, z: t.addcdiv(x, y, z, value=-3), lambda x, y, z: x - 3 * y / z, p),
    *rows("lerp_between", t.lerp, between),
    Row("lerp", lambda x, y: t.lerp(x, y, 0.3), (r(2, 3), r(3, seed=3)), lambda x, y: between(x, y, 0.3)),
    Row("lerp", lambda x, y: t.lerp(x, y, 1.7), (r(2, 1), r(3, seed=3)), lambda x, y: between(x, y, 1.7)),
]
