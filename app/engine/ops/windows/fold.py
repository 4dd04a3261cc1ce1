"""F.unfold lays the windows of a picture side by side as columns; F.fold adds columns back into a picture."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import Operation
from app.engine.ops.dims import wrapped
from app.engine.ops.internal import pick, place
from app.engine.ops.shapes.rearrange import rearrangement
from app.engine.ops.windows import fold_check
from app.engine.ops.windows.pool_check import Shape
from app.engine.ops.windows.sizes import Ints
from app.engine.ops.windows.tables import regular_tables
from app.engine.registry import offer
from app.engine.relation.explicit import Placement
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor

PICTURE = "x = torch.arange(6.0).view(1, 1, 2, 3).requires_grad_()\n"
COLUMNS = "x = torch.arange(8.0).view(1, 4, 2).requires_grad_()\n"


def _picked(x: Array, *, source: Array, shape: tuple[int, ...], **_: Any) -> Array:
    made: Array = pick.forward(x, source=source, shape=shape)
    return made


def _added(x: Array, *, source: Array, shape: tuple[int, ...], **_: Any) -> Array:
    made: Array = place.forward(x, source=source, shape=shape)
    return made


unfold = Operation(
    "unfold", _picked, [Rearrangement(operation="unfold")], grad_fn="Im2ColBackward0",
    cost=lambda x, *, source, **_: (source.size, 0), shows=("kernel_size", "stride", "padding", "dilation"),
    example=f"{PICTURE}o = torch.nn.functional.unfold(x, 2)\n",
)  # fmt: skip
fold = Operation(
    "fold", _added, [Placement()], grad_fn="Col2ImBackward0",
    cost=lambda x, *, source, shape, **_: (max(math.prod(shape), x.size), 0),
    shows=("output_size", "kernel_size", "stride", "padding", "dilation"),
    example=f"{COLUMNS}o = torch.nn.functional.fold(x, (2, 3), 2)\n",
)  # fmt: skip


def _sliding(x: Array, *, dim: int, size: int, step: int) -> Array:
    """Windows of x along dim, in a new last dim; the same memory seen several times."""
    if not x.ndim:
        return x.reshape(1)[:size]
    count = (x.shape[dim] - size) // step + 1
    strides = [s * step if d == dim else s for d, s in enumerate(x.strides)]
    shape = [count if d == dim else n for d, n in enumerate(x.shape)]
    made: Array = np.lib.stride_tricks.as_strided(x, (*shape, size), (*strides, x.strides[dim]))
    return made


sliding = rearrangement("sliding", _sliding, grad_fn="UnfoldBackward0", title="unfold")
sliding.cost = lambda x, *, dim, size, step: (
    (x.size // max(x.shape[dim] if x.ndim else 1, 1)) * ((x.shape[dim] if x.ndim else 1) // step + 1) * size, 0
)  # fmt: skip
sliding.shows = frozenset({"size", "step"})
sliding.example = "x = torch.tensor([0.5, 1.0, 2.0, 4.0], requires_grad=True)\no = x.unfold(0, 2, 1)\n"


def _source(lead: int, sizes: Ints, shape: Shape) -> Array:
    """For each element of the columns (lead · window, places) the element of the picture, −1 in the padding."""
    tables = regular_tables(sizes, shape)
    rank = len(sizes)
    number: Array = np.zeros((), np.int64)
    there: Array = np.ones((), bool)
    for d, (table, size) in enumerate(zip(tables, sizes, strict=True)):
        along = {d: table.shape[1], rank + d: table.shape[0]}
        at = table.T.reshape([along.get(e, 1) for e in range(2 * rank)])
        number = number * size + at
        there = there & (at >= 0)
    plane = np.where(there, number, -1).reshape(-1)
    first = np.arange(lead)[:, None] * math.prod(sizes)
    return np.where(plane >= 0, plane + first, -1)


def _window(kernel_size: Ints, dilation: Ints, padding: Ints, stride: Ints) -> Shape:
    two = {"kernel_size": kernel_size, "dilation": dilation, "padding": padding, "stride": stride}
    full = {name: fold_check.pair(name, value) for name, value in two.items()}
    return Shape(full["kernel_size"], full["stride"], full["padding"], full["dilation"], False)


def _unfolded(
    input: Tensor, kernel_size: Ints, dilation: Ints = (1,), padding: Ints = (0,), stride: Ints = (1,)
) -> Any:
    shape = _window(kernel_size, dilation, padding, stride)
    fold_check.picture(input, shape)
    sizes, lead = input.shape[-2:], input.shape[:-2]
    count = math.prod(shape.outputs(sizes))
    fold_check.affordable(math.prod(lead) * math.prod(shape.kernel) * count)
    source = _source(math.prod(lead), sizes, shape)
    made = (*lead[:-1], lead[-1] * math.prod(shape.kernel), count)
    return unfold.apply((input,), {"source": source.reshape(-1), "shape": made, **shape.shown})


def _folded(
    input: Tensor, output_size: Ints, kernel_size: Ints, dilation: Ints = (1,), padding: Ints = (0,),
    stride: Ints = (1,),
) -> Any:  # fmt: skip
    sizes = fold_check.pair("output_size", output_size)
    shape = _window(kernel_size, dilation, padding, stride)
    channels = fold_check.columns(input, sizes, shape)
    lead = (*input.shape[:-2], channels)
    source = _source(math.prod(lead), sizes, shape)
    made = (*lead, *sizes)
    params = {"source": source.reshape(-1), "shape": made, "output_size": sizes, **shape.shown}
    return fold.apply((input,), params)


def _slid(input: Tensor, dimension: int, size: int, step: int) -> Any:
    dim = wrapped(dimension, len(input.shape))
    fold_check.slide(input, dim, size, step)
    return sliding.apply((input,), {"dim": dim, "size": size, "step": step})


WINDOW = "ints kernel_size, ints dilation=1, ints padding=0, ints stride=1"
offer("F.unfold", (f"def Tensor input, {WINDOW}", _unfolded))
offer("F.fold", (f"def Tensor input, ints output_size, {WINDOW}", _folded))
offer("Tensor.unfold", ("Tensor input, int dimension, int size, int step", _slid), operation="sliding")
