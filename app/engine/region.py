"""Windows of a tensor's memory, and which elements of it they hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.arrays import Array
from app.engine.value import Value


@dataclass(frozen=True)
class Region:
    """A window of a tensor's memory: strides in bytes, offset in elements."""

    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int


def places_of(base: Value, region: Region) -> Array:
    """The row-major element numbers, within the base, of the region's elements."""
    itemsize = base.array.itemsize
    here = positions(region.shape, region.strides, itemsize, region.offset)
    if base.array.flags.c_contiguous:
        return here - base.offset
    everywhere = positions(base.array.shape, base.array.strides, itemsize, base.offset).reshape(-1)
    number = np.empty(int(everywhere.max(initial=0)) + 1, np.int64)
    number[everywhere] = np.arange(everywhere.size)
    places: Array = number[here]
    return places


def positions(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int, offset: int) -> Array:
    """Where each element lies in memory, in elements."""
    place = np.full(shape, offset, np.int64)
    for d, (n, stride) in enumerate(zip(shape, strides, strict=True)):
        steps = np.arange(n) * (stride // itemsize)
        place += steps.reshape((-1,) + (1,) * (len(shape) - d - 1))
    return place
