"""Indexing: by ints, slices, None and `...` (windows), by integer tensors and masks (copies); and assignment to it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arguments import type_name
from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation, view_of
from app.engine.ops.convert import converted
from app.engine.ops.indexing.index_check import Slot, split_index
from app.engine.ops.inplace import copied, filled
from app.engine.region import Region
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor
from app.engine.value import Value
from app.engine.write import write


def _indexed(x: Array, *indices: Array, pattern: tuple[Any, ...]) -> Array:
    """`pattern` is the index with each tensor's number in place of the tensor.

    Without tensors the result is a numpy view also where every dim is taken: a trailing `...` keeps it one.
    """
    items = tuple(indices[p.number] if isinstance(p, Slot) else p for p in pattern)
    taken = x[items] if indices or any(p is Ellipsis for p in pattern) else x[(*items, ...)]
    grown = not indices and any(p is None for p in items)
    return _with_steps(x, taken, pattern) if grown else taken


def _with_steps(x: Array, taken: Array, pattern: tuple[Any, ...]) -> Array:
    """Each new dim of size 1 steps over what its next neighbour spans, as PyTorch's unsqueeze has it."""
    strides = list(taken.strides)
    dim = place = 0
    for item in pattern:
        if item is None:
            strides[place] = x.shape[dim] * x.strides[dim] if dim < x.ndim else x.itemsize
        elif item is Ellipsis:
            skipped = x.ndim - sum(p is not None and p is not Ellipsis for p in pattern)
            dim, place = dim + skipped, place + skipped
            continue
        place += not isinstance(item, int)
        dim += item is not None
    return np.lib.stride_tricks.as_strided(taken, taken.shape, strides)


def _count(x: Array, indices: tuple[Array, ...], pattern: tuple[Any, ...]) -> int:
    """How many elements an index with tensors takes: those of the tensors together, times the other dims."""
    spans = [0 if p is None or p is Ellipsis else _span(p, indices) for p in pattern]
    rest, dim = 1, 0
    shapes: list[tuple[int, ...]] = []
    for p, span in zip(pattern, spans, strict=True):
        if isinstance(p, Slot):
            index = indices[p.number]
            shapes.append((int(np.count_nonzero(index)),) if index.dtype.kind == "b" else index.shape)
        elif p is Ellipsis:
            span = x.ndim - sum(spans)
            rest *= math.prod(x.shape[dim : dim + span])
        elif isinstance(p, slice):
            rest *= len(range(*p.indices(x.shape[dim])))
        dim += span
    taken: int = math.prod(_together(shapes)) * rest * math.prod(x.shape[dim:])
    return taken


def _span(p: Any, indices: tuple[Array, ...]) -> int:
    """A mask covers as many dims as it has."""
    return indices[p.number].ndim if isinstance(p, Slot) and indices[p.number].dtype.kind == "b" else 1


def _together(shapes: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The common shape; of those that do not fit, which the forward refuses, the first."""
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        return shapes[0]


def _last_step(call: Call) -> str:
    """The grad_fn of the last of PyTorch's single steps: select per int, slice per cut, unsqueeze per None."""
    name = "AliasBackward0"
    for item in call.params["pattern"]:
        if item is None:
            name = "UnsqueezeBackward0"
        elif isinstance(item, slice):
            if item != slice(None) or len(call.params["pattern"]) == 1:
                name = "SliceBackward0"
        elif isinstance(item, int):
            name = "SelectBackward0"
    return name


getitem_view = Operation(
    "getitem", _indexed, [Rearrangement(operation="getitem")], grad_fn=_last_step, view=True,
    cost=lambda x, **_: (1, 0),
)  # fmt: skip
getitem_copy = Operation(
    "index", lambda x, *indices, pattern: np.ascontiguousarray(_indexed(x, *indices, pattern=pattern)),
    [Rearrangement(operation="index", keeps=tuple(range(1, 9))), None],
    cost=lambda x, *indices, pattern: (_count(x, indices, pattern), 0),
)  # fmt: skip
_BY_PUT = Rearrangement(operation="index_put", keeps=tuple(range(2, 10)))
index_put = Operation(
    "index_put", lambda x, v, *indices, pattern: _put(x, v, *indices, pattern=pattern),
    [_BY_PUT, _BY_PUT, None], cost=lambda x, v, *indices, pattern: (x.size + _count(x, indices, pattern), 0),
)  # fmt: skip


def _put(x: Array, v: Array, *indices: Array, pattern: tuple[Any, ...]) -> Array:
    out = x.copy()
    places = tuple(indices[p.number] if isinstance(p, Slot) else p for p in pattern)
    wanted = x[places].shape
    while v.ndim > len(wanted) and v.shape[0] == 1:
        v = v[0]
    try:
        out[places] = np.broadcast_to(v, wanted)
    except ValueError:
        raise TorchError(
            "RuntimeError",
            f"shape mismatch: value tensor of shape {list(v.shape)} cannot be broadcast to indexing result of shape "
            f"{list(wanted)}",
            code="broadcast-shape",
        ) from None
    return out


def getitem(input: Tensor, index: Any) -> Tensor:
    """input[index]: a window for ints and slices, a copy for tensors."""
    pattern, tensors = split_index(input, index)
    operation = getitem_copy if tensors else getitem_view
    result: Tensor = operation.apply((input, *tensors), {"pattern": pattern})
    return result


def setitem(input: Tensor, index: Any, value: Any) -> None:
    """input[index] = value."""
    pattern, tensors = split_index(input, index)
    source = value if isinstance(value, (Tensor, bool, int, float)) else _refused(value)
    if tensors:
        write(input, index_put, (_fitting(source, input), *tensors), {"pattern": pattern}, name="index_put_")
        return
    if _is_whole(pattern):
        _replace(input, source)
        return
    seen = input.value
    part = _indexed(seen.array, pattern=pattern)
    window = view_of(input, seen, Value(part)).window
    assert window is not None
    write(input, copied, (source,), {}, region=Region(window.shape, window.strides, window.offset), name="copy_slices")


def _is_whole(pattern: tuple[Any, ...]) -> bool:
    """`y[:]` and `y[...]` are the tensor itself."""
    return all(p is Ellipsis or p == slice(None) for p in pattern)


def _replace(input: Tensor, source: Any) -> None:
    """All of a tensor: PyTorch fills it from a single number, else copies."""
    given = isinstance(source, Tensor)
    single = not given or (not source.shape and input.shape)
    write(input, filled if single else copied, (source,), {"tensor": given}, name="copy_slices")


def _refused(value: Any) -> Any:
    raise TorchError("TypeError", f"can't assign a {type_name(value)} to a torch.FloatTensor")


def _fitting(source: Any, input: Tensor) -> Any:
    if isinstance(source, Tensor) and source.dtype is not input.dtype:
        if not source.shape:
            return converted(source, input.dtype)
        raise TorchError(
            "RuntimeError",
            f"Index put requires the source and destination dtypes match, got {input.dtype.title} for the destination "
            f"and {source.dtype.title} for the source.",
        )
    return source
