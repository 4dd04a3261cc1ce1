"""Rearrangements of one tensor that are windows into its memory where PyTorch's are: each states its forward."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.dims import wrapped
from app.engine.registry import expose
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor

Shape = tuple[int, ...]


def rearrangement(
    name: str, forward: Callable[..., Any], *, grad_fn: str | Callable[[Call], str] | None = None, view: bool = True
) -> Operation:
    """An operation of one tensor that only moves elements."""
    return Operation(name, forward, [Rearrangement(operation=name)], grad_fn=grad_fn, view=view, cost=_cost)


def _cost(x: np.ndarray, **_: Any) -> tuple[int, int]:
    return x.size, 0


def _window(x: np.ndarray, *, shape: Shape) -> np.ndarray:
    return x.reshape(shape, copy=False)


reshape_view = rearrangement("view", _window)
reshape_copy = rearrangement(
    "reshape_copy",
    lambda x, *, shape: np.ascontiguousarray(x).reshape(shape),
    grad_fn="UnsafeViewBackward0",
    view=False,
)
reshape = rearrangement("reshape", lambda x, *, shape: x.reshape(shape), grad_fn="ViewBackward0", view=False)
squeeze = rearrangement(
    "squeeze", lambda x, *, dims, **_: x.squeeze(dims), grad_fn=lambda call: f"SqueezeBackward{call.params['form']}"
)
unsqueeze = rearrangement("unsqueeze", lambda x, *, dim: np.expand_dims(x, dim))
transpose = rearrangement("transpose", lambda x, *, dim0, dim1: np.swapaxes(x, dim0, dim1) if x.ndim else x.view())
t = rearrangement("t", lambda x: x.T)
permute = rearrangement("permute", lambda x, *, dims: x.transpose(dims))
expand = Operation(
    "expand", lambda x, *, shape: np.broadcast_to(x, shape), [Elementwise()], view=True, cost=_cost
)  # fmt: skip
alias = rearrangement("alias", lambda x: x.view())
narrow = rearrangement(
    "narrow",
    lambda x, *, dim, start, length: x[(slice(None),) * dim + (slice(start, start + length),)],
    grad_fn="SliceBackward0",
)
select = rearrangement("select", lambda x, *, dim, index: x[(slice(None),) * dim + (index,)])
diagonal = rearrangement("diagonal", lambda x, *, offset, dim1, dim2: np.diagonal(x, offset, dim1, dim2))
flip = rearrangement("flip", lambda x, *, dims: np.ascontiguousarray(np.flip(x, dims)), view=False)
roll = rearrangement("roll", lambda x, *, shifts, dims: np.roll(x, shifts, dims), view=False)
reshape_copy.name = "reshape"


def resolved(shape: Shape, numel: int) -> Shape:
    """The shape with its −1 worked out; PyTorch's errors where the numbers do not fit."""
    unknown = [d for d, n in enumerate(shape) if n == -1]
    if len(unknown) > 1:
        raise TorchError("RuntimeError", "only one dimension can be inferred")
    for n in shape:
        if n < -1:
            raise TorchError("RuntimeError", f"invalid shape dimension {n}")
    known = math.prod(n for n in shape if n != -1)
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
    return reshape_view.apply((input,), {"shape": shape})


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


def _swapped(input: Tensor, dim0: int, dim1: int) -> Any:
    rank = len(input.shape)
    return transpose.apply((input,), {"dim0": wrapped(dim0, rank), "dim1": wrapped(dim1, rank)})


def transposed(input: Tensor) -> Any:
    """x.t() of at most two dims."""
    if len(input.shape) > 2:
        raise TorchError("RuntimeError", f"t() expects a tensor with <= 2 dimensions, but self is {len(input.shape)}D")
    return t.apply((input,), {})


def permuted(input: Tensor, dims: Shape) -> Any:
    """Dims in another order; PyTorch's errors for a list that is none."""
    rank = len(input.shape)
    if len(dims) != rank:
        raise TorchError(
            "RuntimeError",
            "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
            f"ordering of dimensions i.e. input.dim() = {rank} is not equal to len(dims) = {len(dims)}",
        )
    order = tuple(wrapped(d, rank) for d in dims)
    if len(set(order)) != rank:
        raise TorchError("RuntimeError", "permute(): duplicate dims are not allowed.")
    return permute.apply((input,), {"dims": order})


def _moved(input: Tensor, source: Shape, destination: Shape) -> Any:
    rank = len(input.shape)
    if len(source) != len(destination):
        raise TorchError(
            "RuntimeError",
            f"movedim: Invalid source or destination dims: source ({list(source)} dims) should contain the same "
            f"number of dims as destination ({list(destination)} dims)",
        )
    moves = {wrapped(d, rank): wrapped(s, rank) for s, d in zip(source, destination, strict=True)}
    rest = iter(d for d in range(rank) if d not in moves.values())
    return permuted(input, tuple(moves[d] if d in moves else next(rest) for d in range(rank)))


def expanded(input: Tensor, size: Shape) -> Any:
    """Stretched along size-1 dims without a copy; −1 keeps a dim."""
    shape, extra = input.shape, len(size) - len(input.shape)
    if extra < 0:
        raise TorchError(
            "RuntimeError",
            f"expand({_typed(input)}{{{list(shape)}}}, size={list(size)}): the number of sizes provided ({len(size)}) "
            f"must be greater or equal to the number of dimensions in the tensor ({len(shape)})",
        )
    full = tuple(shape[d - extra] if n == -1 and d >= extra else n for d, n in enumerate(size))
    for d, n in enumerate(full):
        if d >= extra and shape[d - extra] not in (1, n):
            raise TorchError(
                "RuntimeError",
                f"The expanded size of the tensor ({n}) must match the existing size ({shape[d - extra]}) at "
                f"non-singleton dimension {d}.  Target sizes: {list(full)}.  Tensor sizes: {list(shape)}",
                code="broadcast-shape",
            )
    return expand.apply((input,), {"shape": full})


def _typed(input: Tensor) -> str:
    return f"torch.{input.dtype.title}Tensor"


def _narrowed(input: Tensor, dim: int, start: int, length: int) -> Any:
    at = wrapped(dim, len(input.shape))
    size = input.shape[at]
    begin = start + size if start < 0 else start
    if begin + length > size:
        raise TorchError("RuntimeError", f"start ({start}) + length ({length}) exceeds dimension size ({size}).")
    return narrow.apply((input,), {"dim": at, "start": begin, "length": length})


def _selected(input: Tensor, dim: int, index: int) -> Any:
    at = wrapped(dim, len(input.shape))
    size = input.shape[at]
    if not -size <= index < size:
        raise TorchError(
            "IndexError", f"select(): index {index} out of range for tensor of size {list(input.shape)} at dimension {at}",
            code="index-range", index=index, size=size,
        )  # fmt: skip
    return select.apply((input,), {"dim": at, "index": index % size})


def _diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Any:
    rank = len(input.shape)
    return diagonal.apply((input,), {"offset": offset, "dim1": wrapped(dim1, rank), "dim2": wrapped(dim2, rank)})


def _flipped(input: Tensor, dims: Shape) -> Any:
    return flip.apply((input,), {"dims": tuple(wrapped(d, len(input.shape)) for d in dims)})


def _rolled(input: Tensor, shifts: Shape, dims: Shape = ()) -> Any:
    wanted = tuple(wrapped(d, len(input.shape)) for d in dims)
    return roll.apply((input,), {"shifts": shifts if wanted else shifts[0], "dims": wanted or None})


expose("Tensor.view", ("Tensor input, ints... size", view), operation="view")
expose("Tensor.reshape", ("Tensor input, ints... shape", reshaped), operation="reshape")
expose("torch.reshape", ("Tensor input, ints shape", reshaped), operation="reshape")
expose(
    "Tensor.reshape_as",
    ("Tensor input, Tensor other", lambda input, other: reshaped(input, other.shape)),
    operation="reshape",
)
expose(
    "Tensor.view_as", ("Tensor input, Tensor other", lambda input, other: view(input, other.shape)), operation="view"
)
expose(
    "torch.flatten Tensor.flatten", ("Tensor input, int start_dim=0, int end_dim=-1", _flattened), operation="flatten"
)
expose("torch.ravel Tensor.ravel", ("Tensor input", lambda input: reshaped(input, (-1,))), operation="ravel")
expose(
    "torch.squeeze Tensor.squeeze",
    ("Tensor input", _squeezed),
    ("Tensor input, ints dim", _squeezed),
    operation="squeeze",
)
expose("torch.unsqueeze Tensor.unsqueeze", ("Tensor input, int dim", _unsqueezed), operation="unsqueeze")
expose(
    "torch.transpose Tensor.transpose torch.swapaxes Tensor.swapaxes",
    ("Tensor input, int dim0, int dim1", _swapped),
    operation="transpose",
)
expose("torch.t Tensor.t", ("Tensor input", transposed), operation="t")
expose("Tensor.permute", ("Tensor input, ints... dims", permuted), operation="permute")
expose("torch.permute", ("Tensor input, ints dims", permuted), operation="permute")
expose("torch.movedim Tensor.movedim", ("Tensor input, ints source, ints destination", _moved), operation="movedim")
expose("Tensor.expand", ("Tensor input, ints... size", expanded), operation="expand")
expose(
    "Tensor.expand_as",
    ("Tensor input, Tensor other", lambda input, other: expanded(input, other.shape)),
    operation="expand",
)
expose("torch.broadcast_to Tensor.broadcast_to", ("Tensor input, ints size", expanded), operation="expand")
expose("torch.narrow Tensor.narrow", ("Tensor input, int dim, int start, int length", _narrowed), operation="narrow")
expose("torch.select Tensor.select", ("Tensor input, int dim, int index", _selected), operation="select")
expose(
    "torch.diagonal Tensor.diagonal",
    ("Tensor input, int offset=0, int dim1=0, int dim2=1", _diagonal),
    operation="diagonal",
)
expose("torch.flip", ("Tensor input, ints dims", _flipped), operation="flip")
expose("Tensor.flip", ("Tensor input, ints... dims", _flipped), operation="flip")
expose("torch.roll Tensor.roll", ("Tensor input, ints shifts, ints dims=()", _rolled), operation="roll")
