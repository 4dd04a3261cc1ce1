"""Indexing along one dim by an integer tensor: gather, index_select."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.dims import wrapped
from app.engine.ops.indexing.index import getitem
from app.engine.registry import offer
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor


def _gathered_places(x: Array, index: Array, *, dim: int) -> Array:
    """x[…, index, …]; a number counts as a vector of one element."""
    return np.take_along_axis(x, index, dim) if x.ndim else np.take(x.reshape(1), index)


gather = Operation(
    "gather", _gathered_places,
    [Rearrangement(operation="gather", keeps=(1,)), None],
)  # fmt: skip
index_select = Operation(
    "index_select", lambda x, index, *, dim: np.take(x, index.reshape(-1), dim) if x.ndim else x,
    [Rearrangement(operation="index_select", keeps=(1,)), None],
)  # fmt: skip

take_nothing = Operation(
    "take_nothing", lambda x, index: np.zeros(index.shape, x.dtype),
    [Rearrangement(operation="take_nothing", keeps=(1,)), None], grad_fn="GatherBackward0",
)  # fmt: skip
take_nothing.name = "gather"


def _gathered(input: Tensor, dim: int, index: Tensor, sparse_grad: bool = False) -> Any:
    at = wrapped(dim, len(input.shape))
    if index.dtype.name not in ("int64", "int32", "uint8"):
        raise TorchError("RuntimeError", "gather(): Expected dtype int32/int64 for index")
    if index.numel == 0:
        return take_nothing.apply((input, index), {})
    if max(len(index.shape), 1) != max(len(input.shape), 1):
        raise TorchError("RuntimeError", "Index tensor must have the same number of dimensions as input tensor")
    for d, (n, m) in enumerate(zip(index.shape, input.shape, strict=False)):
        if d != at and n > m:
            raise TorchError(
                "RuntimeError",
                f"Size does not match at dimension {d} expected index {list(index.shape)} to be no larger than self "
                f"{list(input.shape)} apart from dimension {at}",
            )
    _in_range(index, input.shape[at] if input.shape else 1, at)
    cut = tuple(slice(0, n) if d != at else slice(None) for d, n in enumerate(index.shape))
    source = (
        input
        if all(n == m for d, (n, m) in enumerate(zip(index.shape, input.shape, strict=False)) if d != at)
        else getitem(input, cut)
    )
    return gather.apply((source, index), {"dim": at})


def _in_range(index: Tensor, size: int, dim: int) -> None:
    outside = index.array[(index.array < 0) | (index.array >= size)]
    if outside.size:
        raise TorchError(
            "RuntimeError", f"index {outside.flat[0]} is out of bounds for dimension {dim} with size {size}",
            code="index-range", index=int(outside.flat[0]), size=size,
        )  # fmt: skip


def _index_selected(input: Tensor, dim: int, index: Tensor) -> Any:
    at = wrapped(dim, len(input.shape))
    if len(index.shape) > 1:
        raise TorchError("IndexError", "index_select(): Index is supposed to be a vector")
    if index.dtype.name not in ("int64", "int32"):
        raise TorchError("RuntimeError", "index_select(): Expected dtype int32 or int64 for index")
    outside = index.array[(index.array < 0) | (index.array >= (input.shape[at] if input.shape else 1))]
    if outside.size:
        raise TorchError("IndexError", "index out of range in self", code="index-range")
    return index_select.apply((input, index), {"dim": at})


offer("gather", ("Tensor input, int dim, Tensor index, *, bool sparse_grad=False", _gathered))
offer("index_select", ("Tensor input, int dim, Tensor index", _index_selected))
