"""Adding a source into places that an index names: scatter_add, index_add, put and index_put with accumulate."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Number, Operation
from app.engine.ops.dims import wrapped
from app.engine.ops.indexing import places
from app.engine.ops.indexing.arranged import calling, writing
from app.engine.ops.indexing.scatter import checked
from app.engine.registry import offer
from app.engine.relation.added import Added
from app.engine.relation.elementwise import Elementwise
from app.engine.tensor import Tensor

ADDED = (
    "a = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\n"
    "x = torch.tensor([5.0, 4.0, -1.0], requires_grad=True)\n"
    "o = a.{name}(0, torch.tensor([2, 0, 2]), x{more})"
)
EXAMPLE = "x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nv = torch.tensor([0.5, -1.0], requires_grad=True)\n"
PLACES = "torch.tensor([2, 2])"


def _added(x: Array, source: Array, to: Array, alpha: Number = 1) -> Array:
    """x with the source's elements added where `to` sends them, in their order."""
    out = x.copy(order="C").reshape(-1)
    flat, sent = source.reshape(-1), to.reshape(-1)
    kept = sent >= 0
    np.add.at(out, sent[kept], flat[kept] * x.dtype.type(alpha) if alpha != 1 else flat[kept])
    return out.reshape(x.shape)


def _scattered(x: Array, src: Array, index: Array, *, dim: int) -> Array:
    return _added(x, src, _by_index(x, src, index, dim=dim))


def _by_index(x: Array, src: Array, index: Array, *, dim: int) -> Array:
    return places.spread(places.along(x.shape, index, dim), src.shape)


def _indexed(x: Array, source: Array, index: Array, *, dim: int, alpha: Number) -> Array:
    return _added(x, source, places.slices(x.shape, index, dim), alpha)


def _by_slices(x: Array, source: Array, index: Array, *, dim: int, **_: Any) -> Array:
    return places.slices(x.shape, index, dim)


def _cost(x: Array, source: Array, *_: Any, **__: Any) -> tuple[int, int]:
    return x.size + source.size, 0


scatter_add = Operation(
    "scatter_add", _scattered, [Elementwise(), Added(places=_by_index, keeps=(2,)), None], cost=_cost,
    example=ADDED.format(name="scatter_add", more=""),
)  # fmt: skip
index_add = Operation(
    "index_add", _indexed, [Elementwise(), Added(places=_by_slices, keeps=(2,)), None], cost=_cost,
    example=ADDED.format(name="index_add", more=""), shows=("alpha",),
)  # fmt: skip


def _same_type(name: str, input: Tensor, source: Tensor) -> None:
    if input.dtype is not source.dtype:
        raise TorchError("RuntimeError", f"{name}(): Expected self.dtype to be equal to src.dtype")


def _scatter(input: Tensor, dim: int, index: Tensor, src: Tensor) -> tuple[tuple[Tensor, ...], dict[str, Any]]:
    at = checked(input, dim, index, src)
    _same_type("scatter", input, src)
    return (src, index), {"dim": at}


def vector(name: str, input: Tensor, dim: int, index: Tensor) -> int:
    """The dim of an index that is a vector of slices; PyTorch's errors."""
    at = wrapped(dim, len(input.shape))
    if len(index.shape) > 1:
        raise TorchError(
            "IndexError",
            f"{name}: Index is supposed to be a vector, but got dim: {len(index.shape)} with type: {index.dtype.title} and size: {list(index.shape)}",
        )
    if index.dtype.name not in ("int64", "int32"):
        raise TorchError("RuntimeError", f"{name}: Expected dtype int32/int64 for index but got: {index.dtype.title}")
    return at


def in_range(index: Tensor, size: int) -> None:
    """RuntimeError for an index outside of the dim."""
    outside = (index.array < 0) | (index.array >= size)
    if outside.any():
        raise TorchError("IndexError", "index out of range in self", code="index-range")


def _index(
    input: Tensor, dim: int, index: Tensor, source: Tensor, alpha: Number
) -> tuple[tuple[Tensor, ...], dict[str, Any]]:
    at = vector("index_add_()", input, dim, index)
    if input.dtype is not source.dtype:
        raise TorchError(
            "RuntimeError",
            f"index_add_(): self ({input.dtype.title}) and source ({source.dtype.title}) must have the same scalar type",
        )
    size = source.shape[at] if source.shape else 1
    if index.numel != size:
        raise TorchError(
            "RuntimeError",
            f"index_add_(): Number of indices ({index.numel}) should be equal to source.size(dim): ({size}), for dim: {at}",
        )
    if input.shape and tuple(n for d, n in enumerate(source.shape) if d != at) != tuple(
        n for d, n in enumerate(input.shape) if d != at
    ):
        raise TorchError(
            "RuntimeError",
            f"source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = {list(input.shape)} source.shape = {list(source.shape)}",
        )
    in_range(index, input.shape[at] if input.shape else 1)
    return (source, index), {"dim": at, "alpha": alpha}


SCATTER = "Tensor input, int dim, Tensor index, Tensor src"
INDEX = "Tensor input, int dim, Tensor index, Tensor source, *, number alpha=1"
offer("scatter_add", (SCATTER, calling(scatter_add, _scatter)))
offer("Tensor.scatter_add_", (SCATTER, writing(scatter_add, _scatter)))
offer("index_add", (INDEX, calling(index_add, _index)))
offer("Tensor.index_add_", (INDEX, writing(index_add, _index)))
