"""Choices along a dim, reductions with two results, sets, and running logarithms."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Row, a, n, r, raw, t


def variance(x: Array) -> Array:
    return np.asarray(np.var(x, 1, ddof=1))


# fmt: off
ROWS = [
    Row("scaled", raw("scaled", factor=3.0), (r(2, 3),), lambda x: 3 * x),
    Row("shared", raw("shared", divisor=4.0), (r(2, 3),), lambda x: x / 4),
    Row("sort", t.sort, (r(2, 3),), lambda x: (np.sort(x), np.argsort(x))),
    Row("sort", lambda x: t.sort(x, 0, True), (r(3, 2),), lambda x: (-np.sort(-x, 0), np.argsort(-x, 0))),
    Row("sort", t.sort, (a(2, 1, 2, 1),), lambda x: (a(1, 1, 2, 2), n(1, 3, 0, 2)), smooth=False),
    Row("sort", t.sort, (r(),), lambda x: (x, np.array(0))),
    Row("topk", lambda x: t.topk(x, 2), (r(2, 3),), lambda x: (-np.sort(-x)[:, :2], np.argsort(-x)[:, :2])),
    Row("topk", lambda x: t.topk(x, 1, 0, False), (r(3, 2),), lambda x: (x.min(0, keepdims=True), x.argmin(0)[None])),
    Row("kthvalue", lambda x: t.kthvalue(x, 2), (r(2, 3),), lambda x: (np.sort(x)[:, 1], np.argsort(x)[:, 1])),
    Row("kthvalue", lambda x: t.kthvalue(x, 1, 0, True), (r(3, 2),), lambda x: (x.min(0, keepdims=True), x.argmin(0)[None])),
    Row("median_dim", lambda x: t.median(x, 1), (r(2, 4),), lambda x: (np.sort(x)[:, 1], np.argsort(x)[:, 1])),
    Row("median_dim", lambda x: t.median(x, 0), (a(1, np.nan, 3),), lambda x: (np.array(np.nan), np.array(1)), smooth=False),
    Row("nanmedian_dim", lambda x: t.nanmedian(x, 0, True), (a(1, np.nan, 3),), lambda x: (a(1), n(0)), smooth=False),
    Row("nanmedian_dim", lambda x: t.nanmedian(x, 1), (r(2, 3),), lambda x: (np.sort(x)[:, 1], np.argsort(x)[:, 1])),
    Row("median", t.median, (r(2, 3),), lambda x: np.sort(x, None)[2]),
    Row("median", t.median, (a(1, 2, 2, 2),), lambda x: np.array(2.0), smooth=False),
    Row("nanmedian", t.nanmedian, (r(5),), lambda x: np.median(x)),
    Row("nanmedian", t.nanmedian, (a(np.nan, 4, 2),), lambda x: np.array(2.0), smooth=False),
    Row("mode", t.mode, (a([3, 1, 3], [2, 2, 1]),), lambda x: (a(3, 2), n(2, 1)), smooth=False),
    Row("mode", t.mode, (r(2, 3),), lambda x: (x.min(1), x.argmin(1))),
    Row("cummax", lambda x: t.cummax(x, 0), (a(1, 3, 2, 5),), lambda x: (a(1, 3, 3, 5), n(0, 1, 1, 3))),
    Row("cummin", lambda x: t.cummin(x, 1), (a([3, 1, 2], [4, 5, 0]),), lambda x: (a([3, 1, 1], [4, 4, 0]), np.array([[0, 1, 1], [0, 0, 2]]))),
    Row("nansum", t.nansum, (a([1, np.nan], [2, 3]),), lambda x: np.array(6.0), smooth=False),
    Row("nansum", lambda x: t.nansum(x, 1), (r(2, 3),), lambda x: x @ np.ones(3)),
    Row("var_mean", lambda x: t.var_mean(x, 1), (r(2, 3),), lambda x: (variance(x), x @ np.ones(3) / 3)),
    Row("std_mean", lambda x: t.std_mean(x, 1), (r(2, 3),), lambda x: (variance(x) ** 0.5, x @ np.ones(3) / 3)),
    Row("std_mean", t.std_mean, (r(2, 3),), lambda x: (np.std(x, ddof=1), np.mean(x))),
    Row("aminmax", lambda x: t.aminmax(x, dim=1), (r(2, 3),), lambda x: (-np.max(-x, 1), -np.min(-x, 1))),
    Row("aminmax", t.aminmax, (a(3, 1, 3),), lambda x: (np.array(1.0), np.array(3.0)), smooth=False),
    Row("dist", t.dist, (r(2, 3), r(3, seed=4)), lambda x, y: np.sqrt(((x - y) ** 2).sum())),
    Row("dist", lambda x, y: t.dist(x, y, 3), (r(3), r(3, seed=4)), lambda x, y: (np.abs(x - y) ** 3).sum() ** (1 / 3)),
    Row("renorm", lambda x: t.renorm(x, 1, 0, 0.5), (r(2, 3),), lambda x: x * 0.5 / (np.abs(x).sum(1, keepdims=True) + 1e-7)),
    Row("renorm", lambda x: t.renorm(x, 2, 1, 100.0), (r(2, 3),), lambda x: x),
    Row("count_nonzero", lambda x: t.count_nonzero(x, 1), (a([0, 1], [2, 3]),), lambda x: n(1, 2)),
    Row("logcumsumexp", lambda x: t.logcumsumexp(x, 0), (r(4),), lambda x: np.log(np.cumsum(np.exp(x)))),
    Row("logcumsumexp", lambda x: t.logcumsumexp(x, 1), (r(2, 3),), lambda x: np.log(np.cumsum(np.exp(x), 1))),
    Row("unique", lambda x: t.unique(x, return_inverse=True, return_counts=True), (a(3, 1, 3),), lambda x: (a(1, 3), n(1, 0, 1), n(1, 2)), smooth=False),
    Row("unique_dim", lambda x: t.unique(x, dim=0), (a([2, 1], [0, 5], [2, 1]),), lambda x: a([0, 5], [2, 1]), smooth=False),
    Row("unique_consecutive", t.unique_consecutive, (a(1, 1, 2, 1),), lambda x: a(1, 2, 1), smooth=False),
    Row("histc", lambda x: t.histc(x, 2), (a(0, 1, 2, 2),), lambda x: a(1, 3)),
    Row("bincount", t.bincount, (n(1, 3, 1),), lambda x: n(0, 2, 0, 1)),
    Row("searchsorted", t.searchsorted, (a(1, 3, 5), a(3, 6, 0)), lambda x, v: n(1, 3, 0)),
    Row("searchsorted", lambda x, v: t.searchsorted(x, v, right=True), (a([1, 3], [2, 4]), a([3.0], [1.0])), lambda x, v: np.array([[2], [0]])),
    Row("isin", t.isin, (a(1, 2, 3), a(2, 5)), lambda x, v: np.array([False, True, False])),
]
# fmt: on
