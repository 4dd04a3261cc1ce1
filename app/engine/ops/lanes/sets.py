"""Values counted, found and told apart: unique, unique_consecutive, histc, bincount, bucketize, searchsorted, isin."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.kinds import not_implemented
from app.engine.operation import Number, Operation
from app.engine.ops.creation.literal import tensor_of
from app.engine.ops.dims import wrapped
from app.engine.registry import offer
from app.engine.relation.elementwise import Unstated
from app.engine.tensor import Tensor


def _distinct(x: Array, *, dim: int | None, runs: bool) -> tuple[Array, Array, Array]:
    """(values, for each element or slice the number of its value, how often each comes). `runs`: only neighbours."""
    rows = (
        x.reshape(-1, 1)
        if dim is None
        else np.moveaxis(x, dim, 0).reshape(x.shape[dim], x.size // max(x.shape[dim], 1))
    )
    order = np.arange(len(rows)) if runs else np.lexsort(rows.T[::-1]) if rows.size else np.arange(len(rows))
    sorted_rows = rows[order]
    new = np.ones(len(rows), bool)
    new[1:] = (sorted_rows[1:] != sorted_rows[:-1]).any(1)
    number = np.cumsum(new) - 1
    inverse = np.empty(len(rows), np.int64)
    inverse[order] = number
    counts = np.bincount(number, minlength=int(new.sum())).astype(np.int64) if len(rows) else np.zeros(0, np.int64)
    first = order[new]
    if dim is None:
        return x.reshape(-1)[first], inverse.reshape(x.shape), counts
    return np.take(x, first, dim), inverse, counts


def _set(name: str, function: str, grad_fn: str) -> Operation:
    operation = Operation(
        name, _distinct, [Unstated(function=function, listed=True)], grad_fn=grad_fn,
        cost=lambda x, **_: (3 * x.size, 16 * x.size),
    )  # fmt: skip
    operation.name = name.removesuffix("_dim")
    return operation


unique = _set("unique", "_unique2", "Unique2Backward0")
unique_dim = _set("unique_dim", "unique_dim", "UniqueDimBackward0")
unique_consecutive = _set("unique_consecutive", "unique_consecutive", "UniqueConsecutiveBackward0")


def _answer(made: Any, inverse: bool, counts: bool) -> Any:
    chosen = [made[0], *([made[1]] if inverse else []), *([made[2]] if counts else [])]
    return chosen[0] if len(chosen) == 1 else tuple(chosen)


def _unique(
    input: Tensor, sorted: bool = True, return_inverse: bool = False, return_counts: bool = False, dim: int | None = None
) -> Any:  # fmt: skip
    at = None if dim is None else wrapped(dim, len(input.shape))
    made = (unique if at is None else unique_dim).apply((input,), {"dim": at, "runs": False})
    return _answer(made, return_inverse, return_counts)


def _runs(input: Tensor, return_inverse: bool = False, return_counts: bool = False, dim: int | None = None) -> Any:
    at = None if dim is None else wrapped(dim, len(input.shape))
    return _answer(unique_consecutive.apply((input,), {"dim": at, "runs": True}), return_inverse, return_counts)


def _histogram(x: Array, *, bins: int, low: float, high: float) -> Array:
    found, _ = np.histogram(x.astype(np.float64), bins, (low, high))
    return np.asarray(found, x.dtype)


def _binned(x: Array, *weights: Array, minlength: int) -> Array:
    if not weights:
        return np.bincount(x, None, minlength)
    sums = np.bincount(x, weights[0].astype(np.float64), minlength)
    return sums.astype(np.float32) if weights[0].dtype == np.float32 else sums


def _inserted(boundaries: Array, values: Array, *, right: bool, small: bool) -> Array:
    """How many boundaries lie before each value (`right`: or at it); in lanes of boundaries lane by lane."""
    side: Any = "right" if right else "left"
    if boundaries.ndim == 1:
        found = np.searchsorted(boundaries, values, side)
    else:
        lanes = int(np.prod(boundaries.shape[:-1]))
        pairs = zip(
            boundaries.reshape(lanes, -1) if boundaries.size else [boundaries[:0]] * lanes,
            np.reshape(values, (lanes, values.size // max(lanes, 1))),
            strict=True,
        )
        found = np.array([np.searchsorted(np.ravel(b), v, side) for b, v in pairs]).reshape(values.shape)
    return np.asarray(found, np.int32 if small else np.int64)


def _bound_cost(boundaries: Array, values: Array, **_: Any) -> tuple[int, int]:
    return values.size + boundaries.size, 16 * values.size


def _members(x: Array, test: Array, *, invert: bool) -> Array:
    return np.isin(x, test, invert=invert)


histc = Operation("histc", _histogram, [], cost=lambda x, *, bins, **_: (x.size + bins, 0))
bincount = Operation(
    "bincount", _binned, [], cost=lambda x, *_, minlength: (x.size + max(int(x.max(initial=0)) + 1, minlength), 0)
)
searchsorted = Operation("searchsorted", _inserted, [], cost=_bound_cost)
isin = Operation("isin", _members, [], cost=lambda x, test, **_: (x.size + test.size, 16 * (x.size + test.size)))


def _histc(input: Tensor, bins: int = 100, min: Number = 0, max: Number = 0) -> Any:
    if bins <= 0:
        raise TorchError("RuntimeError", f"bins must be > 0, but got {bins}")
    low, high = float(min), float(max)
    if low == high and input.numel:
        low, high = float(input.array.min()), float(input.array.max())
    if low == high:
        low, high = low - 1, high + 1
    if not (np.isfinite(low) and np.isfinite(high)):
        raise TorchError("RuntimeError", f"histogram: range of [{low:g}, {high:g}] is not finite")
    if low > high:
        raise TorchError("RuntimeError", "torch.histogram: max must be larger than min")
    return histc.apply((input,), {"bins": bins, "low": low, "high": high})


def _bincount(input: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Any:
    if input.dtype.category != 1:
        raise not_implemented("bincount_cpu", input.dtype)
    if len(input.shape) != 1 or (input.array < 0).any():
        raise TorchError("RuntimeError", "bincount only supports 1-d non-negative integral inputs.")
    if minlength < 0:
        raise TorchError("RuntimeError", "minlength should be >= 0")
    if weights is not None and weights.shape != input.shape:
        raise TorchError("RuntimeError", "weights should be 1-d and have the same length as input")
    return bincount.apply((input, *(() if weights is None else (weights,))), {"minlength": minlength})


def _sought(
    sorted_sequence: Tensor, input: Any, out_int32: bool = False, right: bool = False, side: str | None = None,
    sorter: Tensor | None = None,
) -> Any:  # fmt: skip
    """torch.searchsorted; `sorter` says in which order the sequence is sorted."""
    if side not in (None, "left", "right"):
        raise TorchError("RuntimeError", f"torch.searchsorted(): side can only be 'left' or 'right' but got {side}")
    values = input if isinstance(input, Tensor) else tensor_of(input, sorted_sequence.dtype)
    bounds = sorted_sequence
    if sorter is not None:
        bounds = Tensor.of(np.take_along_axis(bounds.array, sorter.array, -1))
    if len(bounds.shape) > 1 and tuple(bounds.shape[:-1]) != tuple(values.shape[:-1]):
        raise TorchError(
            "RuntimeError",
            f"torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match, but we got boundaries tensor {list(bounds.shape)} and input value tensor {list(values.shape)}",
        )
    return searchsorted.apply((bounds, values), {"right": right or side == "right", "small": out_int32})


def _bucketed(input: Any, boundaries: Tensor, out_int32: bool = False, right: bool = False) -> Any:
    if len(boundaries.shape) != 1:
        raise TorchError("RuntimeError", f"boundaries tensor must be 1 dimension, but got dim({len(boundaries.shape)})")
    return _sought(boundaries, input, out_int32, right)


def _is_member(elements: Any, test_elements: Any, assume_unique: bool = False, invert: bool = False) -> Any:
    pair = tuple(t if isinstance(t, Tensor) else tensor_of(t, None) for t in (elements, test_elements))
    return isin.apply(pair, {"invert": invert})


# fmt: off
offer("unique",             ("def Tensor input, bool sorted=True, bool return_inverse=False, bool return_counts=False, int? dim=None", _unique))
offer("unique_consecutive", ("def Tensor input, bool return_inverse=False, bool return_counts=False, int? dim=None", _runs))
offer("histc",              ("Tensor input, int bins=100, number min=0, number max=0", _histc))
offer("bincount",           ("Tensor input, Tensor? weights=None, int minlength=0", _bincount))
offer("torch.searchsorted", ("Tensor sorted_sequence, operand input, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None", _sought))
offer("torch.bucketize",    ("operand input, Tensor boundaries, *, bool out_int32=False, bool right=False", _bucketed), operation="searchsorted")
offer("torch.isin",         ("operand elements, operand test_elements, *, bool assume_unique=False, bool invert=False", _is_member))
# fmt: on
