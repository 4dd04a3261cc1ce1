"""Indexing: by ints, slices, None and `...` (windows), by integer tensors and masks (copies); gather, index_select."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation, view_of
from app.engine.ops.dims import wrapped
from app.engine.registry import expose
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor
from app.engine.value import Value
from app.engine.write import Region, write

Basic = int | slice | None | type(Ellipsis)  # type: ignore[valid-type]


def _indexed(x: np.ndarray, *indices: np.ndarray, pattern: tuple[Any, ...]) -> np.ndarray:
    """`pattern` is the index with each tensor's number in place of the tensor.

    Without tensors the result is a numpy view also where every dim is taken: a trailing `...` keeps it one.
    """
    items = tuple(indices[p.number] if isinstance(p, Slot) else p for p in pattern)
    return x[items] if indices or any(p is Ellipsis for p in pattern) else x[(*items, ...)]


class Slot:
    """Stands for index tensor `number` in a pattern."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number


def _last_step(call: Call) -> str:
    """The grad_fn of the last of PyTorch's single steps: select per int, slice per cut, unsqueeze per None."""
    name = "AliasBackward0"
    dim = 0
    for item in call.params["pattern"]:
        if item is None:
            name = "UnsqueezeBackward0"
        elif isinstance(item, slice):
            if item != slice(None) or len(call.params["pattern"]) == 1:
                name = "SliceBackward0" if _cuts(item, call.inputs[0].shape[dim]) or True else name
        elif isinstance(item, int):
            name = "SelectBackward0"
        dim += item is not None and item is not Ellipsis
    return name


def _cuts(item: slice, size: int) -> bool:
    return range(*item.indices(size)) != range(size)


getitem_view = Operation(
    "getitem", _indexed, [Rearrangement(operation="getitem")], grad_fn=_last_step, view=True,
    cost=lambda x, **_: (1, 0),
)  # fmt: skip
getitem_copy = Operation(
    "index", lambda x, *indices, pattern: np.ascontiguousarray(_indexed(x, *indices, pattern=pattern)),
    [Rearrangement(operation="index", keeps=tuple(range(1, 9))), None],
)  # fmt: skip
index_put = Operation(
    "index_put", lambda x, v, *indices, pattern: _put(x, v, *indices, pattern=pattern),
    [Rearrangement(operation="index_put", keeps=tuple(range(2, 10))), Rearrangement(operation="index_put", keeps=tuple(range(2, 10))), None],
    promotes=None,
)  # fmt: skip


def _put(x: np.ndarray, v: np.ndarray, *indices: np.ndarray, pattern: tuple[Any, ...]) -> np.ndarray:
    out = x.copy()
    out[tuple(indices[p.number] if isinstance(p, Slot) else p for p in pattern)] = v
    return out


def split_index(input: Tensor, index: Any) -> tuple[tuple[Any, ...], tuple[Tensor, ...]]:
    """An index as a pattern and the index tensors in it, checked; raises PyTorch's IndexErrors."""
    items = index if isinstance(index, tuple) else (index,)
    pattern: list[Any] = []
    tensors: list[Tensor] = []
    for item in items:
        pattern.append(_item(item, tensors))
    _check(input, pattern, tensors)
    return tuple(pattern), tuple(tensors)


def _item(item: Any, tensors: list[Tensor]) -> Any:
    if item is None or item is Ellipsis or (isinstance(item, int) and not isinstance(item, bool)):
        return item
    if isinstance(item, slice):
        return slice(*(_bound(b) for b in (item.start, item.stop, item.step)))
    if isinstance(item, (list, range, tuple, bool)):
        from app.engine.ops.create import tensor_of

        item = tensor_of(list(item) if not isinstance(item, bool) else item, None)
        if item.numel == 0:
            from app.engine.dtypes import int64
            from app.engine.ops.convert import converted

            item = converted(item, int64)
    if isinstance(item, Tensor):
        return _tensor_item(item, tensors)
    kind = type(item).__name__
    if isinstance(item, float):
        raise TorchError(
            "TypeError",
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)",
        )
    raise TorchError(
        "TypeError",
        f"only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got {kind})",
    )


def _bound(bound: Any) -> int | None:
    if isinstance(bound, Tensor):
        return int(bound.array.item())
    if bound is None or isinstance(bound, int):
        return bound
    raise TorchError("TypeError", "slice indices must be integers or None or have an __index__ method")


def _tensor_item(item: Tensor, tensors: list[Tensor]) -> Any:
    if item.dtype.category == 2:
        raise TorchError("IndexError", "tensors used as indices must be long, int, byte or bool tensors")
    if not item.shape and item.dtype.category == 1:
        return int(item.array)
    tensors.append(item)
    return Slot(len(tensors) - 1)


def _check(input: Tensor, pattern: list[Any], tensors: list[Tensor]) -> None:
    """Every index in range, and not more of them than dimensions."""
    shape = input.shape
    taken = [
        1 if not isinstance(p, Slot) else _spans(tensors[p.number])
        for p in pattern
        if p is not None and p is not Ellipsis
    ]
    if sum(taken) > len(shape):
        if not shape:
            raise TorchError(
                "IndexError",
                "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to "
                "convert a 0-dim tensor to a number",
                code="index-range",
            )
        raise TorchError("IndexError", f"too many indices for tensor of dimension {len(shape)}", code="index-range")
    dim = 0
    for place, p in enumerate(pattern):
        if p is None:
            continue
        if p is Ellipsis:
            dim = len(shape) - sum(
                1 if not isinstance(q, Slot) else _spans(tensors[q.number])
                for q in pattern[place + 1 :] if q is not None
            )  # fmt: skip
            continue
        _check_one(p, tensors, shape, dim)
        dim += 1 if not isinstance(p, Slot) else _spans(tensors[p.number])


def _spans(index: Tensor) -> int:
    """A mask covers as many dims as it has."""
    return len(index.shape) if index.dtype.category == 0 else 1


def _check_one(p: Any, tensors: list[Tensor], shape: tuple[int, ...], dim: int) -> None:
    size = shape[dim]
    if isinstance(p, slice):
        if p.step is not None and p.step <= 0:
            raise TorchError("ValueError", "step must be greater than zero")
    elif isinstance(p, Slot):
        _check_tensor(tensors[p.number], shape, dim)
    elif not -size <= p < size:
        raise TorchError(
            "IndexError", f"index {p} is out of bounds for dimension {dim} with size {size}",
            code="index-range", index=p, size=size,
        )  # fmt: skip


def _check_tensor(index: Tensor, shape: tuple[int, ...], dim: int) -> None:
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
            "IndexError", f"index {outside.flat[0]} is out of bounds for dimension {dim} with size {shape[dim]}",
            code="index-range", index=int(outside.flat[0]), size=shape[dim],
        )  # fmt: skip


def getitem(input: Tensor, index: Any) -> Tensor:
    """input[index]: a window for ints and slices, a copy for tensors."""
    pattern, tensors = split_index(input, index)
    operation = getitem_copy if tensors else getitem_view
    result: Tensor = operation.apply((input, *tensors), {"pattern": pattern})
    return result


def setitem(input: Tensor, index: Any, value: Any) -> None:
    """input[index] = value."""
    from app.engine.ops.inplace import copied

    pattern, tensors = split_index(input, index)
    source = value if isinstance(value, (Tensor, bool, int, float)) else _refused(value)
    if tensors:
        write(input, index_put, (_fitting(source, input), *tensors), {"pattern": pattern}, name="index_put_")
        return
    seen = input.value
    part = _indexed(seen.array, pattern=pattern)
    window = view_of(input, seen, Value(part)).window
    assert window is not None
    write(input, copied, (source,), {}, region=Region(window.shape, window.strides, window.offset), name="copy_slices")


def _refused(value: Any) -> Any:
    raise TorchError("TypeError", f"can't assign a {type(value).__name__} to a torch.{'Float'}Tensor")


def _fitting(source: Any, input: Tensor) -> Any:
    if isinstance(source, Tensor) and source.dtype is not input.dtype:
        if not source.shape:
            from app.engine.ops.convert import converted

            return converted(source, input.dtype)
        raise TorchError(
            "RuntimeError",
            f"Index put requires the source and destination dtypes match, got {input.dtype.title} for the destination "
            f"and {source.dtype.title} for the source.",
        )
    return source


gather = Operation(
    "gather", lambda x, index, *, dim: np.take_along_axis(x, index, dim) if x.ndim else x.reshape(index.shape),
    [Rearrangement(operation="gather", keeps=(1,)), None],
)  # fmt: skip
index_select = Operation(
    "index_select", lambda x, index, *, dim: np.take(x, index.reshape(-1), dim) if x.ndim else x,
    [Rearrangement(operation="index_select", keeps=(1,)), None],
)  # fmt: skip


def _gathered(input: Tensor, dim: int, index: Tensor) -> Any:
    at = wrapped(dim, len(input.shape))
    if index.dtype.name not in ("int64", "int32"):
        raise TorchError("RuntimeError", "gather(): Expected dtype int32/int64 for index")
    if len(index.shape) != len(input.shape):
        raise TorchError("RuntimeError", "Index tensor must have the same number of dimensions as input tensor")
    for d, (n, m) in enumerate(zip(index.shape, input.shape, strict=True)):
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
        if all(n == m for d, (n, m) in enumerate(zip(index.shape, input.shape, strict=True)) if d != at)
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
    if index.dtype.name not in ("int64", "int32"):
        raise TorchError("RuntimeError", "index_select(): Expected dtype int32 or int64 for index")
    outside = index.array[(index.array < 0) | (index.array >= (input.shape[at] if input.shape else 1))]
    if outside.size:
        raise TorchError("IndexError", "index out of range in self", code="index-range")
    return index_select.apply((input, index), {"dim": at})


expose(
    "torch.gather Tensor.gather",
    (
        "Tensor input, int dim, Tensor index, *, bool sparse_grad=False",
        lambda input, dim, index, sparse_grad: _gathered(input, dim, index),
    ),
    operation="gather",
)
expose(
    "torch.index_select Tensor.index_select",
    ("Tensor input, int dim, Tensor index", _index_selected),
    operation="index_select",
)
