"""Arrays as JSON numbers within a budget, and summaries of those that are over it."""

from __future__ import annotations

from functools import lru_cache
from math import copysign
from typing import Any

import numpy as np

from app.engine.forget import Forgotten, facts
from app.engine.printing import shortest

Array = np.ndarray[Any, np.dtype[Any]]
SIDES = ((100, 16), (400, 4))
"""The first 100 tensors of an answer are summarised in 16 × 16 blocks, up to the 400th in 4 × 4, the others as one:
summaries of thousands of tensors would weigh more than their numbers."""
FEW = 200
"""Up to here one by one is faster than by arrays."""


def numbers_of(array: Array) -> list[Any]:
    """The elements, row-major, each the shortest decimal that reads back: 1 rather than 1.0, but -0.0 stays."""
    decimals = shortest(array)
    if array.dtype.kind != "f":
        return decimals
    if array.size <= FEW:
        return [_plain(d) for d in decimals]
    flat = array.reshape(-1)
    with np.errstate(invalid="ignore"):
        whole = (flat == np.rint(flat)) & (np.abs(flat) < 2**53) & ~((flat == 0) & np.signbit(flat))
    if whole.all():
        return flat.astype(np.int64).tolist()
    return [int(d) if w else d for d, w in zip(decimals, whole.tolist(), strict=True)] if whole.any() else decimals


def _plain(decimal: Any) -> Any:
    if type(decimal) is not float or not decimal.is_integer() or abs(decimal) >= 2**53:
        return decimal
    return int(decimal) if decimal or copysign(1, decimal) > 0 else decimal


class Allowance:
    """How many numbers may still be sent: `each` per array, `total` together."""

    def __init__(self, total: int, each: int) -> None:
        self.total = total
        self.each = each

    def take(self, array: Array) -> list[Any] | None:
        """The elements, row-major, each the shortest decimal that reads back; None when over the budget."""
        if array.size > self.each or array.size > self.total:
            return None
        self.total -= array.size
        return numbers_of(array)


def summary(array: Array, before: int = 0) -> dict[str, Any]:
    """What is told of a tensor whose numbers are not sent: extremes, mean, and blocks of its last two dims.

    `before`: how many have been summarised in this answer.
    """
    side = next((side for most, side in SIDES if before < most), 1)
    known = array.facts if isinstance(array, Forgotten) else None
    *told, nonfinite = known or facts(array)
    low, high, mean = numbers_of(np.asarray(told, array.dtype if array.dtype.kind == "f" else np.float64))
    numbers = np.asarray(array, np.float64)
    return {
        "min": low,
        "max": high,
        "mean": mean,
        "nonfinite": nonfinite,
        "blocks": _blocks(numbers, side)
        if known is None and side > 1
        else {"shape": [1, 1], "min": [low], "max": [high]},
    }


def _blocks(numbers: Array, side: int) -> dict[str, Any] | None:
    """Smallest and largest number of each of at most side × side blocks, over all leading dims."""
    if not numbers.size:
        return None
    plane = numbers.reshape(-1, *(numbers.shape[-2:] if numbers.ndim > 1 else (1, numbers.size)))
    rows, columns = (_edges(n, side) for n in plane.shape[1:])
    low = _reduced(np.fmin, np.fmin.reduce(plane, axis=0), rows, columns)
    high = _reduced(np.fmax, np.fmax.reduce(plane, axis=0), rows, columns)
    return {"shape": [len(rows), len(columns)], "min": numbers_of(low), "max": numbers_of(high)}


@lru_cache(maxsize=256)
def _edges(size: int, side: int) -> Array:
    """Where the blocks of a dim start."""
    return np.unique(np.linspace(0, size, min(size, side), endpoint=False).astype(np.int64))


def _reduced(pick: np.ufunc, plane: Array, rows: Array, columns: Array) -> Array:
    return np.asarray(pick.reduceat(pick.reduceat(plane, rows, axis=0), columns, axis=1), np.float32)
