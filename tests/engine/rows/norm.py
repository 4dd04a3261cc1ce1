"""Normalisations, embedding, dropout, activations with two operands, distances."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import F, Row, n, r, raw, t


def standard(x: Array, axis: Any, eps: float = 1e-5) -> Any:
    return (x - x.mean(axis, keepdims=True)) / np.sqrt(x.var(axis, keepdims=True) + eps)


def along(v: Array, rank: int) -> Array:
    """A number per channel, on dim 1."""
    return v.reshape(1, -1, *(1,) * (rank - 2))


def groups(x: Array, count: int) -> Any:
    split = x.reshape(x.shape[0], count, -1)
    return standard(split, 2).reshape(x.shape)


def sigma(x: Array) -> Any:
    return 1 / (1 + np.exp(-x))


def pairs(x: Array, p: float) -> Any:
    rows = [(x[i], x[j]) for i in range(len(x)) for j in range(i + 1, len(x))]
    return np.array([np.sum(np.abs(a - b) ** p) ** (1 / p) for a, b in rows])


X, W, B = r(2, 3), r(3, seed=2), r(3, seed=3)
IMAGE = r(2, 3, 2, 2)
STATS = (np.array([[[0.5], [1.0], [-2.0]]]), np.array([[[1.0], [4.0], [0.3]]]))
GIVEN = {"view": (2, 3, 4), "dims": (0, 2), "spread": (1, 3, 1), "eps": 0.1, "stats": STATS}
# fmt: off
ROWS = [
    Row("layer_norm", lambda x: F.layer_norm(x, (3,)), (X,), lambda x: standard(x, 1)),
    Row("layer_norm", lambda x, w, b: F.layer_norm(x, (3,), w, b, 0.1), (X, W, B), lambda x, w, b: standard(x, 1, 0.1) * w + b),
    Row("layer_norm", lambda x, w: F.layer_norm(x, (2, 3), w), (r(2, 2, 3), X), lambda x, w: standard(x, (1, 2)) * w),
    Row("layer_norm", lambda x, b: F.layer_norm(x, (3,), None, b), (r(3), B), lambda x, b: standard(x, 0) + b),
    Row("batch_norm", lambda x: F.batch_norm(x, None, None, training=True), (X,), lambda x: standard(x, 0)),
    Row("batch_norm", lambda x, w, b: F.batch_norm(x, None, None, w, b, True), (IMAGE, W, B), lambda x, w, b: standard(x, (0, 2, 3)) * along(w, 4) + along(b, 4)),
    Row("batch_norm", raw("batch_norm", roles=("x", "weight", "bias"), **GIVEN), (IMAGE, W, B), lambda x, w, b: (x - STATS[0][..., None]) / np.sqrt(STATS[1][..., None] + 0.1) * along(w, 4) + along(b, 4)),
    Row("batch_norm", raw("batch_norm", roles=("x",), **GIVEN), (IMAGE,), lambda x: (x - STATS[0][..., None]) / np.sqrt(STATS[1][..., None] + 0.1)),
    Row("group_norm", lambda x, w, b: F.group_norm(x, 3, w, b), (IMAGE, W, B), lambda x, w, b: groups(x, 3) * along(w, 4) + along(b, 4)),
    Row("group_norm", lambda x: F.group_norm(x, 1), (IMAGE,), lambda x: groups(x, 1)),
    Row("group_norm", lambda x, w: F.group_norm(x, 1, w), (X, W), lambda x, w: groups(x, 1) * w),
    Row("moved", raw("moved", by=np.array([[1.0], [2.0]]), times=np.array([[3.0], [0.5]])), (X,), lambda x: (x + np.array([[1], [2]])) * np.array([[3], [0.5]])),
    Row("fixed", raw("fixed", value=np.array([[3.0], [0.5]])), (X,), lambda x: np.array([[3.0] * 3, [0.5] * 3])),
    Row("dropout", raw("dropout"), (X, n([0, 2, 2], [2, 0, 2])), lambda x, m: x * m),
    Row("embedding", lambda w, i: t.embedding(w, i), (r(3, 2), n([0, 2, 0], [1, 1, 1])), lambda w, i: w[i]),
    Row("embedding", lambda w, i: F.embedding(i, w), (r(3, 2), n(2)), lambda w, i: w[i]),
    Row("embedding", lambda w, i: F.embedding(i, w, padding_idx=1), (r(3, 2), n(2, 1)), lambda w, i: w[i], smooth=False),
    Row("embedding", lambda w, i: F.embedding(i, w, scale_grad_by_freq=True), (r(3, 2), n(2, 1, 2)), lambda w, i: w[i], smooth=False),
    Row("prelu", F.prelu, (X, r(1)), lambda x, a: np.where(x > 0, x, a * x)),
    Row("prelu", F.prelu, (IMAGE, W), lambda x, a: np.where(x > 0, x, along(a, 4) * x)),
    Row("prelu", F.prelu, (r(), r(seed=2)), lambda x, a: np.where(x > 0, x, a * x)),
    Row("rrelu", F.rrelu, (X,), lambda x: np.where(x > 0, x, x * 11 / 48)),
    Row("glu", F.glu, (r(2, 4),), lambda x: x[:, :2] * sigma(x[:, 2:])),
    Row("glu", lambda x: F.glu(x, 0), (r(4, 3),), lambda x: x[:2] * sigma(x[2:])),
    Row("distance", F.pairwise_distance, (X, r(2, 3, seed=2)), lambda x, y: np.sqrt(np.sum((x - y + 1e-6) ** 2, 1))),
    Row("distance", lambda x, y: F.pairwise_distance(x, y, 3, 0.1, True), (X, W), lambda x, y: np.sum(np.abs(x - y + 0.1) ** 3, 1, keepdims=True) ** (1 / 3)),
    Row("pdist", t.pdist, (r(4, 2),), lambda x: pairs(x, 2)),
    Row("pdist", lambda x: F.pdist(x, 3), (r(3, 2),), lambda x: pairs(x, 3)),
    Row("pdist", lambda x: F.pdist(x, 1), (r(3, 2),), lambda x: pairs(x, 1)),
]
# fmt: on
