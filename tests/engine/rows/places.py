"""Reading and writing by places, parts of tensors, diagonals and blocks."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Row, a, m, r, t

TO = np.array([2, 0, 2])


def added(x: Array, v: Array) -> Array:
    out = x.copy()
    for place, number in zip(TO, v, strict=True):
        out[place] += number
    return out


def index(*places: Any) -> Any:
    return t.tensor(list(places))


def reduced(how: str, **more: Any) -> Any:
    return lambda x, v: t.scatter_reduce(x, 0, index(2, 0, 2), v, how, **more)


def by_slices(how: str) -> Any:
    return lambda x, v: t.index_reduce(x, 0, index(2, 0, 2), v, how)


# fmt: off
ROWS = [
    Row("scatter_add", lambda x, v: t.scatter_add(x, 0, index(2, 0, 2), v), (r(3), r(3, seed=3)), added),
    Row("scatter_add", lambda x, v: m.scatter_add(x, 0, index(1), v), (r(3), r(2, seed=3)), lambda x, v: x + a(0, v[0], 0)),
    Row("index_add", lambda x, v: t.index_add(x, 0, index(2, 0, 2), v, alpha=2), (r(3, 2), r(3, 2, seed=3)), lambda x, v: added(x, 2 * v)),
    Row("index_fill", lambda x, v: m.index_fill(x, 0, index(0, 2), v), (r(3), r()), lambda x, v: a(v, x[1], v)),
    Row("index_copy", lambda x, v: t.index_copy(x, 0, index(2, 0), v), (r(3, 2), r(2, 2, seed=3)), lambda x, v: np.stack([v[1], x[1], v[0]])),
    Row("put", lambda x, v: m.put(x, index(-1, 0), v), (r(3), r(2, seed=3)), lambda x, v: a(v[1], x[1], v[0])),
    Row("put_added", lambda x, v: m.put(x, index(2, 0, -1), v, True), (r(3), r(3, seed=3)), added),
    Row("masked_scatter", lambda x, v: m.masked_scatter(x, t.gt(x, 0), v), (a(1, -1, 2), r(3, seed=3)), lambda x, v: a(v[0], -1, v[1])),
    Row("select_scatter", lambda x, v: t.select_scatter(x, v, 0, 1), (r(2, 3), r(3, seed=3)), lambda x, v: np.stack([x[0], v])),
    Row("slice_scatter", lambda x, v: t.slice_scatter(x, v, 0, 1), (r(2, 3), r(1, 3, seed=3)), lambda x, v: np.stack([x[0], v[0]])),
    Row("diagonal_scatter", t.diagonal_scatter, (r(2, 2), r(2, seed=3)), lambda x, v: np.array([[v[0], x[0, 1]], [x[1, 0], v[1]]])),
    Row("take", lambda x: t.take(x, index(3, 0, 3)), (r(2, 2),), lambda x: a(x[1, 1], x[0, 0], x[1, 1])),
    Row("window", lambda x: t.as_strided(m.contiguous(x), (2, 2), (1, 1), 1), (r(4),), lambda x: np.stack([x[1:3], x[2:4]])),
    Row("take_nothing", lambda x: t.gather(x, 0, t.tensor([], dtype=t.int64)), (r(2, 2),), lambda x: np.zeros(0)),
    Row("index_put_added", lambda x, v: t.index_put(x, (index(2, 0, 2),), v, True), (r(3), r(3, seed=3)), added),
    Row("scatter_reduce", reduced("sum"), (r(3), r(3, seed=3)), added),
    Row("scatter_reduce", reduced("mean"), (r(3), r(3, seed=3)), lambda x, v: a((x[0] + v[1]) / 2, x[1], (x[2] + v[0] + v[2]) / 3)),
    Row("scatter_reduce", reduced("prod", include_self=False), (r(3), r(3, seed=3)), lambda x, v: a(v[1], x[1], v[0] * v[2])),
    Row("scatter_reduce", reduced("prod"), (a(1, 2, 0), a(3, 4, 0)), lambda x, v: a(4, 2, 0)),
    Row("scatter_reduce", reduced("prod"), (a(1, 2, 3), a(3, 4, 0)), lambda x, v: a(4, 2, 0)),
    Row("scatter_reduce", reduced("amax"), (r(3), r(3, seed=3)), lambda x, v: a(max(x[0], v[1]), x[1], max(x[2], v[0], v[2]))),
    Row("scatter_reduce", reduced("amin", include_self=False), (a(1, 2, 3), a(5, 4, 5)), lambda x, v: a(4, 2, 5), smooth=False),
    Row("index_reduce", by_slices("prod"), (r(3, 2), r(3, 2, seed=3)), lambda x, v: np.stack([x[0] * v[1], x[1], x[2] * v[0] * v[2]])),
    Row("index_reduce", by_slices("amin"), (r(3), r(3, seed=3)), lambda x, v: a(min(x[0], v[1]), x[1], min(x[2], v[0], v[2]))),
    Row("diag_embed", t.diag_embed, (r(2, 3),), lambda x: np.stack([np.diag(row) for row in x])),
    Row("diag_embed", lambda x: t.diag(x, -1), (r(3),), lambda x: np.diag(x, -1)),
    Row("diagonal_copy", lambda x: t.diag(x, 1), (r(3, 3),), lambda x: np.diag(x, 1)),
    Row("rot90", t.rot90, (r(2, 3),), np.rot90),
    Row("rot90", lambda x: t.rot90(x, 3, (1, 0)), (r(2, 3),), lambda x: np.rot90(x, 3, (1, 0))),
    Row("block_diag", t.block_diag, (r(2, 2), r(3, seed=3)), lambda x, v: np.block([[x, np.zeros((2, 3))], [np.zeros((1, 2)), v[None]]])),
]
# fmt: on
