"""Between tensors and numpy's arrays: `from_numpy`, `numpy()`, which share their memory, and what copies."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.arguments import type_name
from app.engine.arrays import Array
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.ndarray import NDArray, OwnMemory
from app.engine.ops.convert import converted
from app.engine.ops.creation.literal import tensor_of
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Tensor, settle
from app.engine.value import Counter, Value

REQUIRES_GRAD = "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
NEGATIVE = (
    "At least one stride in the given numpy array is negative, and tensors with negative strides are not currently "
    "supported. (You can probably work around this by making a copy of your array  with array.copy().) "
)


def shared(array: NDArray) -> Tensor:
    """A tensor on an array's own memory: a write to either shows in both."""
    if any(stride < 0 for stride in array.strides):
        raise TorchError("ValueError", NEGATIVE)
    dtypes.require(array.dtype)
    run = current()
    memory = array.memory
    if isinstance(memory, OwnMemory):
        memory.seen = True
    value = Value(array.host)
    settle(value, memory, Counter(), array.offset)
    run.tape.made(value, run.here)
    return Tensor(value)


def array_on(x: Tensor, force: bool = False) -> NDArray:
    """`x.numpy()`: an array on the tensor's own memory."""
    if x.requires_grad and current().grad_enabled and not force:
        raise TorchError("RuntimeError", REQUIRES_GRAD, code="numpy-requires-grad")
    value = x.value
    assert value.memory is not None
    return NDArray(value.memory, value.array.shape, value.array.strides, value.offset)


def _from_numpy(ndarray: Any) -> Tensor:
    if not isinstance(ndarray, NDArray):
        raise TorchError("TypeError", f"expected np.ndarray (got {type_name(ndarray)})")
    return shared(ndarray)


def _as_tensor(data: Any, dtype: DType | None = None, device: Any = None) -> Tensor:
    """The tensor itself or one that shares the array's memory, where the type stays the same."""
    if isinstance(data, Tensor):
        from_tensor: Tensor = data if dtype is None or data.dtype is dtype else converted(data, dtype)
        return from_tensor
    if isinstance(data, NDArray) and (dtype is None or dtype.numpy == data.dtype):
        return shared(data)
    return tensor_of(data, dtype)


def filled(array: Array) -> Tensor:
    """What `__array_wrap__` makes of a ufunc's answer about tensors; truth becomes bytes there."""
    return tensor_of(NDArray.of(array.astype(np.uint8) if array.dtype.kind == "b" else array), None)


expose("torch.from_numpy", ("any ndarray", _from_numpy))
expose("torch.as_tensor torch.asarray", ("any data, dtype? dtype=None, device? device=None", _as_tensor))
expose("Tensor.numpy", ("Tensor input, *, bool force=False", lambda input, force: array_on(input, force)))
