"""Operations without a name in PyTorch, in which derivatives are written."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Row, n, r, raw


def _recurred(g: Array, x: Array) -> Array:
    """s_i = g_i + x_{i+1} s_{i+1}"""
    s = g.copy()
    for i in range(len(g) - 2, -1, -1):
        s[i] = g[i] + x[i + 1] * s[i + 1]
    return s


def _recurred_forth(g: Array, x: Array) -> Array:
    s = g.copy()
    for i in range(1, len(g)):
        s[i] = g[i] + x[i] * s[i - 1]
    return s


# fmt: off
ROWS = [
    Row("lane_sum", raw("lane_sum", dims=(1,), keepdim=True), (r(2, 3),), lambda x: np.sum(x, 1, keepdims=True)),
    Row("lane_sum", raw("lane_sum", dims=(0,)), (r(20, 3),), lambda x: np.sum(x, 0)),
    Row("lane_sum", raw("lane_sum", dims=(0,)), (r(40),), np.sum),
    Row("sum_to", raw("sum_to", shape=(3,)), (r(2, 3),), lambda x: x[0] + x[1]),
    Row("sum_to", raw("sum_to", shape=(2, 1)), (r(4, 2, 3),), lambda x: np.sum(x, (0, 2))[:, None]),
    Row("sum_to", raw("sum_to", shape=()), (r(2),), lambda x: x[0] + x[1]),
    Row("place", raw("place", source=n(2, 0, 2, -1), shape=(3,)), (r(4),), lambda x: np.array([x[1], 0, x[0] + x[2]])),
    Row("pick", raw("pick", source=n(2, -1, 2), shape=(3,)), (r(3),), lambda x: np.array([x[2], 0, x[2]])),
    Row("cleared", raw("cleared", places=n(0, 3)), (r(2, 2),), lambda x: np.array([[0, x[0, 1]], [x[1, 0], 0]])),
    Row("shifted", raw("shifted", dim=0), (r(3),), lambda x: np.array([0, x[0], x[1]])),
    Row("shifted", raw("shifted", dim=1, filler=1.0), (r(2, 2),), lambda x: np.array([[1, x[0, 0]], [1, x[1, 0]]])),
    Row("shifted", raw("shifted", dim=0, back=True), (r(3),), lambda x: np.array([x[1], x[2], 0])),
    Row("recur", raw("recur", dim=0, reverse=True), (r(3), r(3, seed=2)), _recurred),
    Row("recur", raw("recur", dim=0, reverse=False), (r(3), r(3, seed=2)), _recurred_forth),
]
# fmt: on
