"""A part of a tensor replaced by another tensor: select_scatter, slice_scatter, diagonal_scatter."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.convert import converted
from app.engine.ops.dims import wrapped
from app.engine.ops.indexing import places
from app.engine.ops.indexing.replace import copies
from app.engine.registry import offer
from app.engine.tensor import Tensor

MATRIX = (
    "x = torch.tensor([[1.0, 3.0], [2.0, 0.5]], requires_grad=True)\nv = torch.tensor([7.0, 8.0], requires_grad=True)\n"
)


def _replaced(x: Array, source: Array, *, spots: Array) -> Array:
    """`spots` are the flat places of the part that is replaced."""
    out = x.copy(order="C").reshape(-1)
    out[spots.reshape(-1)] = np.broadcast_to(source, spots.shape).reshape(-1)
    return out.reshape(x.shape)


# fmt: off
select_scatter = copies("select_scatter", _replaced, keeps=(), call="x.select_scatter(v, 0, 1)", base=MATRIX)
slice_scatter = copies("slice_scatter", _replaced, keeps=(), call="x.slice_scatter(v.view(1, 2), 0, 1)", base=MATRIX)
diagonal_scatter = copies("diagonal_scatter", _replaced, keeps=(), call="x.diagonal_scatter(v)", base=MATRIX)
# fmt: on


def _part(operation: Operation, input: Tensor, src: Tensor, spots: Array) -> Any:
    if tuple(src.shape) != spots.shape:
        raise TorchError(
            "RuntimeError",
            f"expected src to have a size equal to the slice of self. src size = {list(src.shape)}, slice size = {list(spots.shape)}",
        )
    return operation.apply((input, converted(src, input.dtype)), {"spots": spots})


def _select_part(input: Tensor, src: Tensor, dim: int, index: int) -> Any:
    if not input.shape:
        raise TorchError("IndexError", "select() cannot be applied to a 0-dim tensor.")
    at = wrapped(dim, len(input.shape))
    if not -input.shape[at] <= index < input.shape[at]:
        raise TorchError(
            "IndexError",
            f"select(): index {index} out of range for tensor of size {list(input.shape)} at dimension {at}",
        )
    return _part(select_scatter, input, src, places.numbered(input.shape)[(slice(None),) * at + (index,)])


def _slice_part(
    input: Tensor, src: Tensor, dim: int = 0, start: int | None = None, end: int | None = None, step: int = 1
) -> Any:
    at = wrapped(dim, len(input.shape))
    if not input.shape:
        raise TorchError("RuntimeError", "slice() cannot be applied to a 0-dim tensor.")
    if step <= 0:
        raise TorchError("RuntimeError", "slice step must be positive")
    return _part(
        slice_scatter, input, src, places.numbered(input.shape)[(slice(None),) * at + (slice(start, end, step),)]
    )


def _diagonal_part(input: Tensor, src: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Any:
    rank = len(input.shape)
    spots = np.diagonal(places.numbered(input.shape), offset, wrapped(dim1, rank), wrapped(dim2, rank))
    return _part(diagonal_scatter, input, src, spots)


# fmt: off
offer("select_scatter",         ("Tensor input, Tensor src, int dim, int index", _select_part))
offer("slice_scatter",          ("Tensor input, Tensor src, int dim=0, int? start=None, int? end=None, int step=1", _slice_part))
offer("diagonal_scatter",       ("Tensor input, Tensor src, int offset=0, int dim1=0, int dim2=1", _diagonal_part))
# fmt: on
