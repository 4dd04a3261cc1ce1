"""Taking a tensor apart and turning it: tensor_split and its kin, unflatten, diagonals, rot90, flips."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arguments import Mismatch, Unpackable, is_int
from app.engine.arguments import converted as converted_argument
from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.ops.dims import wrapped
from app.engine.ops.shapes.join import cut
from app.engine.ops.shapes.rearrange import flip, narrow, rearrangement
from app.engine.ops.shapes.shape_calls import reshaped, view
from app.engine.registry import offer
from app.engine.run import current
from app.engine.tensor import Tensor

MATRIX = "x = torch.tensor([[1.0, 3.0], [2.0, 0.5]], requires_grad=True)\n"


def _embedded(x: Array, *, offset: int, dim1: int, dim2: int) -> Array:
    """The last dim along a diagonal of two new ones."""
    size = x.shape[-1] + abs(offset)
    out = np.zeros((*x.shape[:-1], size, size), x.dtype)
    rows = np.arange(x.shape[-1]) + max(-offset, 0)
    out[..., rows, rows + offset] = x
    return np.ascontiguousarray(np.moveaxis(out, (-2, -1), (dim1, dim2)))


def _turned(x: Array, *, k: int, dims: tuple[int, int]) -> Array:
    return np.array(np.rot90(x, k, dims), order="K")


# fmt: off
diag_embed    = rearrangement("diag_embed", _embedded, view=False)
diagonal_copy = rearrangement("diagonal_copy", lambda x, *, offset, dim1, dim2: np.ascontiguousarray(np.diagonal(x, offset, dim1, dim2)), view=False, grad_fn="DiagonalBackward0_copy", title="diagonal")
rot90         = rearrangement("rot90", _turned, view=False)
# fmt: on
diag_embed.example = "x = torch.tensor([1.0, 2.0], requires_grad=True)\no = torch.diag_embed(x)"
rot90.example = f"{MATRIX}o = torch.rot90(x)"


def _diagonal_matrix(input: Tensor, diagonal: int = 0) -> Any:
    """A vector on a diagonal, or a matrix's diagonal as a new vector."""
    if len(input.shape) == 1:
        return diag_embed.apply((input,), {"offset": diagonal, "dim1": 0, "dim2": 1})
    if len(input.shape) == 2:
        return diagonal_copy.apply((input,), {"offset": diagonal, "dim1": 0, "dim2": 1})
    raise TorchError("RuntimeError", f"diag(): Supports 1D or 2D tensors. Got {len(input.shape)}D")


def _embed(input: Tensor, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Any:
    rank = len(input.shape) + 1
    first, second = wrapped(dim1, rank), wrapped(dim2, rank)
    if first == second:
        raise TorchError("RuntimeError", f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return diag_embed.apply((input,), {"offset": offset, "dim1": first, "dim2": second})


def _flat_diagonal(input: Tensor, offset: int = 0) -> Any:
    return _diagonal_matrix(reshaped(input, (-1,)), offset)


def _unflattened(input: Tensor, dim: int, sizes: Shape) -> Any:
    at = wrapped(dim, len(input.shape))
    if not sizes:
        raise TorchError("RuntimeError", "unflatten: sizes must be non-empty")
    length, known = input.shape[at], int(np.prod([n for n in sizes if n != -1]))
    whole = tuple(length // known if n == -1 and known else n for n in sizes)
    if int(np.prod(whole)) != length:
        raise TorchError(
            "RuntimeError",
            f"unflatten: Provided sizes {list(sizes)} don't multiply up to the size of dim {at} ({length}) in the input tensor",
        )
    return view(input, (*input.shape[:at], *whole, *input.shape[at + 1 :]))


def _rotated(input: Tensor, k: int = 1, dims: Shape = (0, 1)) -> Any:
    rank = len(input.shape)
    if len(dims) != 2:
        raise TorchError("RuntimeError", f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if rank < 2:
        raise TorchError("RuntimeError", f"expected total dims >= 2, but got total dims = {rank}")
    return rot90.apply((input,), {"k": k, "dims": tuple(wrapped(d, rank) for d in dims)})


def _mirrored(name: str, least: int, dim: int) -> Any:
    def run(input: Tensor) -> Any:
        if len(input.shape) < least:
            raise TorchError("RuntimeError", f"Input must be >= {least}-d.")
        return flip.apply((input,), {"dims": (dim,)})

    return run


def _pieces_at(input: Tensor, bounds: list[int], dim: int) -> tuple[Tensor, ...]:
    size = input.shape[dim]
    ends = [min(max(b + size if b < 0 else b, 0), size) for b in bounds]
    return tuple(
        narrow.apply((input,), {"dim": dim, "start": a, "length": max(b - a, 0)})
        for a, b in zip([0, *ends], [*ends, size], strict=True)
    )


def tensor_split(input: Tensor, indices_or_sections: Any, dim: int = 0) -> Any:
    """In so many nearly equal parts, or at the given places."""
    if not input.shape:
        raise TorchError(
            "RuntimeError", "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims"
        )
    at = wrapped(dim, len(input.shape))
    given = indices_or_sections
    if isinstance(given, Tensor):
        given = given.array.tolist()
    if not is_int(given):
        return _pieces_at(input, list(places_of(given)), at)
    given = converted_argument("int", False, given)
    if given <= 0:
        raise TorchError("RuntimeError", f"number of sections must be larger than 0, got {given}")
    current().meter.work(given)
    size, more = divmod(input.shape[at], given)
    return _pieces_at(input, [n * size + min(n, more) for n in range(1, given)], at)


def places_of(given: Any) -> Shape:
    """A sequence of ints, or PyTorch's TypeError."""
    try:
        places: Shape = converted_argument("shape", False, given)
    except (Mismatch, Unpackable) as refusal:
        message = f"tensor_split(): argument 'indices' (position 2) must be {refusal}"
        raise TorchError("TypeError", message, code="arguments") from None
    return places


def _split_along(name: str, least: int) -> Any:
    """hsplit, vsplit and dsplit: `least` dims, and equal parts only."""

    def run(input: Tensor, indices_or_sections: Any) -> Any:
        rank = len(input.shape)
        if rank < least:
            raise TorchError(
                "RuntimeError",
                f"torch.{name} requires a tensor with at least {least} dimension, but got a tensor with {rank} dimensions!",
            )
        dim = {"hsplit": 0 if rank == 1 else 1, "vsplit": 0, "dsplit": 2}[name]
        if is_int(indices_or_sections):
            indices_or_sections = converted_argument("int", False, indices_or_sections)
        if is_int(indices_or_sections) and (indices_or_sections == 0 or input.shape[dim] % indices_or_sections):
            raise TorchError(
                "RuntimeError",
                f"torch.{name} attempted to split along dimension {dim}, but the size of the dimension {input.shape[dim]} is not divisible by the split_size {indices_or_sections}!",
            )
        return tensor_split(input, indices_or_sections, dim)

    return run


def _with_sizes(input: Tensor, split_sizes: Shape, dim: int = 0) -> Any:
    return cut(input, split_sizes, dim)


# fmt: off
offer("diag",             ("Tensor input, int diagonal=0", _diagonal_matrix), operation="diag_embed")
offer("diag_embed",       ("Tensor input, int offset=0, int dim1=-2, int dim2=-1", _embed))
offer("diagflat",         ("Tensor input, int offset=0", _flat_diagonal), operation="diag_embed")
offer("unflatten",        ("Tensor input, int dim, shape sizes", _unflattened), operation="view")
offer("rot90",            ("Tensor input, int k=1, shape dims=(0, 1)", _rotated))
offer("fliplr",           ("Tensor input", _mirrored("fliplr", 2, 1)), operation="flip")
offer("flipud",           ("Tensor input", _mirrored("flipud", 1, 0)), operation="flip")
offer("tensor_split",     ("Tensor input, any indices_or_sections, int dim=0", tensor_split), operation="narrow")
offer("split_with_sizes", ("Tensor input, shape split_sizes, int dim=0", _with_sizes), operation="split")
for _name, _least in (("hsplit", 1), ("vsplit", 2), ("dsplit", 3)):
    offer(_name,          ("Tensor input, any indices_or_sections", _split_along(_name, _least)), operation="narrow")
# fmt: on
