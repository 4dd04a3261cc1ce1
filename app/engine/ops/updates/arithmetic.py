"""The steps that updates are made of, each rounded as PyTorch's kernel of that name rounds.

All of them also take complex numbers, plainly: an update's local derivative is found by a step into the imaginary
direction (update.py).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.multiply_add import multiply_add
from app.engine.ops.elementwise.ternary import interpolated


def _is_complex(*arrays: Any) -> bool:
    return any(np.iscomplexobj(a) for a in arrays)


def scaled(x: Array, factor: float) -> Any:
    """`x.mul_(factor)`: the factor is rounded to the type first."""
    return x * x.dtype.type(factor)


def divided(x: Array, divisor: float) -> Any:
    """`x.div(divisor)`."""
    return x / x.dtype.type(divisor)


def shifted(x: Array, by: float) -> Any:
    """`x.add_(by)`."""
    return x + x.dtype.type(by)


def added(x: Array, y: Array, factor: float) -> Any:
    """`x.add_(y, alpha=factor)`."""
    if factor == 1:
        return x + y
    return x + factor * y if _is_complex(x, y) else multiply_add(y, y.dtype.type(factor), x)


def added_product(x: Array, a: Array, b: Array, factor: float) -> Any:
    """`x.addcmul_(a, b, value=factor)`."""
    if _is_complex(x, a, b):
        return x + factor * a * b
    return multiply_add(a if factor == 1 else scaled(a, factor), b, x)


def added_quotient(x: Array, a: Array, b: Array, factor: float) -> Any:
    """`x.addcdiv_(a, b, value=factor)`."""
    return x + (a if factor == 1 else scaled(a, factor)) / b


def towards(x: Array, end: Array, weight: float) -> Any:
    """`x.lerp_(end, weight)`."""
    if _is_complex(x, end):
        return x + weight * (end - x)
    return interpolated(x, end, x.dtype.type(weight))


def magnitude(x: Array) -> Any:
    """|x|; of a complex number by the sign of its real part, so that the derivative is the sign."""
    return np.where(x.real < 0, -x, x) if _is_complex(x) else np.abs(x)


def largest(a: Array, b: Array) -> Any:
    """The larger by real part."""
    return np.where(a.real >= b.real, a, b) if _is_complex(a, b) else np.maximum(a, b)
