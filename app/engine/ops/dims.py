"""Dimension arguments as PyTorch reads them, with its errors."""

from __future__ import annotations

from collections.abc import Iterable

from app.engine.errors import TorchError


def wrapped(dim: int, rank: int) -> int:
    """A dimension as 0 … rank − 1; a 0-d tensor counts as having one."""
    size = max(rank, 1)
    if not -size <= dim < size:
        raise TorchError(
            "IndexError", f"Dimension out of range (expected to be in range of [{-size}, {size - 1}], but got {dim})",
            code="dim-range", dim=dim, low=-size, high=size - 1,
        )  # fmt: skip
    return dim % size


def reduced(dims: Iterable[int] | None, rank: int) -> tuple[int, ...]:
    """The dims to reduce, sorted; all of them for None or an empty list."""
    listed = () if dims is None else tuple(dims)
    if not listed:
        return tuple(range(rank))
    found = [wrapped(d, rank) for d in listed]
    for place, dim in enumerate(found):
        if dim in found[:place]:
            raise TorchError("RuntimeError", f"dim {dim} appears multiple times in the list of dims")
    return tuple(sorted(found)) if rank else ()


def kept(shape: tuple[int, ...], dims: tuple[int, ...], keepdim: bool) -> tuple[int, ...]:
    """The shape that is left."""
    if keepdim:
        return tuple(1 if d in dims else n for d, n in enumerate(shape))
    return tuple(n for d, n in enumerate(shape) if d not in dims)


def sized(shape: tuple[int, ...], dim: int) -> int:
    """How long a dim is, in the words of `x.size(dim)` where there is no such dim."""
    if not shape:
        raise TorchError("IndexError", f"Dimension specified as {dim} but tensor has no dimensions")
    return shape[wrapped(dim, len(shape))]
