"""Losses: reduced in every way, weighted, with targets that require grad."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Call, F, Row, a, n, p, r, raw

REDUCED: dict[str, Call] = {
    "none": lambda terms: terms,
    "sum": np.sum,
    "mean": lambda terms: np.sum(terms) / np.size(terms),
}


def rows(name: str, terms: Call, *inputs: Array, **more: float) -> list[Row]:
    """With each reduction."""
    return [Row(name, _called(name, word, more), inputs, _expected(terms, word)) for word in REDUCED]


def _called(name: str, word: str, more: dict[str, float]) -> Call:
    return lambda *tensors: getattr(F, name)(*tensors, reduction=word, **more)


def _expected(terms: Call, word: str) -> Call:
    return lambda *arrays: REDUCED[word](terms(*arrays))


def smooth(x: Array, t: Array, corner: float) -> Any:
    z = np.abs(x - t)
    return np.where(z < corner, z**2 / 2, corner * z - corner**2 / 2)


def logits(x: Array, t: Array) -> Any:
    return np.logaddexp(0, x) - t * x


def weighted_logits(x: Array, t: Array, w: Any, p: Array) -> Any:
    return w * (p * t * np.logaddexp(0, -x) + (1 - t) * np.logaddexp(0, x))


def nll(x: Array, t: Array, w: Array | None = None) -> Any:
    """Along dim 1 of any rank."""
    rows = np.take_along_axis(x, np.expand_dims(t, 1), 1).squeeze(1)
    return -rows * (1 if w is None else w[t])


def nll_mean(x: Array, t: Array, w: Array) -> Any:
    made: Array = np.sum(nll(x, t, w)) / np.sum(w[t])
    return made


X, T, P, Q = r(2, 3), r(2, 3, seed=2), p(2, 3), p(2, 3, seed=2)
SIGNS = np.array([[1.0, -1.0, 1.0], [-1.0, -1.0, 1.0]])
IMAGE, CLASSES = r(2, 3, 2, 2), n(*([[0, 1], [2, 2]], [[1, 0], [0, 2]]))
# fmt: off
ROWS = [
    *rows("mse_loss", lambda x, t: (x - t) ** 2, X, T),
    *rows("mse_loss", lambda x, t: (x - t) ** 2, r(), r(seed=2)),
    *rows("smooth_l1_loss", lambda x, t: smooth(x, t, 1), X, T),
    *rows("smooth_l1_loss", lambda x, t: smooth(x, t, 0.4) / 0.4, X, T, beta=0.4),
    *rows("huber_loss", lambda x, t: smooth(x, t, 0.7), X, T, delta=0.7),
    Row("soft_margin_loss", raw("soft_margin_loss", reduction="mean", dims=(0, 1), n=6), (X, SIGNS.astype(np.int64)), lambda x, t: np.mean(np.log(1 + np.exp(-t * x)))),
    *rows("binary_cross_entropy", lambda x, t: -t * np.log(x) - (1 - t) * np.log(1 - x), P, Q),
    Row("binary_cross_entropy", raw("binary_cross_entropy", reduction="sum", dims=(0, 1), n=1), (P, Q, n([1, 2, 3], [4, 5, 6])), lambda x, t, w: np.sum(-w * (t * np.log(x) + (1 - t) * np.log(1 - x)))),
    *rows("binary_cross_entropy_with_logits", logits, X, Q),
    Row("binary_cross_entropy_with_logits", raw("binary_cross_entropy_with_logits", reduction="mean", dims=(0, 1), n=6, pos=True, weighted=True), (X, Q, n([1, 2, 3], [4, 5, 6]), n([3, 1, 2], [1, 1, 4])), lambda *x: np.mean(weighted_logits(*x))),
    Row("binary_cross_entropy_with_logits", raw("binary_cross_entropy_with_logits", reduction="none", dims=(), n=1, pos=True, weighted=False), (X, Q, n([3, 1, 2], [1, 1, 4])), lambda x, t, p: weighted_logits(x, t, 1, p)),
    *rows("nll_loss", nll, X, n(2, 0)),
    *rows("nll_loss", nll, IMAGE, CLASSES),
    *rows("nll_loss", lambda x, t: -x[1], r(3), np.array(1)),
    Row("nll_loss", lambda x, t: F.nll_loss(x, t, ignore_index=0), (X, n(2, 0)), lambda x, t: -x[0, 2]),
    Row("nll_loss", lambda x, t: F.nll_loss(x, t, ignore_index=0, reduction="none"), (X, n(2, 0)), lambda x, t: a(-x[0, 2], 0)),
    Row("nll_loss", raw("nll_loss", reduction="mean", ignore_index=-100), (X, n(2, 0), n(1, 2, 3)), nll_mean),
    Row("nll_loss", F.cross_entropy, (X, n(2, 0)), lambda x, t: np.mean(nll(x - np.log(np.sum(np.exp(x), 1, keepdims=True)), t))),
    Row("div_by_size", F.cross_entropy, (X, P), lambda x, t: -np.sum(t * (x - np.log(np.sum(np.exp(x), 1, keepdims=True)))) / 2),
    Row("tap", raw("tap", source=np.array([0, 2, 2]), into=np.array([1, 1, 0]), weights=np.array([2.0, 3.0, 5.0]), shape=(2,)), (r(3),), lambda x: a(5 * x[2], 2 * x[0] + 3 * x[2])),
]
# fmt: on
