"""Attention, losses of rows, bags of rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import F, Row, a, n, r, raw, t


def softmax(x: Array) -> Any:
    e = np.exp(x)
    return e / e.sum(-1, keepdims=True)


def attention(q: Array, k: Array, v: Array, mask: Any = 0.0, scale: float | None = None) -> Any:
    factor = q.shape[-1] ** -0.5 if scale is None else scale
    return softmax(factor * q @ np.swapaxes(k, -1, -2) + mask) @ v


def margins(x: Array, y: Array, p: int = 1, margin: float = 1) -> Any:
    """The mean over j ≠ y of max(0, margin − x_y + x_j)ᵖ, per row."""
    rows = [
        [max(0.0, margin - row[c] + s) ** p for j, s in enumerate(row) if j != c] for row, c in zip(x, y, strict=True)
    ]
    return np.sum(rows, 1) / x.shape[1]


def bagged(w: Array, rows: list[list[int]], how: Any) -> Any:
    return np.array([how(w[row], 0) for row in rows])


Q, K, V = r(1, 2, 2, 3), r(1, 2, 4, 3, seed=2), r(1, 2, 4, 3, seed=3)
LOW = np.where(np.tri(2, 4, dtype=bool), 0, -np.inf)
LABELS = n([2, 0, -1], [1, -1, 0])
# fmt: off
ROWS = [
    Row("scaled_dot_product_attention", F.scaled_dot_product_attention, (Q, K, V), attention),
    Row("scaled_dot_product_attention", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True), (Q, K, V), lambda q, k, v: attention(q, k, v, LOW)),
    Row("scaled_dot_product_attention", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, scale=0.7), (Q, K, V), lambda q, k, v: attention(q, k, v, 0, 0.7)),
    Row("safe_softmax", lambda q, k, v: F.scaled_dot_product_attention(q, k, v), (Q[0], K[0], V[0]), attention),
    Row("safe_softmax", raw("safe_softmax", dim=1), (r(2, 3),), softmax),
    Row("safe_softmax", raw("safe_softmax", dim=0), (a(-np.inf, -np.inf),), lambda x: a(0, 0), smooth=False),
    Row("multi_margin_loss", F.multi_margin_loss, (r(2, 3), n(2, 0)), lambda x, y: margins(x, y).mean()),
    Row("multi_margin_loss", lambda x, y: F.multi_margin_loss(x, y, 2, 0.5, reduction="none"), (r(2, 3), n(2, 0)), lambda x, y: margins(x, y, 2, 0.5)),
    Row("multi_margin_loss", lambda x, y: F.multi_margin_loss(x, y, reduction="sum"), (r(3), n(1)), lambda x, y: margins(x[None], y)[0]),
    Row("multilabel_margin_loss", F.multilabel_margin_loss, (r(2, 3), LABELS), lambda x, y: (max(0, 1 - x[0, 2] + x[0, 1]) + max(0, 1 - x[0, 0] + x[0, 1]) + max(0, 1 - x[1, 1] + x[1, 0]) + max(0, 1 - x[1, 1] + x[1, 2])) / 6),
    Row("multilabel_margin_loss", lambda x, y: F.multilabel_margin_loss(x, y, reduction="none"), (r(1, 3), LABELS[1:]), lambda x, y: a((max(0, 1 - x[0, 1] + x[0, 0]) + max(0, 1 - x[0, 1] + x[0, 2])) / 3)),
    Row("label_slopes", raw("label_slopes"), (a([0.0, 0.5, 3.0]), n([1, -1, 0])), lambda x, y: a([1, -2, 1]) / 3),
    Row("embedding_bag", lambda w, i: F.embedding_bag(i, w), (r(4, 2), n([0, 2, 2], [1, 1, 3])), lambda w, i: bagged(w, i.tolist(), np.mean)),
    Row("embedding_bag", lambda w, i: F.embedding_bag(i, w, mode="max"), (r(4, 2), n([0, 2, 2], [1, 0, 3])), lambda w, i: bagged(w, i.tolist(), np.max)),
    Row("embedding_bag", lambda w, i, o: F.embedding_bag(i, w, o, mode="sum"), (r(4, 2), n(0, 2, 2, 1), n(0, 1)), lambda w, i, o: bagged(w, [[0], [2, 2, 1]], np.sum)),
    Row("once", raw("once", function="aten::f"), (r(2),), lambda x: x, smooth=False),
    Row("einsum", t.bilinear, (r(2, 2), r(2, 3, seed=2), r(1, 2, 3, seed=3)), lambda x, y, w: np.einsum("ni,oij,nj->no", x, w, y)),
]
# fmt: on
