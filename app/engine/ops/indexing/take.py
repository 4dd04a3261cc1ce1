"""Taking elements by their places: take, take_along_dim, index_put by a tuple, argwhere, nonzero."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation, wrap
from app.engine.ops.dims import wrapped
from app.engine.ops.indexing.add import EXAMPLE
from app.engine.ops.indexing.gather import gather
from app.engine.ops.indexing.index import getitem_copy, index_put
from app.engine.ops.indexing.index_check import split_index
from app.engine.ops.indexing.places import numbered
from app.engine.ops.shapes.axis_calls import expanded
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.registry import offer
from app.engine.relation.added import Added
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.rearrangement import Rearrangement
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write

take = Operation(
    "take", lambda x, index: np.take(x, index), [Rearrangement(operation="take", keeps=(1,)), None],
    cost=lambda x, index: (index.size, 0),
    example="x = torch.tensor([[1.0, 3.0], [2.0, 0.5]], requires_grad=True)\no = x.take(torch.tensor([3, 0, 3]))",
)  # fmt: skip


def _taken(input: Tensor, index: Tensor) -> Any:
    if index.dtype.name != "int64":
        raise TorchError("RuntimeError", f"take(): Expected a long tensor for index, but got {index.dtype.title}")
    if index.numel and not input.numel:
        raise TorchError("IndexError", "take(): tried to take from an empty tensor")
    outside = index.array[(index.array < -input.numel) | (index.array >= input.numel)]
    if outside.size:
        raise TorchError(
            "IndexError",
            f"out of range: tried to access index {outside.flat[0]} on a tensor of {input.numel} elements.",
        )
    return take.apply((input, index), {})


def _taken_along(input: Tensor, indices: Tensor, dim: int | None = None) -> Any:
    """Both broadcast together outside of dim; without one, of all elements in a row."""
    if indices.dtype.name not in ("int64", "int32"):
        raise TorchError(
            "RuntimeError", f"torch.take_along_dim(): dtype of indices should be Long but got {indices.dtype.title}"
        )
    if dim is None:
        return gather.apply((reshaped(input, (-1,)), reshaped(indices, (-1,))), {"dim": 0})
    if len(input.shape) != len(indices.shape):
        raise TorchError(
            "RuntimeError",
            f"torch.take_along_dim(): input and indices should have the same number of dimensions, but got {len(input.shape)} dimensions for input, and {len(indices.shape)} dimensions for indices",
        )
    at = wrapped(dim, len(input.shape))
    common = np.broadcast_shapes(*(tuple(1 if d == at else n for d, n in enumerate(t.shape)) for t in (input, indices)))
    sides = [tuple(t.shape[at] if d == at else n for d, n in enumerate(common)) for t in (input, indices)]
    whole = [t if tuple(t.shape) == s else expanded(t, s) for t, s in zip((input, indices), sides, strict=True)]
    return gather.apply(tuple(whole), {"dim": at})


SEARCH = 4  # what a number costs that is asked whether it is zero, in numbers made


def _where_not_zero(input: Tensor) -> Any:
    current().meter.operation(SEARCH * input.numel)
    places = np.argwhere(input.array) if input.shape else np.zeros((int(bool(input.array)), 0))
    return wrap(np.asarray(places, np.int64))


def _nonzero(input: Tensor, as_tuple: bool = False) -> Any:
    if not as_tuple:
        return _where_not_zero(input)
    current().meter.operation(SEARCH * input.numel)
    return tuple(wrap(np.asarray(p, np.int64)) for p in np.nonzero(np.atleast_1d(input.array)))


def _put_places(x: Array, v: Array, *indices: Array, pattern: tuple[Any, ...]) -> Array:
    """Where each element of the values is added."""
    taken: Array = getitem_copy.forward(numbered(x.shape), *indices, pattern=pattern)
    return taken


def _put_added(x: Array, v: Array, *indices: Array, pattern: tuple[Any, ...]) -> Array:
    out = x.copy(order="C").reshape(-1)
    np.add.at(out, _put_places(x, v, *indices, pattern=pattern).reshape(-1), v.reshape(-1))
    return out.reshape(x.shape)


index_put_added = Operation(
    "index_put_added", _put_added, [Elementwise(), Added(places=_put_places, keeps=tuple(range(2, 10))), None],
    grad_fn="IndexPutBackward0", cost=lambda x, v, *_, **__: (x.size + v.size, 0),
    example=f"{EXAMPLE}o = x.index_put((torch.tensor([2, 2]),), v, accumulate=True)",
)  # fmt: skip
index_put_added.name = "index_put"
index_put.example = f"{EXAMPLE}o = x.index_put((torch.tensor([2, 0]),), v)"


def _arranged(
    input: Tensor, indices: Any, values: Tensor, accumulate: bool
) -> tuple[Operation, tuple[Tensor, ...], dict[str, Any]]:
    """The operation with its operands: values added have the shape of what is indexed, others are copied into it."""
    pattern, tensors = split_index(input, tuple(indices))
    if values.dtype is not input.dtype:
        raise TorchError(
            "RuntimeError",
            f"Index put requires the source and destination dtypes match, got {input.dtype.title} for the destination and {values.dtype.title} for the source.",
        )
    if not accumulate:
        return index_put, (values, *tensors), {"pattern": pattern}
    shape = getitem_copy.forward(numbered(input.shape), *(t.array for t in tensors), pattern=pattern).shape
    whole = values if tuple(values.shape) == shape else expanded(values, shape)
    return index_put_added, (whole, *tensors), {"pattern": pattern}


def _index_put(input: Tensor, indices: Any, values: Tensor, accumulate: bool = False) -> Any:
    operation, others, params = _arranged(input, indices, values, accumulate)
    return operation.apply((input, *others), params)


def _index_put_(input: Tensor, indices: Any, values: Tensor, accumulate: bool = False) -> Any:
    operation, others, params = _arranged(input, indices, values, accumulate)
    return write(input, operation, others, params, name="index_put_")


# fmt: off
PUT = "Tensor input, list indices, Tensor values, bool accumulate=False"
offer("take",              ("Tensor input, Tensor index", _taken))
offer("take_along_dim",    ("Tensor input, Tensor indices, int? dim=None", _taken_along), operation="gather")
offer("argwhere",          ("Tensor input", _where_not_zero), operation="nonzero")
offer("nonzero",           ("Tensor input, *, bool as_tuple=False", _nonzero))
offer("index_put",         (PUT, _index_put))
offer("index_put_",        (PUT, _index_put_))
# fmt: on
