"""Sums in PyTorch's order: cascaded, in the lanes of its vector registers.

A long row is added up in 4 interleaved accumulators of vectors (8 float32 or 4 float64 lanes). Every 16 rows (more
for very long sums) an accumulator is emptied into the next of 4 levels, so that rounding errors grow with the
logarithm of the length (pairwise summation, Higham 1993). Columns of a row-major array are added row by row.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array

LEVELS = 4
INTERLEAVED = 4
PAIRED = 8
"""From this length on numpy adds in pairs."""
LANES = {4: 8, 8: 4}
"""By bytes of an element: how many of them one vector register holds."""
NOTHING = -0.0
"""What a sum starts from: −0 + x is x, also for x = −0."""
Dims = tuple[int, ...]
_REDUCE: Any = np.add.reduce  # the stubs of numpy know no `keepdims` that is worked out


def total(x: Array, dims: Dims, keepdim: bool = False) -> Array:
    """Σ over `dims`, in the type of x. Types other than float32 and float64 are added as numpy does."""
    if x.dtype.kind != "f" or x.itemsize not in LANES or x.size < INTERLEAVED or not dims:
        return np.asarray(_REDUCE(x, axis=dims, keepdims=keepdim))
    if not x.flags.c_contiguous:
        return _as_it_lies(x, dims, keepdim)
    if len(dims) == x.ndim:
        return _rows(x.reshape(1, -1)).reshape((1,) * x.ndim if keepdim else ())
    shape = [n for d, n in enumerate(x.shape) if d not in dims]
    wide = tuple(d for d in dims if x.shape[d] != 1)
    summed = _runs(x.reshape([n for n in x.shape if n != 1]), _squeezed(x, wide)) if wide else x
    return summed.reshape([1 if d in dims else n for d, n in enumerate(x.shape)] if keepdim else shape)


def _as_it_lies(x: Array, dims: Dims, keepdim: bool) -> Array:
    """PyTorch goes through memory, whatever the order of the dims."""
    order = sorted(range(x.ndim), key=lambda d: -abs(x.strides[d]))
    moved = np.ascontiguousarray(x.transpose(order))
    summed = total(moved, tuple(k for k, d in enumerate(order) if d in dims), keepdim=True)
    back = summed.transpose(np.argsort(order))
    return back if keepdim else back.reshape([n for d, n in enumerate(x.shape) if d not in dims])


def _squeezed(x: Array, dims: Dims) -> Dims:
    """Where `dims` are once the dims of size 1 are gone."""
    return tuple(d - x.shape[:d].count(1) for d in dims)


def _runs(x: Array, dims: Dims) -> Array:
    """Neighbouring dims are summed as one; a further run of dims adds up the results of the first, one by one."""
    last = max(dims)
    first = last
    while first - 1 in dims:
        first -= 1
    before, along, after = (math.prod(x.shape[a:b]) for a, b in ((0, first), (first, last + 1), (last + 1, x.ndim)))
    blocks = x.reshape(before, along, after)
    summed = _rows(blocks[:, :, 0]) if after == 1 else _columns(blocks)
    rest = tuple(d for d in dims if d < first)
    if not rest:
        return summed
    left = summed.reshape([*x.shape[:first], *(1,) * (last + 1 - first), *x.shape[last + 1 :]])
    return _one_by_one(left, rest)


def _one_by_one(x: Array, dims: Dims) -> Array:
    moved = np.moveaxis(x, dims, range(len(dims)))
    flat = moved.reshape(-1, *moved.shape[len(dims) :])
    return in_order(flat)


def _rows(x: Array) -> Array:
    """Σ of each row of a (rows, n) array: whole vectors first, then what is left over, then the lanes."""
    lanes = LANES[x.itemsize]
    vectors = x.shape[1] // lanes
    if not vectors:
        return _interleaved(x.T)
    whole = vectors * lanes
    partial = _interleaved(x[:, :whole].reshape(-1, vectors, lanes).transpose(1, 0, 2))
    return in_order(np.concatenate([x[:, whole:].T, partial.T]))


def _columns(x: Array) -> Array:
    """Σ over the middle axis of (blocks, n, columns); columns that fill no 4 vectors are interleaved instead."""
    columns = x.shape[2]
    group = INTERLEAVED * (LANES[x.itemsize] if columns >= LANES[x.itemsize] else 1)
    whole = columns // group * group
    rows = x.transpose(1, 0, 2)
    parts = [_cascade(rows[..., :whole])] if whole else []
    if whole < columns:
        parts.append(_interleaved(rows[..., whole:]))
    return np.concatenate(parts, axis=-1)


def _interleaved(x: Array) -> Array:
    """Σ over the first axis by 4 cascades that take turns."""
    if len(x) <= INTERLEAVED:
        return in_order(x)
    length = len(x) // INTERLEAVED * INTERLEAVED
    turns = _cascade(x[:length].reshape(-1, INTERLEAVED, *x.shape[1:]))
    return in_order(np.concatenate([turns[:1], x[length:], turns[1:]]))


def _cascade(x: Array) -> Array:
    """Σ over the first axis, emptied from level to level."""
    step = 1 << max(4, (max(len(x), 1) - 1).bit_length() // LEVELS)
    if len(x) < step:
        return in_order(x)
    leftovers = []
    for _ in range(LEVELS - 1):
        whole = len(x) // step * step
        leftovers.append(in_order(x[whole:]))
        if not whole:
            break
        x = in_order(x[:whole].reshape(-1, step, *x.shape[1:]), axis=1)
    last = in_order(x) if whole else x.dtype.type(0)
    running = leftovers[0]
    for partial in (*leftovers[1:], last):
        running = running + partial
    return running


def in_order(x: Array, axis: int = 0) -> Array:
    """Σ along an axis, one element after the other (numpy's own reduction pairs them up where they are many)."""
    if x.shape[axis] < PAIRED:
        return np.asarray(_REDUCE(x, axis))
    if x.shape[-1] > 1 and axis < x.ndim - 1 and x.flags.c_contiguous:  # numpy adds whole rows, one after the other
        return np.asarray(_REDUCE(x, axis, None, None, False, NOTHING))
    running: Any = np.add.accumulate(x, axis=axis)
    return np.asarray(np.take(running, -1, axis=axis))
