"""LU decomposition with partial pivoting: what says whether a matrix has an inverse, and where elimination stops."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array


def eliminated(a: Array) -> tuple[Array, Array, Array]:
    """(LU in one matrix, row swaps counted from 1, for each matrix the first zero pivot counted from 1 or 0).

    a: (batch, m, n). Each step takes the row with the largest number in its column, the first of equal ones.
    """
    lu = np.array(a)
    count, m, n = lu.shape
    k = min(m, n)
    pivots = np.zeros((count, k), np.int32)
    info = np.zeros(count, np.int32)
    every = np.arange(count)
    for i in range(k):
        best = i + np.argmax(np.abs(lu[:, i:, i]), 1)
        pivots[:, i] = best + 1
        lu[every, i], lu[every, best] = lu[every, best].copy(), lu[every, i].copy()
        pivot = lu[:, i, i]
        info = np.where((info == 0) & (pivot == 0), i + 1, info).astype(np.int32)
        safe = np.where(pivot == 0, 1, pivot)
        lu[:, i + 1 :, i] = np.where(pivot[:, None] == 0, lu[:, i + 1 :, i], lu[:, i + 1 :, i] / safe[:, None])
        lu[:, i + 1 :, i + 1 :] -= lu[:, i + 1 :, i, None] * lu[:, None, i, i + 1 :]
    return lu, pivots, info


def permutation(pivots: Array, m: int) -> Array:
    """P of A = P L U from the row swaps; (batch, m, m)."""
    count = len(pivots)
    order = np.broadcast_to(np.arange(m), (count, m)).copy()
    every = np.arange(count)
    for i in range(pivots.shape[1]):
        other = pivots[:, i] - 1
        order[every, i], order[every, other] = order[every, other].copy(), order[every, i].copy()
    made = np.zeros((count, m, m))
    made[every[:, None], order, np.arange(m)] = 1
    return made


def first_bad_minor(a: Array) -> int:
    """The order of the first leading minor of a symmetric matrix that is not positive; 0 if all are."""
    n = len(a)
    factor = np.zeros((n, n))
    for i in range(n):
        pivot = a[i, i] - np.sum(factor[i, :i] ** 2)
        if not pivot > 0:
            return i + 1
        factor[i, i] = np.sqrt(pivot)
        factor[i + 1 :, i] = (a[i + 1 :, i] - factor[i + 1 :, :i] @ factor[i, :i]) / factor[i, i]
    return 0
