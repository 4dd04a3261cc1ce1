"""torch.as_strided: a window of a tensor's memory by sizes and strides of the program's own; sum_to_size and fill."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.inplace import filled
from app.engine.ops.internal import sum_to
from app.engine.ops.shapes.window import as_strided
from app.engine.registry import offer
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor
from app.engine.value import Value, strided


class Picked(Rearrangement):
    """The window's elements by their places in the input, worked out when it was made."""

    def source(self, call: Call, k: int, j: int) -> Array:
        source: Array = call.params["source"]
        return source


window = Operation(
    "window", lambda x, *, source, window: window, [Picked(operation="window")], view=True,
    grad_fn="AsStridedBackward0", cost=lambda x, *, source, window: (max(source.size, x.size), 0),
)  # fmt: skip
window.name = "as_strided"
as_strided.example = "x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\no = torch.as_strided(x, (2, 2), (1, 1))"
filled.example = "x = torch.tensor([1.0, 2.0, 3.0])\nv = torch.tensor(2.0, requires_grad=True)\no = torch.fill(x, v)"


def _spots(size: Shape, stride: Shape, offset: int) -> Array:
    """Places in the memory, row-major."""
    spots = np.asarray(offset, np.int64)
    for n, s in zip(size, stride, strict=True):
        spots = spots[..., None] + np.arange(n) * s
    return spots


def _elements(seen: Value, size: int) -> Array:
    """For each place of the memory the element of the tensor that lies there, −1 for none."""
    strides = tuple(s // seen.array.itemsize for s in seen.array.strides)
    element = np.full(size, -1, np.int64)
    element[_spots(seen.array.shape, strides, seen.offset).reshape(-1)] = np.arange(seen.array.size)
    return element


def _checked(size: Shape, stride: Shape, offset: int, room: int, item: int) -> None:
    if len(size) != len(stride):
        raise TorchError("RuntimeError", "mismatch in length of strides and shape")
    if any(s < 0 for s in stride):
        words = f"as_strided: Negative strides are not supported at the moment, got strides: {list(stride)}"
        raise TorchError("RuntimeError", words)
    if offset < 0 or any(n < 0 for n in size):
        raise TorchError("RuntimeError", f"Tensor: invalid storage offset {offset}")
    needed = offset + sum((n - 1) * s for n, s in zip(size, stride, strict=True)) + 1 if all(size) else 0
    if needed > room:
        raise TorchError(
            "RuntimeError",
            f"setStorage: sizes {list(size)}, strides {list(stride)}, storage offset {offset}, and itemsize {item} "
            f"requiring a storage size of {needed * item} are out of bounds for storage of size {room * item}",
        )


def _as_strided(input: Tensor, size: Shape, stride: Shape, storage_offset: int | None = None) -> Any:
    seen = input.value
    assert seen.memory is not None
    flat, item = seen.memory.flat, seen.array.itemsize
    offset = seen.offset if storage_offset is None else storage_offset
    _checked(size, stride, offset, flat.size, item)
    spots = _spots(size, stride, offset).reshape(-1)
    source = _elements(seen, flat.size)[spots] if spots.size else spots
    made = strided(flat, tuple(size), tuple(s * item for s in stride), offset)
    return window.apply((input,), {"source": source, "window": made})


def _sum_to_size(input: Tensor, size: Shape) -> Any:
    """What broadcasting would have copied, added up."""
    shape, extra = tuple(input.shape), len(input.shape) - len(size)
    fits = extra >= 0 and all(n in (1, m) for n, m in zip(size, shape[max(extra, 0) :], strict=True))
    if not fits:
        wanted = ", ".join(str(n) for n in size)
        raise TorchError("RuntimeError", f"size {{[{wanted}]}} is not expandable to size {{{list(shape)}}}.")
    return input if shape == tuple(size) else sum_to.apply((input,), {"shape": tuple(size)})


def _filled(input: Tensor, value: Any) -> Any:
    """A new tensor like the input, of one number everywhere."""
    return variants[isinstance(value, Tensor)].apply((input, value), {"tensor": isinstance(value, Tensor)})


variants = tuple(
    Operation("fill", filled.forward, filled.structures, grad_fn=f"FillBackward{n}", register=False) for n in (0, 1)
)
# fmt: off
offer("as_strided",         ("Tensor input, shape size, shape stride, int? storage_offset=None", _as_strided))
offer("Tensor.sum_to_size", ("Tensor input, ints... size", _sum_to_size), operation="sum")
offer("torch.fill",         ("Tensor input, operand value", _filled))
# fmt: on
