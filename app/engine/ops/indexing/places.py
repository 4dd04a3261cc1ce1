"""Where an index sends the elements of a source: flat places in the target, row-major."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array, Shape


def numbered(shape: Shape) -> Array:
    """0, 1, 2 … in that shape."""
    return np.arange(int(np.prod(shape, dtype=np.int64))).reshape(shape)


def along(shape: Shape, index: Array, dim: int) -> Array:
    """For an index with as many dims as the target: place (…, index, …) at each of its elements."""
    if not index.ndim or not shape:
        return np.zeros(index.shape, np.int64)
    spots: list[Array] = list(np.indices(index.shape, sparse=True))
    spots[dim] = index
    flat = np.ravel_multi_index(tuple(np.broadcast_arrays(*spots)), shape) if index.size else index
    return np.asarray(flat, np.int64)


def slices(shape: Shape, index: Array, dim: int) -> Array:
    """For a vector of numbers of slices: the places of those slices' elements."""
    return np.take(numbered(shape), index.reshape(-1), dim) if shape else np.zeros(index.size, np.int64)


def spread(places: Array, source: Shape) -> Array:
    """`places` in the corner of an array of the source's shape, −1 elsewhere."""
    whole = np.full(source, -1, np.int64)
    whole[tuple(slice(0, n) for n in places.shape)] = places
    return whole
