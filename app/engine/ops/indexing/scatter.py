"""scatter: elements of a source go where an index says; what they replace loses its score."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.dims import wrapped
from app.engine.ops.leaf import scalar
from app.engine.registry import offer
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor
from app.engine.write import write


def _scattered(x: Array, src: Array, index: Array, *, dim: int, number: bool = False) -> Array:
    """x with x[…, index, …] = src along dim; src may be larger than index. `number`: it was given as one."""
    part = np.broadcast_to(src, index.shape) if not src.ndim else src[tuple(slice(0, n) for n in index.shape)]
    if not index.ndim:
        return part.reshape(x.shape).astype(x.dtype)
    out = x.copy()
    places: list[Array] = list(np.indices(index.shape, sparse=True))
    places[dim] = index
    out[tuple(places)] = part
    return out


def _name(call: Call) -> str:
    return f"ScatterBackward{int(call.params['number'])}"


_BY_INDEX = Rearrangement(operation="scatter", keeps=(2,))
scatter = Operation("scatter", _scattered, [_BY_INDEX, _BY_INDEX, None], grad_fn=_name)


def _source(input: Tensor, src: Any, value: Any) -> Tensor:
    given = src if src is not None else value
    if isinstance(given, Tensor) and given.dtype is not input.dtype:
        raise TorchError("RuntimeError", "scatter(): Expected self.dtype to be equal to src.dtype")
    return given if isinstance(given, Tensor) else scalar(given, input.dtype)


def _check_room(input: Tensor, dim: int, index: Tensor, src: Any) -> None:
    """The index is no larger than the target, except along dim, and nowhere larger than a source tensor."""
    source = src if isinstance(src, Tensor) else None
    fits = all(n <= m for d, (n, m) in enumerate(zip(index.shape, input.shape, strict=True)) if d != dim)
    if source is not None:
        fits = all(n <= source.shape[wrapped(d, len(source.shape))] for d, n in enumerate(index.shape)) and fits
    if not fits and index.numel:
        more = "" if source is None else f" and to be no larger size than src {list(source.shape)}"
        raise TorchError(
            "RuntimeError",
            f"Expected index {list(index.shape)} to be no larger than self {list(input.shape)} apart from dimension "
            f"{dim}{more}",
        )


def checked(input: Tensor, dim: int, index: Tensor, src: Any) -> int:
    at = wrapped(dim, len(input.shape))
    if len(index.shape) != len(input.shape):
        raise TorchError("RuntimeError", "Index tensor must have the same number of dimensions as self tensor")
    if index.dtype.name not in ("int64", "int32"):
        raise TorchError("RuntimeError", "scatter(): Expected dtype int32/int64 for index")
    _check_room(input, at, index, src)
    size = input.shape[at] if input.shape else 1
    outside = index.array[(index.array < 0) | (index.array >= size)]
    if outside.size:
        raise TorchError(
            "RuntimeError", f"index {outside.flat[0]} is out of bounds for dimension {at} with size {size}",
            code="index-range", index=int(outside.flat[0]), size=size,
        )  # fmt: skip
    return at


def _scatter(input: Tensor, dim: int, index: Tensor, src: Any = None, value: Any = None) -> Any:
    at = checked(input, dim, index, src)
    return scatter.apply(
        (input, _source(input, src, value), index),
        {"dim": at, "number": not isinstance(src if src is not None else value, Tensor)},
    )


def _scatter_(input: Tensor, dim: int, index: Tensor, src: Any = None, value: Any = None) -> Any:
    at = checked(input, dim, index, src)
    return write(
        input,
        scatter,
        (_source(input, src, value), index),
        {"dim": at, "number": not isinstance(src if src is not None else value, Tensor)},
    )


SOURCE = "Tensor input, int dim, Tensor index, operand src"
NUMBER = "Tensor input, int dim, Tensor index, *, number value"
offer("scatter", (SOURCE, _scatter), (NUMBER, _scatter))
offer("Tensor.scatter_", (SOURCE, _scatter_), (NUMBER, _scatter_))
