"""Reading an index: ints, slices, None, `...`, lists, integer tensors and masks, with PyTorch's IndexErrors."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arguments import is_int
from app.engine.dtypes import int64
from app.engine.errors import TorchError
from app.engine.ndarray import NDArray
from app.engine.ops.convert import converted
from app.engine.ops.creation.literal import tensor_of
from app.engine.tensor import Tensor


class Slot:
    """Stands for index tensor `number` in a pattern."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number


def split_index(input: Tensor, index: Any) -> tuple[tuple[Any, ...], tuple[Tensor, ...]]:
    """An index as a pattern and the index tensors in it, checked; raises PyTorch's IndexErrors."""
    items = index if isinstance(index, tuple) else (index,)
    pattern: list[Any] = []
    tensors: list[Tensor] = []
    for item in items:
        if item is not Ellipsis or not any(p is Ellipsis for p in pattern):  # PyTorch lets a second `...` pass
            pattern.append(_item(item, tensors))
    _check(input, pattern, tensors, isinstance(index, tuple))
    _check_together(tensors)
    return tuple(pattern), tuple(tensors)


def _item(item: Any, tensors: list[Tensor]) -> Any:
    if isinstance(item, np.integer):
        return int(item)
    if item is None or item is Ellipsis or (isinstance(item, int) and not isinstance(item, bool)):
        return item
    if isinstance(item, slice):
        return slice(*(_bound(b) for b in (item.start, item.stop, item.step)))
    if isinstance(item, (list, range, tuple, bool, NDArray, np.bool_)):
        item = tensor_of(list(item) if isinstance(item, (list, range, tuple)) else item, None)
        if item.numel == 0:
            item = converted(item, int64)
    if isinstance(item, Tensor):
        return _tensor_item(item, tensors)
    if isinstance(item, str):
        raise TorchError("TypeError", "new(): invalid data type 'str'")
    raise TorchError(
        "IndexError",
        "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices "
        f"(got {type(item).__name__})",
    )


def _bound(bound: Any) -> int | None:
    if isinstance(bound, Tensor):
        if not is_int(bound):
            raise TorchError("TypeError", "only integer tensors of a single element can be converted to an index")
        return int(bound.array.item())
    if bound is None or isinstance(bound, int):
        return bound
    if isinstance(bound, np.integer):
        return int(bound)
    raise TorchError("TypeError", "slice indices must be integers or None or have an __index__ method")


def _tensor_item(item: Tensor, tensors: list[Tensor]) -> Any:
    if item.dtype.category == 2:
        raise TorchError("IndexError", "tensors used as indices must be long, int, byte or bool tensors")
    if not item.shape and item.dtype.category == 1:
        return int(item.array)
    tensors.append(item)
    return Slot(len(tensors) - 1)


def _check(input: Tensor, pattern: list[Any], tensors: list[Tensor], several: bool) -> None:
    """Every index in range, and not more of them than dimensions. `several`: they came as a tuple."""
    shape = input.shape
    taken = [
        1 if not isinstance(p, Slot) else _spans(tensors[p.number])
        for p in pattern
        if p is not None and p is not Ellipsis
    ]
    if sum(taken) > len(shape):
        if not shape and any(isinstance(p, slice) for p in pattern) and not several:
            raise TorchError("IndexError", "slice() cannot be applied to a 0-dim tensor.", code="index-range")
        if not shape and not tensors and not several:
            raise TorchError(
                "IndexError",
                "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to "
                "convert a 0-dim tensor to a number",
                code="index-range",
            )
        raise TorchError("IndexError", f"too many indices for tensor of dimension {len(shape)}", code="index-range")
    dim = counted = 0
    for place, p in enumerate(pattern):
        if p is None:
            continue
        if p is Ellipsis:
            dim = len(shape) - sum(
                1 if not isinstance(q, Slot) else _spans(tensors[q.number])
                for q in pattern[place + 1 :] if q is not None
            )  # fmt: skip
            continue
        _check_one(p, tensors, shape, dim, counted)
        counted += isinstance(p, Slot)
        dim += 1 if not isinstance(p, Slot) else _spans(tensors[p.number])


def _check_together(tensors: list[Tensor]) -> None:
    """Index tensors broadcast; a mask counts as the lists of its places."""
    shapes = [(int(np.count_nonzero(t.array)),) if t.dtype.category == 0 else t.shape for t in tensors]
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        listed = ", ".join(str(list(shape)) for shape in shapes)
        raise TorchError(
            "IndexError", f"shape mismatch: indexing tensors could not be broadcast together with shapes {listed}",
            code="index-range",
        ) from None  # fmt: skip


def _spans(index: Tensor) -> int:
    """A mask covers as many dims as it has."""
    return len(index.shape) if index.dtype.category == 0 else 1


def _check_one(p: Any, tensors: list[Tensor], shape: tuple[int, ...], dim: int, counted: int) -> None:
    """`counted` dims before this one are indexed by tensors: PyTorch's messages number only those."""
    if isinstance(p, Slot):
        _check_tensor(tensors[p.number], shape, dim, counted)
        return
    size = shape[dim]
    if isinstance(p, slice):
        if p.step == 0:
            raise TorchError("ValueError", "slice step cannot be zero")
        if p.step is not None and p.step < 0:
            raise TorchError("ValueError", "step must be greater than zero")
    elif not -size <= p < size:
        raise TorchError(
            "IndexError", f"index {p} is out of bounds for dimension {dim} with size {size}",
            code="index-range", index=p, size=size,
        )  # fmt: skip


def _check_tensor(index: Tensor, shape: tuple[int, ...], dim: int, counted: int) -> None:
    if index.dtype.category == 0:
        covered = shape[dim : dim + len(index.shape)]
        for d, (n, m) in enumerate(zip(index.shape, covered, strict=True)):
            if n != m:
                raise TorchError(
                    "IndexError",
                    f"The shape of the mask {list(index.shape)} at index {d} does not match the shape of the indexed "
                    f"tensor {list(shape)} at index {dim + d}",
                    code="index-range",
                )
        return
    outside = index.array[(index.array < -shape[dim]) | (index.array >= shape[dim])]
    if outside.size:
        raise TorchError(
            "IndexError", f"index {outside.flat[0]} is out of bounds for dimension {counted} with size {shape[dim]}",
            code="index-range", index=int(outside.flat[0]), size=shape[dim],
        )  # fmt: skip
