"""The numbers of the reductions: exact where naive formulas cancel or overflow."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.kernels.registers import register_sum
from app.engine.kernels.sums import total
from app.engine.kernels.wide import EXP, LOG

Dims = tuple[int, ...]
Forward = Callable[..., Any]
# The stubs of numpy know no `keepdims` that is worked out.
_SUM: Any = np.add.reduce
_MAX: Any = np.maximum.reduce
_MIN: Any = np.minimum.reduce


def count(shape: tuple[int, ...], dims: Dims) -> int:
    """How many elements meet in one output."""
    return math.prod(shape[d] for d in dims)


def folded(fold: Any) -> Forward:
    """Σ, Π, max or min by the ufunc itself."""

    def forward(x: Array, *, dims: Dims, keepdim: bool = False, **_: Any) -> Any:
        return fold.reduce(x, axis=dims, keepdims=keepdim)

    return forward


def summed(x: Array, *, dims: Dims, keepdim: bool = False, **_: Any) -> Array:
    """Σ in PyTorch's order."""
    return total(x, dims, keepdim)


def lane_summed(x: Array, *, dims: Dims, keepdim: bool = False, **_: Any) -> Array:
    """Σ along one dim as softmax's kernels add it."""
    added = register_sum(x, dims[0]) if dims else x
    return added if keepdim else added.reshape([n for d, n in enumerate(x.shape) if d not in dims])


def nansum(x: Array, *, dims: Dims, keepdim: bool = False, **_: Any) -> Any:
    """The sum of what is not nan."""
    return total(np.where(np.isnan(x), x.dtype.type(0), x) if x.dtype.kind == "f" else x, dims, keepdim)


def median(x: Array, **_: Any) -> Array:
    """The lower of two medians of all elements; nan where one is, and of nothing."""
    order = np.sort(x, axis=None)
    if not x.size or (x.dtype.kind == "f" and np.isnan(order[-1])):
        return np.asarray(np.nan, x.dtype) if x.dtype.kind == "f" else np.asarray(np.iinfo(x.dtype).min, x.dtype)
    return np.asarray(order[(x.size - 1) // 2])


def nanmedian(x: Array, **_: Any) -> Array:
    """The same of what is not nan."""
    numbers = x[~np.isnan(x)] if x.dtype.kind == "f" else x.reshape(-1)
    return median(numbers if numbers.size or not x.size else x)


def mean(x: Array, *, dims: Dims, keepdim: bool = False, **_: Any) -> Array:
    """The sum over the number of elements; nan without any."""
    return np.asarray(total(x, dims, keepdim) / x.dtype.type(count(x.shape, dims)), x.dtype)


def var(x: Array, *, dims: Dims, keepdim: bool = False, correction: float = 1, **_: Any) -> Array:
    """Two passes in double: E[x²] − E[x]² would cancel."""
    wide = x.astype(np.float64)
    squares = _SUM(np.square(wide - mean(wide, dims=dims, keepdim=True)), axis=dims, keepdims=keepdim)
    left = max(count(x.shape, dims) - correction, 0)
    return np.asarray(np.divide(squares, left), x.dtype)


def std(x: Array, **params: Any) -> Any:
    """The root of `var`."""
    return np.sqrt(var(x, **params))


def extreme_with_index(argument: Callable[..., Any]) -> Forward:
    """The extreme along one dim and where it first stands; nan counts as extreme."""

    def forward(x: Array, *, dims: Dims, keepdim: bool = False, **_: Any) -> tuple[Any, Any]:
        if not x.ndim:
            return x, np.zeros((), np.int64)
        index = np.expand_dims(argument(x, axis=dims[0]), dims[0])
        values = np.take_along_axis(x, index, dims[0])
        return (values, index) if keepdim else (values.squeeze(dims[0]), index.squeeze(dims[0]))

    return forward


def norm(x: Array, *, dims: Dims, keepdim: bool = False, p: float = 2, **_: Any) -> Array:
    """(Σ|x|ᵖ)^(1/p); p = 0 counts, p = ±∞ takes the largest or smallest."""
    size = np.abs(x)
    if p == math.inf:
        return np.asarray(_MAX(size, axis=dims, keepdims=keepdim))
    if p == -math.inf:
        return np.asarray(_MIN(size, axis=dims, keepdims=keepdim))
    powers = size != 0 if p == 0 else size if p == 1 else np.square(x) if p == 2 else np.power(size, x.dtype.type(p))
    added = _SUM(powers, axis=dims, keepdims=keepdim)
    root = added if p in (0, 1) else np.sqrt(added) if p == 2 else np.power(added, x.dtype.type(1 / p))
    return np.asarray(root, x.dtype)


def logsumexp(x: Array, *, dims: Dims, keepdim: bool = False, **_: Any) -> Array:
    """Shifted by the largest element; an infinite one is not subtracted from itself."""
    top = np.maximum.reduce(x, axis=dims, keepdims=True, initial=-np.inf)
    top = np.where(np.isinf(top), x.dtype.type(0), top).astype(x.dtype)
    log = LOG(total(EXP(x - top), dims, keepdim=True)) + top
    return np.asarray(log if keepdim else log.reshape(np.add.reduce(x, axis=dims).shape), x.dtype)


def shares(x: Array, y: Array, *, dims: Dims) -> Array:
    """1/m on each of the m elements that equal y (or are nan where y is), 0 elsewhere."""
    same = np.where(np.isnan(y), np.isnan(x), x == y)
    return (same / np.add.reduce(same, axis=dims, keepdims=True)).astype(x.dtype)


def one_hot(x: Array, index: Array, *, dim: int) -> Array:
    """Where along dim each lane's chosen element stands."""
    if not x.ndim:
        return np.ones((), bool)
    places = np.arange(x.shape[dim]).reshape((-1,) + (1,) * (x.ndim - dim - 1))
    return np.asarray(places == index)
