"""Calls that reorder, cut or stretch along dims: transpose, permute, expand, narrow, flip and their kin."""

from __future__ import annotations

from typing import Any

from app.engine.arrays import Shape
from app.engine.errors import TorchError
from app.engine.ops.dims import reduced, wrapped
from app.engine.ops.shapes.rearrange import diagonal, expand, flip, narrow, permute, roll, select, t, transpose
from app.engine.registry import offer
from app.engine.tensor import Tensor


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
    for name, dims in (("source", source), ("destination", destination)):
        if len({wrapped(d, rank) for d in dims}) < len(dims):
            raise TorchError("RuntimeError", f"movedim: repeated dim in `{name}` ({list(dims)})")
    moves = {wrapped(d, rank): wrapped(s, rank) for s, d in zip(source, destination, strict=True)}
    rest = iter(d for d in range(rank) if d not in moves.values())
    return permuted(input, tuple(moves[d] if d in moves else next(rest) for d in range(rank)))


def expanded(input: Tensor, size: Shape) -> Any:
    """Stretched along size-1 dims without a copy; −1 keeps a dim."""
    require_stretch(input, size)
    extra = len(size) - len(input.shape)
    full = tuple(input.shape[d - extra] if n == -1 and d >= extra else n for d, n in enumerate(size))
    return expand.apply((input,), {"shape": full})


def require_stretch(input: Tensor, size: Shape) -> None:
    """RuntimeError where copies along dims of size 1 and in front do not give this size."""
    shape, extra = input.shape, len(size) - len(input.shape)
    if extra < 0:
        raise TorchError(
            "RuntimeError",
            f"expand({_typed(input)}{{{list(shape)}}}, size={list(size)}): the number of sizes provided ({len(size)}) "
            f"must be greater or equal to the number of dimensions in the tensor ({len(shape)})",
            code="broadcast-shape",
        )
    for dim in range(len(size) - 1, -1, -1):
        n = size[dim]
        if n < 0 and dim < extra:
            raise TorchError(
                "RuntimeError",
                f"The expanded size of the tensor ({n}) isn't allowed in a leading, non-existing dimension {dim}",
                code="broadcast-shape",
            )
        if dim >= extra and n != -1 and shape[dim - extra] not in (1, n):
            raise TorchError(
                "RuntimeError",
                f"The expanded size of the tensor ({n}) must match the existing size ({shape[dim - extra]}) at "
                f"non-singleton dimension {dim}.  Target sizes: {list(size)}.  Tensor sizes: {list(shape)}",
                code="broadcast-shape", left=list(size), right=list(shape), dim=dim,
            )  # fmt: skip


def _typed(input: Tensor) -> str:
    return f"torch.{input.dtype.title}Tensor"


def _narrowed(input: Tensor, dim: int, start: int, length: int) -> Any:
    if not input.shape:
        raise TorchError("RuntimeError", "narrow() cannot be applied to a 0-dim tensor.")
    at = wrapped(dim, len(input.shape))
    size = input.shape[at]
    if length < 0:
        raise TorchError("RuntimeError", "narrow(): length must be non-negative.")
    if not -size <= start <= size:
        raise TorchError(
            "IndexError", f"start out of range (expected to be in range of [{-size}, {size}], but got {start})"
        )
    begin = start + size if start < 0 else start
    if begin + length > size:
        raise TorchError("RuntimeError", f"start ({start}) + length ({length}) exceeds dimension size ({size}).")
    return narrow.apply((input,), {"dim": at, "start": begin, "length": length})


def _selected(input: Tensor, dim: int, index: int) -> Any:
    if not input.shape:
        raise TorchError("IndexError", "select() cannot be applied to a 0-dim tensor.", code="index-range")
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
    if wrapped(dim1, rank) == wrapped(dim2, rank):
        raise TorchError("RuntimeError", f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return diagonal.apply((input,), {"offset": offset, "dim1": wrapped(dim1, rank), "dim2": wrapped(dim2, rank)})


def _flipped(input: Tensor, dims: Shape) -> Any:
    return flip.apply((input,), {"dims": reduced(dims, len(input.shape)) if dims else ()})


def _rolled(input: Tensor, shifts: Shape, dims: Shape = ()) -> Any:
    wanted = tuple(wrapped(d, len(input.shape)) for d in dims)
    if len(shifts) != max(len(dims), 1):
        raise TorchError("RuntimeError", f"shifts and dimensions must align. shifts: {len(shifts)}, dims:{len(dims)}")
    return roll.apply((input,), {"shifts": shifts if wanted else shifts[0], "dims": wanted or None})


# fmt: off
offer("transpose swapaxes swapdims", ("Tensor input, int dim0, int dim1", _swapped))
offer("t",                       ("Tensor input", transposed))
offer("Tensor.permute",          ("Tensor input, ints... dims", permuted))
offer("torch.permute",           ("Tensor input, shape dims", permuted))
offer("movedim moveaxis",        ("Tensor input, ints source, ints destination", _moved))
offer("Tensor.expand",           ("Tensor input, ints... size", expanded))
offer("Tensor.expand_as",        ("Tensor input, Tensor other", lambda input, other: expanded(input, other.shape)), operation="expand")
offer("torch.broadcast_to",      ("Tensor input, shape size", expanded), operation="expand")
offer("Tensor.broadcast_to",     ("Tensor input, ints... size", expanded), operation="expand")
offer("narrow",                  ("Tensor input, int dim, int start, int length", _narrowed))
offer("select",                  ("Tensor input, int dim, int index", _selected))
offer("diagonal",                ("Tensor input, int offset=0, int dim1=0, int dim2=1", _diagonal))
offer("torch.flip",              ("Tensor input, shape dims", _flipped))
offer("Tensor.flip",             ("Tensor input, ints... dims", _flipped))
offer("roll",                    ("Tensor input, ints shifts, ints dims=()", _rolled))
# fmt: on
