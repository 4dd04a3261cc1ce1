"""Blocks along a dim: softmax and its kin, cumulative sums and products."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Call, Row, a, m, r, t


def softmax(x: Array, dim: int) -> Array:
    e = np.exp(x)
    made: Array = e / np.sum(e, axis=dim, keepdims=True)
    return made


def rows(name: str, expect: Call) -> list[Row]:
    """Along each dim of three, of a vector, of nothing."""
    shapes = (((2, 3, 2), 0), ((2, 3, 2), 1), ((2, 3, 2), -1), ((4,), 0), ((1,), 0), ((2, 0), 1), ((0, 2), 1))
    return [Row(name, _along(name, dim), (r(*shape),), _expected(expect, dim)) for shape, dim in shapes]


def _along(name: str, dim: int) -> Call:
    return lambda x: getattr(m, name)(x, dim)


def _expected(expect: Call, dim: int) -> Call:
    return lambda x: expect(x, dim)


# fmt: off
ROWS = [
    *rows("softmax", softmax),
    *rows("log_softmax", lambda x, dim: np.log(softmax(x, dim))),
    *rows("cumsum", lambda x, dim: np.cumsum(x, axis=dim)),
    *rows("cumprod", lambda x, dim: np.cumprod(x, axis=dim)),
    Row("softmax", lambda x: t.softmax(x, 0), (r(),), lambda x: np.ones(())),
    Row("log_softmax", lambda x: t.log_softmax(x, 0), (r(),), lambda x: np.zeros(())),
    Row("cumsum", lambda x: t.cumsum(x, 0), (r(),), lambda x: x),
    Row("cumprod", lambda x: t.cumprod(x, 0), (r(),), lambda x: x),
    Row("softmax", lambda x: t.softmax(x, 0), (a(1000, 1000),), lambda x: a(0.5, 0.5)),
    Row("log_softmax", lambda x: t.log_softmax(x, 0), (a(1000, 0),), lambda x: a(0, -1000)),
    Row("cumprod", lambda x: t.cumprod(x, 0), (a(2, 0, 4, 0, 5),), lambda x: a(2, 0, 0, 0, 0)),
    Row("cumprod", lambda x: t.cumprod(x, 1), (a([2, 0, 4], [0, 3, 0], [1, 2, 3]),), lambda x: a([2, 0, 0], [0, 0, 0], [1, 2, 6])),
]
# fmt: on
