"""Sorting and what follows from it: each result is a choice of the lane's elements, with their places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.dims import wrapped
from app.engine.ops.reductions.reduce import median_whole, nanmedian_whole
from app.engine.registry import offer
from app.engine.relation.chosen import Chosen
from app.engine.returns import named
from app.engine.tensor import Tensor

Pick = Callable[..., Array]
"""From lanes along the last dim, the places of what is chosen in each."""


def _choice(pick: Pick, single: bool) -> Callable[..., tuple[Array, Array]]:
    """(values, places); `single`: one element of each lane, whose dim goes unless it is kept."""

    def forward(x: Array, *, dim: int, keepdim: bool = True, **params: Any) -> tuple[Array, Array]:
        if not x.ndim:
            return x.copy(), np.zeros((), np.int64)
        places = np.ascontiguousarray(np.moveaxis(pick(np.moveaxis(x, dim, -1), **params), -1, dim), np.int64)
        values = np.take_along_axis(x, places, dim)
        gone = single and not keepdim
        return (values.squeeze(dim), places.squeeze(dim)) if gone else (np.ascontiguousarray(values), places)

    return forward


def ascending(lanes: Array, descending: bool = False, **_: Any) -> Array:
    """Places in order; equal elements keep theirs, nan counts as the largest."""
    if not descending:
        return np.argsort(lanes, axis=-1, kind="stable")
    turned = np.argsort(lanes[..., ::-1], axis=-1, kind="stable")[..., ::-1]
    return np.asarray(lanes.shape[-1] - 1 - turned)


def _largest(lanes: Array, *, k: int, largest: bool) -> Array:
    return ascending(lanes, descending=largest)[..., :k]


def _kth(lanes: Array, *, k: int) -> Array:
    return ascending(lanes)[..., k - 1 : k]


def _middle(lanes: Array) -> Array:
    """The lower of two medians; the first nan where there is one."""
    order = ascending(lanes)
    if lanes.dtype.kind != "f":
        return order[..., (lanes.shape[-1] - 1) // 2][..., None]
    nan = np.isnan(lanes)
    return np.where(nan.any(-1, keepdims=True), nan.argmax(-1)[..., None], _middle_of(order, lanes.shape[-1]))


def _middle_of(order: Array, count: Any) -> Array:
    return np.take_along_axis(order, np.asarray((np.broadcast_to(count, order.shape[:-1]) - 1) // 2)[..., None], -1)


def _middle_number(lanes: Array) -> Array:
    """The lower of two medians of what is not nan."""
    if lanes.dtype.kind != "f":
        return _middle(lanes)
    counts = np.maximum((~np.isnan(lanes)).sum(-1), 1)
    return _middle_of(ascending(lanes), counts)


def _commonest(lanes: Array) -> Array:
    """The smallest of the commonest values, where it stands last."""
    order = ascending(lanes)
    sorted_lanes = np.take_along_axis(lanes, order, -1)
    same = sorted_lanes[..., None] == sorted_lanes[..., None, :]
    first = same.sum(-1).argmax(-1)[..., None]
    value = np.take_along_axis(sorted_lanes, first, -1)
    return np.asarray(lanes.shape[-1] - 1 - (lanes == value)[..., ::-1].argmax(-1))[..., None]


def _running(better: np.ufunc) -> Pick:
    """Where the best so far stands: the last one among equals, the latest nan once there is one."""

    def pick(lanes: Array) -> Array:
        best = better.accumulate(lanes, axis=-1)
        here = (lanes == best) | np.isnan(lanes) if lanes.dtype.kind == "f" else lanes == best
        return np.asarray(np.maximum.accumulate(np.where(here, np.arange(lanes.shape[-1]), 0), axis=-1))

    return pick


def _squares(x: Array, *, dim: int, **_: Any) -> tuple[int, int]:
    """Comparing each with each."""
    return 2 * x.size, x.size * (x.shape[dim] if x.ndim else 1)


def _twice(x: Array, **_: Any) -> tuple[int, int]:
    return 2 * x.size, 16 * x.size


def _stated(name: str, pick: Pick, single: bool, call: str, grad_fn: Any = None, cost: Any = _twice) -> Operation:
    operation = Operation(
        name, _choice(pick, single), [Chosen()], grad_fn=grad_fn, cost=cost, shows=("k", "largest", "descending"),
        example=f"x = torch.tensor([[1.0, 3.0, 2.0], [5.0, 4.0, 6.0]], requires_grad=True)\no, places = {call}",
    )  # fmt: skip
    operation.name = name.removesuffix("_dim")
    return operation


sort = _stated("sort", ascending, False, "x.sort(1)", lambda call: f"SortBackward{int('stable' in call.params)}")
topk = _stated("topk", _largest, False, "x.topk(2)")
kthvalue = _stated("kthvalue", _kth, True, "x.kthvalue(2)")
median = _stated("median_dim", _middle, True, "x.median(1)", "MedianBackward1")
nanmedian = _stated("nanmedian_dim", _middle_number, True, "x.nanmedian(1)", "NanmedianBackward1")
mode = _stated("mode", _commonest, True, "x.mode()", cost=_squares)
cummax = _stated("cummax", _running(np.maximum), False, "x.cummax(1)")
cummin = _stated("cummin", _running(np.minimum), False, "x.cummin(1)")


def _pair(operation: Operation, input: Tensor, dim: int, **params: Any) -> Any:
    at = wrapped(dim, len(input.shape))
    return named(operation.name, ("values", "indices"), operation.apply((input,), {"dim": at, **params}))


def _sorted(input: Tensor, dim: int = -1, descending: bool = False, stable: bool | None = None) -> Any:
    return _pair(sort, input, dim, descending=descending, **({} if stable is None else {"stable": stable}))


def _argsorted(input: Tensor, dim: int = -1, descending: bool = False, stable: bool | None = None) -> Any:
    return _pair(sort, input, dim, descending=descending)[1]


def _top(input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True) -> Any:
    size = input.shape[wrapped(dim, len(input.shape))] if input.shape else 1
    if not 0 <= k <= size:
        raise TorchError("RuntimeError", "selected index k out of range")
    return _pair(topk, input, dim, k=k, largest=largest)


def _kth_value(input: Tensor, k: int, dim: int = -1, keepdim: bool = False) -> Any:
    at = _filled("kthvalue", input, dim)
    if not 1 <= k <= (input.shape[at] if input.shape else 1):
        raise TorchError("RuntimeError", "kthvalue(): selected number k out of range for dimension " + str(at))
    return _pair(kthvalue, input, at, k=k, keepdim=keepdim)


def _filled(name: str, input: Tensor, dim: int) -> int:
    """The dim, which must have elements."""
    at = wrapped(dim, len(input.shape))
    if input.shape and input.shape[at] == 0:
        raise TorchError("IndexError", f"{name}(): Expected reduction dim {at} to have non-zero size.")
    return at


def _along(operation: Operation) -> Any:
    def run(input: Tensor, dim: int = -1, keepdim: bool = False) -> Any:
        return _pair(operation, input, _filled(operation.name, input, dim), keepdim=keepdim)

    return run


def _running_pair(operation: Operation) -> Any:
    return lambda input, dim: _pair(operation, input, dim)


def _whole(operation: Operation) -> Any:
    def run(input: Tensor) -> Any:
        return operation.apply((input,), {"dims": tuple(range(len(input.shape)))})

    return run


# fmt: off
SORT    = ("Tensor input, int dim=-1, bool descending=False", _sorted), ("Tensor input, *, bool? stable, int dim=-1, bool descending=False", _sorted)
ARGSORT = ("Tensor input, int dim=-1, bool descending=False", _argsorted), ("Tensor input, *, bool stable, int dim=-1, bool descending=False", _argsorted)
DIM     = "Tensor input, int dim, bool keepdim=False"
offer("sort",      *SORT)
offer("argsort",   *ARGSORT)
offer("msort",     ("Tensor input", lambda input: _sorted(input, 0)[0]), operation="sort")
offer("topk",      ("Tensor input, int k, int dim=-1, bool largest=True, bool sorted=True", _top))
offer("kthvalue",  ("Tensor input, int k, int dim=-1, bool keepdim=False", _kth_value))
offer("median",    ("Tensor input", _whole(median_whole)), (DIM, _along(median)))
offer("nanmedian", ("Tensor input", _whole(nanmedian_whole)), (DIM, _along(nanmedian)))
offer("mode",      ("Tensor input, int dim=-1, bool keepdim=False", _along(mode)))
offer("cummax",    ("Tensor input, int dim", _running_pair(cummax)))
offer("cummin",    ("Tensor input, int dim", _running_pair(cummin)))
# fmt: on
