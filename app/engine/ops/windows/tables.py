"""Which input places each window along a dim looks at: table[output place, place in the window], −1 for none."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array
from app.engine.ops.windows.pool_check import Shape
from app.engine.ops.windows.sizes import Ints

Tables = tuple[Array, ...]


def regular_tables(sizes: Ints, shape: Shape) -> Tables:
    """Windows of one size at even distances; `sizes` are those of the input, those of the output follow."""
    parts = zip(sizes, shape.outputs(sizes), shape.kernel, shape.stride, shape.padding, shape.dilation, strict=True)
    return tuple(_regular(*part) for part in parts)


def _regular(size: int, out: int, kernel: int, stride: int, padding: int, dilation: int) -> Array:
    places = np.arange(out)[:, None] * stride + np.arange(kernel) * dilation - padding
    return np.where((places >= 0) & (places < size), places, -1)


def adaptive_tables(sizes: Ints, outputs: Ints) -> Tables:
    """Windows from ⌊p·n/m⌋ to ⌈(p+1)·n/m⌉, which overlap where m does not divide n."""
    return tuple(_adaptive(n, m) for n, m in zip(sizes, outputs, strict=True))


def _adaptive(size: int, out: int) -> Array:
    if not out:
        return np.full((0, 1), -1)
    p = np.arange(out)
    start, end = p * size // out, -((-(p + 1) * size) // out)
    places = start[:, None] + np.arange(int((end - start).max()))
    return np.where(places < end[:, None], places, -1)


def matrix(table: Array, size: int) -> Array:
    """1 where a window looks, 0 elsewhere: (outputs, inputs)."""
    made = np.zeros((len(table), size))
    output, place = np.nonzero(table >= 0)
    made[output, table[output, place]] = 1
    return made
