"""Functions whose float32 values are rounded once.

PyTorch's vector libraries (MKL, SLEEF) are right to about half a unit in the last place; numpy's float32 loops are
not. Through float64 the result is the nearest float32 nearly always, which is what those libraries give.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array

Function = Callable[..., Any]


def wide(function: Function) -> Function:
    """`function`, worked out in float64 where its argument is narrower."""

    def forward(x: Array, **params: Any) -> Any:
        if x.dtype.itemsize < 8 and x.dtype.kind == "f":
            return np.asarray(function(x.astype(np.float64), **params)).astype(x.dtype)
        return function(x, **params)

    return forward


def widened(function: Function) -> Function:
    """The same for a function of two arrays of one type."""

    def forward(a: Array, b: Array, **params: Any) -> Any:
        if a.dtype.itemsize < 8 and a.dtype.kind == "f":
            return np.asarray(function(a.astype(np.float64), np.float64(b), **params)).astype(a.dtype)
        return function(a, b, **params)

    return forward


EXP, EXPM1, LOG, LOG1P, TANH = (wide(function) for function in (np.exp, np.expm1, np.log, np.log1p, np.tanh))
