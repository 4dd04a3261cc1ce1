"""Indexing: windows, integer tensors, masks; gather and index_select."""

from __future__ import annotations

import numpy as np

from tests.engine.rows.row import Row, b, item, n, r, t

FREE = slice(None)
MATRIX = np.array([[0, 2], [1, 1]])

# fmt: off
ROWS = [
    Row("getitem", item(0, 1), (r(2, 3),), lambda x: x[0, 1]),
    Row("getitem", item(-1), (r(2, 3),), lambda x: x[1]),
    Row("getitem", item(FREE, 1), (r(2, 3),), lambda x: x.T[1]),
    Row("getitem", item(slice(None, None, 2), slice(1, 9)), (r(3, 3),), lambda x: x[[0, 2]][:, [1, 2]]),
    Row("getitem", item(..., 0), (r(2, 3, 2),), lambda x: np.moveaxis(x, -1, 0)[0]),
    Row("getitem", item(None, FREE, None), (r(2, 3),), lambda x: x.reshape(1, 2, 1, 3)),
    Row("getitem", item(...), (r(),), lambda x: x),
    Row("getitem", item(slice(2, 1)), (r(3, 2),), lambda x: np.zeros((0, 2))),
    Row("index", lambda x, i: item(i)(x), (r(3, 2), n(0, 0, 2)), lambda x, i: x[[0, 0, 2]]),
    Row("index", lambda x, i: item(FREE, i)(x), (r(2, 3), n(2, -1)), lambda x, i: x.T[[2, 2]].T),
    Row("index", lambda x, i, j: item(i, j)(x), (r(3, 3), n(0, 1, 2), n(2, 0, 2)), lambda x, i, j: np.array([x[0, 2], x[1, 0], x[2, 2]])),
    Row("index", lambda x, i, j: item(i, FREE, j)(x), (r(2, 3, 2), n(0, 1), n(1, 0)), lambda x, i, j: np.stack([x[0, :, 1], x[1, :, 0]])),
    Row("index", lambda x, i: item(i)(x), (r(4), MATRIX), lambda x, i: x.take(MATRIX)),
    Row("index", lambda x, i: item(i)(x), (r(2, 3), b([True, False, True], [False, True, False])), lambda x, i: x.ravel()[[0, 2, 4]]),
    Row("index", lambda x, i: item(i, 1)(x), (r(3, 2), b(True, False, True)), lambda x, i: x[[0, 2], 1]),
    Row("index", lambda x, i: item(i)(x), (r(3), b(False, False, False)), lambda x, i: np.zeros(0)),
    Row("index", lambda x, i: item(i, slice(1, 3))(x), (r(3, 4), n(1, 1)), lambda x, i: x[[1, 1], 1:3]),
    Row("index", lambda x, i: item(None, i)(x), (r(3), n(1, 0)), lambda x, i: x[None, [1, 0]]),
    Row("gather", lambda x, i: t.gather(x, 1, i), (r(2, 3), MATRIX), lambda x, i: np.array([[x[0, 0], x[0, 2]], [x[1, 1], x[1, 1]]])),
    Row("gather", lambda x, i: t.gather(x, 0, i), (r(3, 3), MATRIX), lambda x, i: np.array([[x[0, 0], x[2, 1]], [x[1, 0], x[1, 1]]])),
    Row("index_select", lambda x, i: t.index_select(x, 1, i), (r(2, 3), n(2, 2, 0)), lambda x, i: x.T[[2, 2, 0]].T),
    Row("index_select", lambda x, i: t.index_select(x, 0, i), (r(4), n(3, 0)), lambda x, i: np.array([x[3], x[0]])),
]
# fmt: on
