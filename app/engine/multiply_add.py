"""a·b + c with one rounding, for arrays of either type.

PyTorch's CPU kernels with a factor (`add(alpha=)`, `addcmul`, `lerp`) are compiled to FMA instructions, on whole
vectors and on the elements left over alike. numpy has none: float32 goes through float64 (random/fused.py), float64
through the exact product and sum of Dekker (1971) and Knuth.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.random.fused import fused32

SPLITTER = 134217729.0  # 2²⁷ + 1: cuts a significand of 53 bits into two halves whose products are exact


def multiply_add(a: Any, b: Any, c: Any) -> Array:
    """fl(a·b + c), broadcasting. The type is c's; other types than the floating-point ones never round."""
    dtype = c.dtype
    if dtype == np.float32:
        single = fused32(np.asarray(a, np.float64), np.asarray(b, np.float64), c.astype(np.float64))
        return np.asarray(single, np.float32)
    if dtype == np.float64:
        return _in_double(np.asarray(a, np.float64), np.asarray(b, np.float64), c)
    return np.asarray(a * b + c, dtype)


def _in_double(a: Array, b: Array, c: Array) -> Array:
    """The rounded sum, and what both roundings lost added to it; plain where a part is not finite."""
    product = a * b
    total = product + c
    recovered = total - product
    lost = (product - (total - recovered)) + (c - recovered) + _product_error(a, b, product)
    exact = total + lost
    return np.where(np.isfinite(exact), exact, total)


def _product_error(a: Array, b: Array, product: Array) -> Array:
    """a·b − fl(a·b), exactly, unless a half overflows."""
    a_high, b_high = _high(a), _high(b)
    a_low, b_low = a - a_high, b - b_high
    error: Array = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    return error


def _high(x: Array) -> Array:
    scaled = x * SPLITTER
    high: Array = scaled - (scaled - x)
    return high
