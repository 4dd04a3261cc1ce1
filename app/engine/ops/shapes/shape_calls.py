"""Calls that change the shape and keep the order of elements: view, reshape, flatten, squeeze, unsqueeze."""

from __future__ import annotations

import math
from typing import Any

from app.engine.arrays import Shape
from app.engine.errors import TorchError
from app.engine.ops.convert import made_contiguous
from app.engine.ops.dims import wrapped
from app.engine.ops.shapes.rearrange import reshape_alias, reshape_copy, reshape_seen, reshape_view, squeeze, unsqueeze
from app.engine.registry import offer
from app.engine.tensor import Tensor


def resolved(shape: Shape, numel: int) -> Shape:
    """The shape with its −1 worked out; PyTorch's errors where the numbers do not fit."""
    unknown = [d for d, n in enumerate(shape) if n == -1]
    if len(unknown) > 1:
        raise TorchError("RuntimeError", "only one dimension can be inferred")
    for place, n in enumerate(shape):
        if n < -1:
            raise TorchError("RuntimeError", f"invalid shape dimension {n} at index {place} of shape {list(shape)}")
    known = math.prod(n for n in shape if n != -1)
    if unknown and not known and not numel:
        raise TorchError(
            "RuntimeError",
            f"cannot reshape tensor of 0 elements into shape {list(shape)} because the unspecified dimension size -1 "
            "can be any value and is ambiguous",
            code="reshape-size",
        )
    fits = numel % known == 0 if unknown and known else known == numel and not unknown
    if not fits:
        raise TorchError(
            "RuntimeError", f"shape '{list(shape)}' is invalid for input of size {numel}", code="reshape-size"
        )
    return tuple(numel // known if n == -1 else n for n in shape)


def view(input: Tensor, size: Shape) -> Any:
    """A window of another shape, where the strides allow one."""
    shape = resolved(size, input.numel)
    try:
        return reshape_view.apply((input,), {"shape": shape})
    except ValueError:
        raise TorchError(
            "RuntimeError",
            "view size is not compatible with input tensor's size and stride (at least one dimension spans across "
            "two contiguous subspaces). Use .reshape(...) instead.",
            code="view-incompatible",
        ) from None


def reshaped(input: Tensor, shape: Shape) -> Any:
    """A window where the strides allow one, else a copy."""
    shape = resolved(shape, input.numel)
    try:
        input.array.reshape(shape, copy=False)
    except ValueError:
        return reshape_copy.apply((input,), {"shape": shape})
    return (reshape_seen if input.array.flags.c_contiguous else reshape_alias).apply((input,), {"shape": shape})


def _raveled(input: Tensor) -> Any:
    return view(made_contiguous(input), (-1,))


def _flattened(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Any:
    rank = len(input.shape)
    first, last = wrapped(start_dim, rank), wrapped(end_dim, rank)
    if first > last:
        raise TorchError("RuntimeError", "flatten() has invalid args: start_dim cannot come after end_dim")
    if not rank:
        return reshaped(input, (1,))
    if first == last:
        return input
    shape = input.shape
    return reshaped(input, (*shape[:first], math.prod(shape[first : last + 1]), *shape[last + 1 :]))


def _squeezed(input: Tensor, dim: Shape | None = None) -> Any:
    shape = input.shape
    form = 0 if dim is None else 1 if len(dim) == 1 else 2
    asked = range(len(shape)) if dim is None else [wrapped(d, len(shape)) for d in dim]
    return squeeze.apply((input,), {"dims": tuple(d for d in asked if shape and shape[d] == 1), "form": form})


def _unsqueezed(input: Tensor, dim: int) -> Any:
    return unsqueeze.apply((input,), {"dim": wrapped(dim, len(input.shape) + 1)})


def _like(function: Any) -> Any:
    return lambda input, other: function(input, other.shape)


# fmt: off
offer("Tensor.view",       ("Tensor input, ints... size", view))
offer("Tensor.view_as",    ("Tensor input, Tensor other", _like(view)), operation="view")
offer("Tensor.reshape",    ("Tensor input, ints... shape", reshaped))
offer("torch.reshape",     ("Tensor input, shape shape", reshaped))
offer("Tensor.reshape_as", ("Tensor input, Tensor other", _like(reshaped)), operation="reshape")
offer("flatten",           ("Tensor input, int start_dim=0, int end_dim=-1", _flattened))
offer("ravel",             ("Tensor input", _raveled))
offer("squeeze",           ("Tensor input", _squeezed), ("Tensor input, ints dim", _squeezed))
offer("unsqueeze",         ("Tensor input, int dim", _unsqueezed))
# fmt: on
