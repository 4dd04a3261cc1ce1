"""Putting tensors together and taking them apart: cat, stack, split, chunk, unbind."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arguments import Mismatch, Unpackable, is_int
from app.engine.arguments import converted as converted_argument
from app.engine.arrays import Array, Shape
from app.engine.dtypes import result_type
from app.engine.errors import TorchError
from app.engine.operation import Operation, standing
from app.engine.ops.convert import converted
from app.engine.ops.dims import wrapped
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.registry import offer
from app.engine.relation.rearrangement import Rearrangement
from app.engine.run import current
from app.engine.tensor import Tensor

Tensors = tuple[Tensor, ...]


def _total(*arrays: Array, **_: Any) -> tuple[int, int]:
    return sum(a.size for a in arrays), 0


def _joined(*arrays: Array, **_: Any) -> tuple[int, int]:
    """The price of putting tensors together: the relation of each looks at all of them."""
    current().meter.work(len(arrays) ** 2)
    return _total(*arrays)


def _windows(x: Array, count: int) -> tuple[int, int]:
    """The price of cutting x into `count` windows: each is a tensor, and its relation looks through all of x."""
    current().meter.work(80 * count + count * x.size // 64)
    return x.size, 0


cat = Operation("cat", lambda *xs, dim: np.concatenate(xs, dim), [Rearrangement(operation="cat")], cost=_joined)
stack = Operation("stack", lambda *xs, dim: np.stack(xs, dim), [Rearrangement(operation="stack")], cost=_joined)
split = Operation(
    "split", lambda x, *, sizes, dim, **_: tuple(np.split(x, np.cumsum(sizes)[:-1], dim)),
    [Rearrangement(operation="split")], view=True, cost=lambda x, *, sizes, **_: _windows(x, len(sizes)),
    grad_fn=lambda call: "SplitWithSizesBackward0" if call.params["listed"] else "SplitBackward0",
)  # fmt: skip

unbind = Operation(
    "unbind", lambda x, *, dim: tuple(x[(slice(None),) * dim + (n, ...)] for n in range(x.shape[dim])),
    [Rearrangement(operation="unbind")], view=True, cost=lambda x, *, dim: _windows(x, x.shape[dim]),
)  # fmt: skip


def _alike(tensors: Tensors) -> Tensors:
    dtype = result_type(standing(t, t.dtype) for t in tensors)
    return tuple(converted(t, dtype) for t in tensors)


def concatenated(tensors: Any, dim: int = 0) -> Any:
    """torch.cat."""
    found = listed(tensors, "cat")
    if not found:
        raise TorchError("ValueError", "torch.cat(): expected a non-empty list of Tensors")
    for place, t in enumerate(found):
        if not t.shape:
            raise TorchError("RuntimeError", f"zero-dimensional tensor (at position {place}) cannot be concatenated")
    rank = max(len(t.shape) for t in found)
    solid = [t for t in found if t.shape != (0,) or rank == 1]
    at = wrapped(dim, len(solid[0].shape))
    _check_cat(solid, found, at)
    return cat.apply(_alike(tuple(solid)), {"dim": at})


def listed(tensors: Any, name: str) -> Tensors:
    """The tensors of a list argument, or PyTorch's TypeError."""
    if not tensors and name != "cat":
        raise TorchError("RuntimeError", f"{name} expects a non-empty TensorList")
    for place, t in enumerate(tensors):
        if not isinstance(t, Tensor):
            raise TorchError(
                "TypeError", f"expected Tensor as element {place} in argument 0, but got {type(t).__name__}"
            )
    return tuple(tensors)


def _check_cat(solid: list[Tensor], found: Tensors, dim: int) -> None:
    first = solid[0].shape
    for t in solid[1:]:
        place = next(n for n, other in enumerate(found) if other is t)
        if len(t.shape) != len(first):
            raise TorchError(
                "RuntimeError", f"Tensors must have same number of dimensions: got {len(first)} and {len(t.shape)}"
            )
        for d, (n, m) in enumerate(zip(first, t.shape, strict=True)):
            if d != dim and n != m:
                raise TorchError(
                    "RuntimeError",
                    f"Sizes of tensors must match except in dimension {dim}. Expected size {n} but got size {m} for "
                    f"tensor number {place} in the list.",
                    code="cat-shape",
                )


def stacked(tensors: Any, dim: int = 0) -> Any:
    """torch.stack."""
    found = listed(tensors, "stack")
    for place, t in enumerate(found):
        if t.shape != found[0].shape:
            raise TorchError(
                "RuntimeError",
                f"stack expects each tensor to be equal size, but got {list(found[0].shape)} at entry 0 and "
                f"{list(t.shape)} at entry {place}",
                code="cat-shape",
            )
    return stack.apply(_alike(found), {"dim": wrapped(dim, len(found[0].shape) + 1)})


def _split(input: Tensor, split_size_or_sections: Any, dim: int = 0) -> Any:
    at = _splittable(input, dim)
    size = input.shape[at]
    if not is_int(split_size_or_sections):
        return cut(input, _sections(split_size_or_sections), dim)
    step: int = converted_argument("int", False, split_size_or_sections)
    if step < 0:
        raise TorchError("RuntimeError", f"split expects split_size be non-negative, but got split_size={step}")
    if step == 0 and size:
        raise TorchError(
            "RuntimeError",
            f"split_size can only be 0 if dimension size is 0, but got dimension size of {size}",
        )
    return split.apply((input,), {"sizes": pieces(size, step), "dim": at, "listed": False})


def cut(input: Tensor, sizes: Shape, dim: int) -> Any:
    """Pieces of the given sizes."""
    at = _splittable(input, dim)
    size = input.shape[at]
    if any(n < 0 for n in sizes):
        raise TorchError(
            "RuntimeError",
            f"split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes={list(sizes)}",
        )
    if sum(sizes) != size:
        raise TorchError(
            "RuntimeError",
            f"split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's size at dimension "
            f"{at}), but got split_sizes={list(sizes)}",
        )
    return split.apply((input,), {"sizes": sizes, "dim": at, "listed": True})


def _sections(given: Any) -> tuple[int, ...]:
    """A list of sizes, which PyTorch hands on to another of its functions."""
    argument = "split_with_sizes(): argument 'split_sizes'"
    try:
        sizes: tuple[int, ...] = converted_argument("shape", False, given)
    except Mismatch as refusal:
        raise TorchError("TypeError", f"{argument} (position 2) must be {refusal}", code="arguments") from None
    except Unpackable as refusal:
        raise TorchError("TypeError", f"{argument} {refusal}", code="arguments") from None
    return sizes


def pieces(size: int, step: int) -> tuple[int, ...]:
    """Equal pieces, the last one as large as is left."""
    return (0,) if step == 0 else tuple(min(step, size - start) for start in range(0, size, step)) or (0,)


def _chunk(input: Tensor, chunks: int, dim: int = 0) -> Any:
    at = _splittable(input, dim, "chunk")
    if chunks <= 0:
        raise TorchError("RuntimeError", f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    step = max(1, math.ceil(input.shape[at] / chunks))
    return split.apply((input,), {"sizes": pieces(input.shape[at], step), "dim": at, "listed": False})


def _splittable(input: Tensor, dim: int, name: str = "split") -> int:
    if not input.shape:
        raise TorchError("RuntimeError", f"{name} expects at least a 1-dimensional tensor")
    return wrapped(dim, len(input.shape))


def unbound(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """The slices along a dim."""
    if not input.shape:
        raise TorchError("IndexError", "Dimension specified as 0 but tensor has no dimensions")
    result: tuple[Tensor, ...] = unbind.apply((input,), {"dim": wrapped(dim, len(input.shape))})
    return result


def _stacked_rows(tensors: Any) -> Any:
    return concatenated([reshaped(t, (1, -1)) if len(t.shape) < 2 else t for t in listed(tensors, "vstack")], 0)


def _stacked_columns(tensors: Any) -> Any:
    found = [reshaped(t, (1,)) if not t.shape else t for t in listed(tensors, "hstack")]
    return concatenated(found, 0 if len(found[0].shape) == 1 else 1)


# fmt: off
offer("torch.cat torch.concat torch.concatenate", ("list tensors, int dim=0", concatenated))
offer("torch.stack",                              ("list tensors, int dim=0", stacked))
offer("torch.vstack torch.row_stack",                             ("list tensors", _stacked_rows), operation="cat")
offer("torch.hstack",                             ("list tensors", _stacked_columns), operation="cat")
offer("split",                                    ("Tensor input, any split_size_or_sections, int dim=0", _split))
offer("chunk",                                    ("Tensor input, int chunks, int dim=0", _chunk))
offer("unbind",                                   ("Tensor input, int dim=0", unbound))
# fmt: on
