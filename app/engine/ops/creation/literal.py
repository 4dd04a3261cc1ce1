"""torch.tensor: nested lists, numbers and tensors become one array of one type."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.arrays import Array, Shape
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.ndarray import NDArray
from app.engine.operation import Number
from app.engine.ops.leaf import finished
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Tensor

DEEPEST = 48
"""How deep lists may be nested; an entry may be a tensor with dimensions of its own."""
ENTRY = 5  # what one entry of nested lists costs, in the meter's units of work


def _shape_of(data: Any) -> Shape:
    """The shape of nested lists, by their first entries; PyTorch's error where they go too deep."""
    sizes: list[int] = []
    while isinstance(data, (list, tuple, range)):
        sizes.append(len(data))
        if len(sizes) > DEEPEST:
            raise TorchError("ValueError", f"too many dimensions '{type(data).__name__}'")
        if not len(data):
            break
        data = data[0]
    return (*sizes, *data.shape) if isinstance(data, (Tensor, NDArray)) else tuple(sizes)


def _unexpected(data: Any, before: list[Any]) -> str:
    """Python's own words for a list where a number of the kind found so far should stand."""
    kind = type(data).__name__
    return (
        f"must be real number, not {kind}"
        if before and isinstance(before[0], float)
        else (f"'{kind}' object cannot be interpreted as an integer")
    )


def _leaves(data: Any, shape: Shape, depth: int, out: list[Any]) -> None:
    if isinstance(data, Tensor) and data.numel > 1 and depth:
        raise TorchError(
            "ValueError",
            "only one element tensors can be converted to Python scalars",
            code="item-many",
            count=data.numel,
        )
    if isinstance(data, (Tensor, NDArray)) and data.shape == shape[depth:]:
        out.extend(numbers_of(data).reshape(-1).tolist())
        return
    if depth == len(shape):
        if isinstance(data, (list, tuple, range)):
            raise TorchError("TypeError", _unexpected(data, out), code="ragged-list")
        out.append(_plain(data))
        return
    if not isinstance(data, (list, tuple, range)):
        raise TorchError("TypeError", "not a sequence")
    if len(data) != shape[depth]:
        raise TorchError(
            "ValueError",
            f"expected sequence of length {shape[depth]} at dim {depth} (got {len(data)})",
            code="ragged-list",
        )
    for item in data:
        _leaves(item, shape, depth + 1, out)


def numbers_of(data: Tensor | NDArray) -> Array:
    """The numbers of a tensor or of one of numpy's arrays."""
    return data.array if isinstance(data, Tensor) else data.host


def _plain(item: Any) -> Number:
    if isinstance(item, np.generic):
        return item.item()  # type: ignore[no-any-return]
    if isinstance(item, Tensor) and item.numel == 1:
        number: Number = item.array.item()
        return number
    if isinstance(item, (bool, int, float)):
        return item
    if item is None:
        raise TorchError("RuntimeError", "Could not infer dtype of NoneType")
    if isinstance(item, str):
        raise TorchError("TypeError", "new(): invalid data type 'str'")
    raise TorchError("RuntimeError", f"Could not infer dtype of {type(item).__name__}")


def _inferred(leaves: list[Any], data: Any) -> DType:
    typed = _types_in(data)
    if typed:
        dtype = typed[0]
        for other in typed[1:]:
            dtype = dtypes.promote(dtype, other)
        return dtype
    if any(isinstance(v, float) for v in leaves) or not leaves:
        return current().default_dtype
    return dtypes.bool_ if all(isinstance(v, bool) for v in leaves) else dtypes.int64


def _types_in(data: Any) -> list[DType]:
    """The element types of tensors, arrays and numpy's numbers in nested lists; of all entries if there is one."""
    entries: list[Any] = []
    _flatten(data, entries)
    if not any(isinstance(entry, (Tensor, NDArray, np.generic)) for entry in entries):
        return []
    default = current().default_dtype
    return [_type_of(entry, default) for entry in entries]


def _flatten(data: Any, out: list[Any]) -> None:
    if isinstance(data, (list, tuple)):
        for item in data:
            _flatten(item, out)
    else:
        out.append(data)


def _type_of(entry: Any, default: DType) -> DType:
    if isinstance(entry, Tensor):
        return entry.dtype
    if isinstance(entry, (NDArray, np.generic)):
        return dtypes.require(entry.dtype)
    return dtypes.number_type(entry, default)


def _holds(kind: DType, number: Number) -> bool:
    """Whether an integer type has room for a number; a fraction is cut, but nan and infinity do not fit."""
    bounds = np.iinfo(kind.name)
    return bool(bounds.min <= number <= bounds.max)


def array_of(data: Any, dtype: DType | None) -> Array:
    """Nested lists, numbers and tensors as a new array."""
    if isinstance(data, (Tensor, NDArray)):
        kind = dtype or (data.dtype if isinstance(data, Tensor) else dtypes.require(data.dtype))
        current().meter.operation(math.prod(data.shape))
        return numbers_of(data).astype(kind.numpy, order="C")
    shape = _shape_of(data)
    current().meter.operation(math.prod(shape))
    current().meter.work(ENTRY * math.prod(shape))
    leaves: list[Any] = []
    _leaves(data, shape, 0, leaves)
    kind = dtype or _inferred(leaves, data)
    if kind.category == 1 and any(isinstance(v, int) and not -(2**63) <= v < 2**63 for v in leaves):
        raise TorchError("RuntimeError", "Overflow when unpacking long long")
    if kind.category == 1 and not all(_holds(kind, v) for v in leaves):
        raise TorchError("RuntimeError", f"value cannot be converted to type {kind.name} without overflow")
    wide = (
        np.array(leaves, np.float64 if any(isinstance(v, float) for v in leaves) else None) if leaves else np.empty(0)
    )
    return wide.astype(kind.numpy).reshape(shape)


def tensor_of(data: Any, dtype: DType | None, requires_grad: bool = False) -> Tensor:
    """torch.tensor."""
    if isinstance(data, str):
        raise TorchError("TypeError", "new(): invalid data type 'str'")
    return finished(array_of(data, dtype), requires_grad)


def _tensor(data: Any, dtype: DType | None = None, requires_grad: bool = False, device: Any = None) -> Tensor:
    return tensor_of(data, dtype, requires_grad)


expose("torch.tensor", ("any data, *, dtype? dtype=None, bool requires_grad=False, device? device=None", _tensor))
expose(
    "Tensor.new_tensor",
    (
        "Tensor input, any data, *, dtype? dtype=None, bool requires_grad=False",
        lambda input, data, dtype, requires_grad: tensor_of(data, dtype or input.dtype, requires_grad),
    ),
)
