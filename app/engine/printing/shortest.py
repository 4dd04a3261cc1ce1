"""The shortest decimals that read back as the same numbers, for JSON.

float64 needs nothing: Python prints the shortest decimal itself. A float32 number becomes the float64 nearest
to its shortest decimal, which then prints as that decimal: 0.1, and not 0.10000000149011612.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scalar = float | int | bool | str

_EXACT_INTEGERS = 1 << 24  # float32 holds every integer below, so its own digits are the shortest
_SAFE_INTEGER = 1 << 53  # JavaScript reads no larger ones
_FEW = 24  # below, one by one from the cache is faster than vectorised
_POWERS = 10.0 ** np.arange(23)  # all exact in float64
_LEAST, _MOST = 1e-13, 1e25  # here every power of ten that the scaling needs is exact


def shortest(array: NDArray[Any]) -> list[Scalar]:
    """The elements, flat in row-major order, as JSON takes them.

    nan and the infinities become "NaN", "Infinity" and "-Infinity"; integers beyond 2**53 become strings.
    """
    flat = array.ravel()
    if array.dtype == np.float32:
        return _short_floats(flat)
    values: list[Any] = flat.tolist()
    if array.dtype == np.float64:
        return values if math.isfinite(sum(values)) else [_named(value) for value in values]
    if array.dtype == np.int64 and values and not -_SAFE_INTEGER <= min(values) <= max(values) <= _SAFE_INTEGER:
        return [value if -_SAFE_INTEGER <= value <= _SAFE_INTEGER else str(value) for value in values]
    return values


def _named(value: float) -> float | str:
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def _short_floats(flat: NDArray[np.float32]) -> list[Scalar]:
    if flat.size > _FEW:
        return _short_many(flat)
    return [
        value if value.is_integer() and -_EXACT_INTEGERS < value < _EXACT_INTEGERS else _short(value)
        for value in flat.tolist()
    ]


@lru_cache(maxsize=1 << 16)
def _short(value: float) -> float | str:
    return _named(float(str(np.float32(value))))


def _short_many(flat: NDArray[np.float32]) -> list[Scalar]:
    """Tries 6 to 9 digits on all elements at once; what lies outside the exact scaling goes one by one.

    Six come first because six-digit decimals all survive float32: fewer digits end in zeros there.
    """
    exact = flat.astype(np.float64)
    size = np.abs(exact)
    scalable = (size >= _LEAST) & (size < _MOST)
    exponent = np.floor(np.log10(np.where(scalable, size, 1.0))).astype(np.intp)
    result = exact
    for digits in (9, 8, 7, 6):
        candidate = _rounded(exact, digits - 1 - exponent)
        result = np.where(candidate.astype(np.float32) == flat, candidate, result)
    values: list[Any] = np.where(scalable, result, exact).tolist()
    for index in np.flatnonzero(~scalable & (exact != 0)).tolist():
        values[index] = _short(values[index])
    return values


def _rounded(exact: NDArray[np.float64], decimals: NDArray[np.intp]) -> NDArray[np.float64]:
    """To so many decimals, or tens, hundreds … if negative; one of the powers is 1: each step rounds once."""
    up, down = _POWERS[np.maximum(decimals, 0)], _POWERS[np.maximum(-decimals, 0)]
    rounded: NDArray[np.float64] = np.rint(exact * up / down) * down / up
    return rounded
