"""Parts of a tensor replaced by another's elements: index_fill, index_copy, put, masked_scatter."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.dtypes import bool_
from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.convert import converted
from app.engine.ops.indexing.add import in_range, vector
from app.engine.ops.indexing.arranged import calling, writing
from app.engine.ops.leaf import scalar
from app.engine.registry import offer
from app.engine.relation.added import Added
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor
from app.engine.write import write

EXAMPLE = "x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nv = torch.tensor([0.5, -1.0], requires_grad=True)\n"
PLACES = "torch.tensor([2, 0])"


def _index_fill(x: Array, value: Array, index: Array, *, dim: int, **_: Any) -> Array:
    out = x.copy()
    if not x.ndim:
        return np.asarray(value.reshape(()) if index.size else out, x.dtype)
    out[(slice(None),) * dim + (index.reshape(-1),)] = value
    return out


def _index_copy(x: Array, source: Array, index: Array, *, dim: int) -> Array:
    if not x.ndim:
        return source.reshape(()).astype(x.dtype)
    out = x.copy()
    out[(slice(None),) * dim + (index.reshape(-1),)] = source
    return out


def _put(x: Array, source: Array, index: Array, **_: Any) -> Array:
    out = x.copy(order="C").reshape(-1)
    out[_wrapped(x, source, index)] = source.reshape(-1)
    return out.reshape(x.shape)


def _put_added(x: Array, source: Array, index: Array, **_: Any) -> Array:
    out = x.copy(order="C").reshape(-1)
    np.add.at(out, _wrapped(x, source, index), source.reshape(-1))
    return out.reshape(x.shape)


def _wrapped(x: Array, source: Array, index: Array, **_: Any) -> Array:
    flat = index.reshape(-1)
    return np.where(flat < 0, flat + x.size, flat)


def _masked(x: Array, source: Array, mask: Array) -> Array:
    """The source's elements in order, wherever the mask is set."""
    shape = np.broadcast_shapes(x.shape, mask.shape)
    out, spots = np.array(np.broadcast_to(x, shape)), np.broadcast_to(mask, shape)
    out[spots] = source.reshape(-1)[: np.count_nonzero(spots)]
    return out


def copies(
    name: str, forward: Any, grad_fn: Any = None, keeps: tuple[int, ...] = (2,), call: str = "", base: str = EXAMPLE
) -> Operation:
    """An operation whose result copies elements of the tensor and of a source."""
    structure = Rearrangement(operation=name, keeps=keeps)
    return Operation(
        name, forward, [structure, structure, *([None] if keeps else [])], grad_fn=grad_fn,
        cost=lambda x, *_, **__: (x.size, 0), example=f"{base}o = {call}",
    )  # fmt: skip


def _fill_name(call: Call) -> str:
    return "IndexFillBackward0" if call.params["number"] else "IndexFillBackward1"


# fmt: off
index_fill = copies("index_fill", _index_fill, _fill_name, call="x.index_fill(0, torch.tensor([0, 2]), v[0])")
index_copy = copies("index_copy", _index_copy, call=f"x.index_copy(0, {PLACES}, v)")
put = copies("put", _put, call=f"x.put({PLACES}, v)")
masked_scatter = copies("masked_scatter", _masked, call="x.masked_scatter(x > 1.5, v)")
# fmt: on
put_added = Operation(
    "put_added",
    _put_added,
    [Elementwise(), Added(places=_wrapped, keeps=(2,)), None],
    grad_fn="PutBackward0",
    cost=lambda x, source, *_: (x.size + source.size, 0),
)  # fmt: skip
put_added.name = "put"


def _filling(input: Tensor, dim: int, index: Tensor, value: Any) -> tuple[tuple[Tensor, ...], dict[str, Any]]:
    at = vector("index_fill_()", input, dim, index)
    if isinstance(value, Tensor) and value.shape:
        raise TorchError(
            "RuntimeError",
            f"index_fill_ only supports a 0-dimensional value tensor, but got tensor with {len(value.shape)} dimension(s).",
        )
    size = input.shape[at] if input.shape else 1
    outside = index.array[(index.array < -size) | (index.array >= size)]
    if outside.size:
        raise TorchError("IndexError", f"index {outside.flat[0]} is out of bounds for dimension {at} with size {size}")
    number = not isinstance(value, Tensor)
    filler = scalar(value, input.dtype) if number else converted(value, input.dtype)
    return (filler, index), {"dim": at, "number": number}


def _copying(input: Tensor, dim: int, index: Tensor, source: Tensor) -> tuple[tuple[Tensor, ...], dict[str, Any]]:
    at = vector("index_copy_()", input, dim, index)
    if input.dtype is not source.dtype:
        raise TorchError(
            "RuntimeError",
            f"index_copy_(): self and source expected to have the same dtype, but got (self) {input.dtype.title} and (source) {source.dtype.title}",
        )
    size = source.shape[at] if source.shape else 1
    if index.numel != size:
        raise TorchError(
            "IndexError",
            f"index_copy_(): Number of indices ({index.numel}) should be equal to source.size(dim) ({size})",
        )
    in_range(index, input.shape[at] if input.shape else 1)
    return (source, index), {"dim": at}


def _putting(input: Tensor, index: Tensor, source: Tensor) -> tuple[tuple[Tensor, ...], dict[str, Any]]:
    if index.dtype.name != "int64":
        raise TorchError("RuntimeError", f"put_(): Expected a long tensor for index, but got {index.dtype.title}")
    if index.numel != source.numel:
        raise TorchError(
            "IndexError",
            f"put_(): Expected source and index to have the same number of elements, but got source.numel() = {source.numel}, index.numel() = {index.numel}",
        )
    outside = index.array[(index.array < -input.numel) | (index.array >= input.numel)]
    if outside.size:
        raise TorchError(
            "IndexError",
            f"out of range: tried to access index {outside.flat[0]} on a tensor of {input.numel} elements.",
        )
    return (source, index), {}


def _masking(input: Tensor, mask: Tensor, source: Tensor) -> tuple[tuple[Tensor, ...], dict[str, Any]]:
    if mask.dtype is not bool_:
        raise TorchError(
            "RuntimeError", f"masked_scatter_ only supports boolean masks, but got mask with dtype {mask.dtype.c_name}"
        )
    if source.dtype is not input.dtype:
        raise TorchError(
            "RuntimeError",
            f"masked_scatter: expected self and source to have same dtypes but got {input.dtype.title} and {source.dtype.title}",
        )
    shape = np.broadcast_shapes(input.shape, mask.shape)
    if int(np.count_nonzero(np.broadcast_to(mask.array, shape))) > source.numel:
        raise TorchError(
            "RuntimeError",
            "masked_scatter: expected self and source to have the same number of elements as ones in mask",
        )
    return (source, mask), {}


def _put_call(input: Tensor, index: Tensor, source: Tensor, accumulate: bool = False) -> Any:
    return calling(put_added if accumulate else put, _putting)(input, index=index, source=source)


def _put_call_(input: Tensor, index: Tensor, source: Tensor, accumulate: bool = False) -> Any:
    others, params = _putting(input, index, source)
    return write(input, put_added if accumulate else put, others, params, name="put_")


# fmt: off
FILL   = ("Tensor input, int dim, Tensor index, Tensor value", "Tensor input, int dim, Tensor index, number value")
COPY   = "Tensor input, int dim, Tensor index, Tensor source"
PUT    = "Tensor input, Tensor index, Tensor source, bool accumulate=False"
MASK   = "Tensor input, Tensor mask, Tensor source"
offer("index_fill",             *((text, calling(index_fill, _filling)) for text in FILL))
offer("Tensor.index_fill_",     *((text, writing(index_fill, _filling)) for text in FILL))
offer("index_copy",             (COPY, calling(index_copy, _copying)))
offer("Tensor.index_copy_",     (COPY, writing(index_copy, _copying)))
offer("put",                    (PUT, _put_call))
offer("Tensor.put_",            (PUT, _put_call_))
offer("masked_scatter",         (MASK, calling(masked_scatter, _masking)))
offer("Tensor.masked_scatter_", (MASK, writing(masked_scatter, _masking)))
# fmt: on
