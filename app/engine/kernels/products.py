"""Small matrix products in the order of PyTorch's CPU library.

MKL keeps one accumulator per element of the result and adds the products one by one, each rounded. Where both
operands lie along the summed index it adds vectors of 8 or 4 products first. Larger products run in blocks of its
own choosing, which no formula gives; there numpy's BLAS is as good a guess as any.
"""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array
from app.engine.kernels.sums import in_order
from app.engine.random.fused import fused32, half_way

MOST = 1 << 14
"""Products of numbers up to which we add up ourselves."""
BLOCK_ROWS, BLOCK_COLUMNS = 4, 12
"""From this shape of the result on MKL multiplies and adds with one rounding, as BLAS does."""


def product(a: Array, b: Array) -> Array:
    """a @ b for stacks of matrices (…, n, k) and (…, k, m)."""
    n, k, m = a.shape[-2], b.shape[-2], b.shape[-1]
    blocked = n >= BLOCK_ROWS and m >= BLOCK_COLUMNS
    if a.dtype.kind != "f" or k < 2 or not 0 < a.size * m <= MOST:
        return np.asarray(np.matmul(a, b))
    if blocked:
        return _fused(a, b) if a.dtype == np.float32 else np.asarray(np.matmul(a, b))
    lanes = _lanes(k, m) if _along(a, -1) and _along(b, -2) else 1
    if not lanes:
        return np.asarray(np.matmul(a, b))
    terms = np.moveaxis(a, -1, 0)[..., None] * np.moveaxis(b, -2, 0)[..., None, :]
    whole = k // lanes * lanes
    vectors = in_order(terms[:whole].reshape(-1, lanes, *terms.shape[1:]))
    while len(vectors) > 1:
        half = len(vectors) // 2
        vectors = vectors[:half] + vectors[half:]
    return in_order(np.concatenate([vectors, terms[whole:]])) if whole < k else vectors[0]


def _fused(a: Array, b: Array) -> Array:
    """Each product is added with one rounding: the factors' product is exact in float64."""
    if a.ndim == b.ndim == 2:
        sums = np.multiply(a.T[:, :, None], b[:, None, :], dtype=np.float64)
        rounded = np.empty(sums.shape[1:], np.float32)
        added = np.zeros(sums.shape[1:], np.float64)
        for row in sums:
            row += added
            rounded[...] = row
            added[...] = rounded
        if not half_way(sums).any():
            return rounded
    return _fused_with_care(a, b)


def _fused_with_care(a: Array, b: Array) -> Array:
    """The same, looking at each sum before it is rounded: one that is half way between two numbers may be inexact."""
    added = np.zeros((*np.broadcast_shapes(a.shape[:-2], b.shape[:-2]), a.shape[-2], b.shape[-1]), np.float64)
    wide_a, wide_b = a.astype(np.float64), b.astype(np.float64)
    for i in range(a.shape[-1]):
        added = fused32(wide_a[..., i, None], wide_b[..., i, None, :], added)
    return added.astype(np.float32)


def _along(x: Array, axis: int) -> bool:
    return x.strides[axis] == x.itemsize


def _lanes(k: int, m: int) -> int:
    """How many products are added side by side; a single column of some length is a dot product, left to BLAS (0)."""
    if m == 1:
        return 1 if k < 8 else 0
    if m > 3 and k % 4 == 0:
        return 4
    return 8 if k >= 8 else 1
