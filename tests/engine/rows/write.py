"""Writes in place: on whole tensors, through views, by indices; the result is the tensor that was written to."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.ops import python
from tests.engine.rows.row import Call, Row, a, b, inplace, item, m, n, p, r

FREE = slice(None)


def written(change: Call) -> Call:
    """y = x * 1; change(y, …); y"""

    def run(x: Any, *others: Any) -> Any:
        y = m.mul(x, 1)
        change(y, *others)
        return y

    return run


def put(*index: Any) -> Call:
    """y[index] = v"""
    return written(lambda y, v: python.setitem(y, index if len(index) != 1 else index[0], v))


def replaced(*index: Any) -> Call:
    def expect(x: Array, v: Array) -> Array:
        y = x.copy()
        y[index] = v
        return y

    return expect


def _through_two_views(y: Any, v: Any) -> None:
    row, column = item(0)(y), item(FREE, 1)(y)
    inplace("*=")(row, v)
    m.add_(column, row)


def _expected_through_two_views(x: Array, v: Array) -> Array:
    y = x.copy()
    y[0] *= v
    y[:, 1] += y[0]
    return y


def _replayed(x: Any) -> Any:
    y = m.mul(x, 1)
    row = item(1)(y)
    inplace("*=")(y, 3)
    return m.mul(row, row)


def _plus(x: Array, at: Any, number: Any) -> Array:
    y = x.copy()
    y[at] = y[at] + number
    return y


# fmt: off
ROWS = [
    Row("copy", put(0), (r(2, 3), r(3)), replaced(0)),
    Row("copy", put(FREE, 1), (r(2, 3), r()), replaced(FREE, 1)),
    Row("copy", put(...), (r(2, 3), r(3)), replaced(...)),
    Row("copy", put(slice(None, None, 2)), (r(3, 2), r(1, 2)), replaced(slice(None, None, 2))),
    Row("copy", written(lambda y: python.setitem(y, (0, 1), 7.0)), (r(2, 3),), lambda x: np.array([[x[0, 0], 7.0, x[0, 2]], list(x[1])])),
    Row("copy", written(m.copy_), (r(2, 3), r(3)), lambda x, v: np.stack([v, v])),
    Row("fill", written(lambda y: m.fill_(y, 4)), (r(2, 3),), lambda x: np.full((2, 3), 4.0)),
    Row("fill", written(m.fill_), (r(2), r()), lambda x, v: np.array([v, v])),
    Row("zero", written(m.zero_), (r(2, 3),), np.zeros_like),
    Row("zero", written(lambda y: m.zero_(item(1)(y))), (r(2, 3),), lambda x: np.stack([x[0], x[0] * 0])),
    Row("index_put", lambda x, v, i: written(lambda y: python.setitem(y, i, v))(x), (r(3, 2), r(2, 2), n(2, 0)), lambda x, v, i: np.stack([v[1], x[1], v[0]])),
    Row("index_put", lambda x, v, i: written(lambda y: python.setitem(y, i, v))(x), (r(3), r(), b(True, False, True)), lambda x, v, i: np.array([v, x[1], v])),
    Row("index_put", lambda x, i: written(lambda y: python.setitem(y, (FREE, i), 5.0))(x), (r(2, 3), n(0, 2)), lambda x, i: np.stack([x[:, 0] * 0 + 5, x[:, 1], x[:, 2] * 0 + 5], 1)),
    Row("scatter", lambda x, s, i: written(lambda y: m.scatter_(y, 0, i, s))(x), (r(3), r(2), n(2, 0)), lambda x, s, i: np.array([s[1], x[1], s[0]])),
    Row("masked_fill", lambda x, c: written(lambda y: m.masked_fill_(y, c, 2.0))(x), (r(3), b(True, False, False)), lambda x, c: np.array([2.0, x[1], x[2]])),
    Row("add", written(inplace("+=")), (r(2, 3), r(3)), lambda x, v: x + v),
    Row("add", written(lambda y, v: m.add_(item(1)(y), v, alpha=2)), (r(2, 3), r(3)), lambda x, v: _plus(x, 1, 2 * v)),
    Row("sub", written(inplace("-=")), (r(2, 3), r(3)), lambda x, v: x - v),
    Row("mul", written(inplace("*=")), (r(2, 3), r(3)), lambda x, v: x * v),
    Row("mul", written(_through_two_views), (r(3, 3), r(3)), _expected_through_two_views),
    Row("div", written(inplace("/=")), (r(2, 3), r(3)), lambda x, v: x / v),
    Row("pow_number", written(lambda y: inplace("**=")(y, 3)), (r(2, 3),), lambda x: x**3),
    Row("exp", written(lambda y: m.exp_(y)), (r(2, 3),), np.exp),
    Row("exp", written(lambda y: m.exp_(item(0)(y))), (r(2, 3),), lambda x: np.stack([np.exp(x[0]), x[1]])),
    Row("sqrt", written(lambda y: m.sqrt_(item(FREE, 0)(y))), (p(2, 2),), lambda x: np.stack([np.sqrt(x[:, 0]), x[:, 1]], 1)),
    Row("clamp", written(lambda y: m.clamp_(y, -0.3, 0.3)), (r(2, 3),), lambda x: np.clip(x, -0.3, 0.3)),
    Row("cumsum", written(lambda y: m.cumsum_(y, 1)), (r(2, 3),), lambda x: np.cumsum(x, 1)),
    Row("relu", written(lambda y: m.relu_(m.t(y))), (a([1, -2], [-3, 4]),), lambda x: a([1, 0], [0, 4])),
    Row("as_strided", _replayed, (r(2, 3),), lambda x: 9 * x[1] ** 2),
]
# fmt: on
