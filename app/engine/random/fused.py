"""Multiply-add with one rounding, as the FMA instructions that PyTorch's CPU kernels are compiled to.

numpy has no FMA. In float32 it is emulated through float64: the product of two float32 numbers is exact
there, so only the sum rounds. Rounding that sum again to float32 goes wrong only where the first rounding
ended exactly half way between two float32 numbers.
"""

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

_DROPPED_BITS = np.int64((1 << 29) - 1)  # the bits of a float64 significand that float32 has no room for
_HALF_WAY = np.int64(1 << 28)


def round32(values: Doubles) -> Doubles:
    """Rounds to the nearest float32, kept as float64 so that the next product is exact again."""
    return values.astype(np.float32).astype(np.float64)


def fused32(a: Doubles, b: Doubles | float, c: Doubles | float) -> Doubles:
    """fl32(a·b + c) with a single rounding; all arguments hold float32 values in float64."""
    product = a * b
    total = product + c
    doubtful = half_way(total)
    if np.count_nonzero(doubtful):
        total = _towards_exact(total, product, c, doubtful)
    return round32(total)


def half_way(sums: Doubles) -> NDArray[np.bool_]:
    """Which sums look half way between two float32 numbers, so that rounding them to float32 may go wrong."""
    found: NDArray[np.bool_] = (sums.view(np.int64) & _DROPPED_BITS) == _HALF_WAY
    return found


def _towards_exact(total: Doubles, product: Doubles, c: Doubles | float, where: NDArray[np.bool_]) -> Doubles:
    """Moves sums that only look half way by one float64 step towards the exact sum (Knuth's TwoSum)."""
    recovered = total - product
    error = (product - (total - recovered)) + (c - recovered)
    nudged = np.nextafter(total, np.copysign(np.inf, error))
    return np.where(where & (error != 0), nudged, total)


def fused64(a: Doubles, b: float, c: float) -> Doubles:
    """fl64(a·b + c) with a single rounding; element by element, as only float64 with an offset needs it."""
    if c == 0:
        return a * b + c
    scale, offset = Fraction(b), Fraction(c)
    exact = [float(Fraction(value) * scale + offset) for value in a.ravel().tolist()]
    return np.array(exact, np.float64).reshape(a.shape)


def scale_and_shift(values: NDArray[Any], scale: float, shift: float) -> NDArray[Any]:
    """values·scale + shift, rounded once, in the dtype of `values`, to which scale and shift round too."""
    if scale == 1 and shift == 0:
        values += values.dtype.type(0)  # only negative zeros change
        return values
    if values.dtype == np.float64:
        return fused64(values, scale, shift)
    wide = fused32(values.astype(np.float64), float(np.float32(scale)), float(np.float32(shift)))
    return wide.astype(np.float32)
