"""Copies side by side: repeat, tile, repeat_interleave; and the triangles tril and triu."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.kinds import not_implemented
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.dims import wrapped
from app.engine.registry import offer
from app.engine.relation.rearrangement import Rearrangement
from app.engine.tensor import Tensor


def _interleaved_name(call: Call) -> str:
    """The last of the operations that PyTorch makes it of."""
    return "ViewBackward0" if call.params["dim"] is None else "FlattenBackward0"


def _interleaved_cost(x: Array, *, repeats: Any, dim: int | None) -> tuple[int, int]:
    times, length = int(np.sum(repeats, dtype=object)), x.size if dim is None else x.shape[dim]
    lanes = x.size // length if length else 0
    return times * lanes * (1 if np.size(repeats) == length else length), 0


repeat = Operation(
    "repeat", lambda x, *, repeats: np.tile(x, repeats), [Rearrangement(operation="repeat")],
    cost=lambda x, *, repeats: (x.size * int(np.prod(repeats, dtype=object)), 0),
)  # fmt: skip
repeat_interleave = Operation(
    "repeat_interleave", lambda x, *, repeats, dim: np.repeat(x, repeats, dim),
    [Rearrangement(operation="repeat_interleave")], grad_fn=_interleaved_name, cost=_interleaved_cost,
)  # fmt: skip
repeat_each = Operation(
    "repeat_each", lambda x, repeats, *, dim: np.repeat(x, repeats, dim),
    [Rearrangement(operation="repeat_each", keeps=(1,)), None], grad_fn="IndexSelectBackward0",
    cost=lambda x, repeats, *, dim: _interleaved_cost(x, repeats=repeats, dim=dim),
)  # fmt: skip
repeat_each.name = "repeat_interleave"
tril = Operation("tril", lambda x, *, diagonal: np.tril(x, diagonal), [Rearrangement(operation="tril")])
triu = Operation("triu", lambda x, *, diagonal: np.triu(x, diagonal), [Rearrangement(operation="triu")])


def _repeated(input: Tensor, repeats: Shape) -> Any:
    if len(repeats) < len(input.shape):
        raise TorchError(
            "RuntimeError", "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"
        )
    if any(n < 0 for n in repeats):
        wide = (1,) * (len(repeats) - len(input.shape)) + tuple(input.shape)
        sizes = [n * m for n, m in zip(repeats, wide, strict=True)]
        first = next(n for n in sizes if n < 0)
        raise TorchError("RuntimeError", f"Trying to create tensor with negative dimension {first}: {sizes}")
    return repeat.apply((input,), {"repeats": repeats})


def _tiled(input: Tensor, dims: Shape) -> Any:
    return _repeated(input, (1,) * (len(input.shape) - len(dims)) + dims)


def _interleaved(
    input: Tensor, repeats: Tensor | int, dim: int | None = None, output_size: int | None = None
) -> Any:  # fmt: skip
    """Each element (or slice along dim) so many times; `output_size` only saves PyTorch some work."""
    at = None if dim is None else wrapped(dim, len(input.shape))
    if isinstance(repeats, Tensor):
        _check_counts(input, repeats, dim)
        return repeat_each.apply((input, repeats), {"dim": at})
    if repeats < 0:
        raise TorchError("RuntimeError", "Repeats must be non-negative")
    return repeat_interleave.apply((input,), {"repeats": repeats, "dim": at})


def _check_counts(input: Tensor, repeats: Tensor, dim: int | None) -> None:
    if len(repeats.shape) > 1:
        raise TorchError("RuntimeError", "repeats must be 0-dim or 1-dim tensor")
    if repeats.dtype.category != 1:
        raise not_implemented("repeat_interleave_cpu", repeats.dtype)
    size = input.numel if dim is None else input.shape[wrapped(dim, len(input.shape))] if input.shape else 1
    if repeats.numel not in (1, size):
        raise TorchError(
            "RuntimeError",
            "repeats must have the same size as input along dim, but got "
            f"repeats.size(0) = {repeats.numel} and input.size({dim or 0}) = {size}",
        )
    if (repeats.array < 0).any():
        raise TorchError("RuntimeError", "repeats can not be negative")


def _triangle(operation: Operation) -> Any:
    def run(input: Tensor, diagonal: int = 0) -> Any:
        if len(input.shape) < 2:
            raise TorchError("RuntimeError", f"{operation.name}: input tensor must have at least 2 dimensions")
        return operation.apply((input,), {"diagonal": diagonal})

    return run


offer("Tensor.repeat", ("Tensor input, ints... repeats", _repeated))
offer("torch.tile", ("Tensor input, shape dims", _tiled), operation="repeat")
offer("Tensor.tile", ("Tensor input, ints... dims", _tiled), operation="repeat")
offer(
    "repeat_interleave",
    ("Tensor input, Tensor repeats, int? dim=None, *, int? output_size=None", _interleaved),
    ("Tensor input, int repeats, int? dim=None, *, int? output_size=None", _interleaved),
)
offer("tril", ("Tensor input, int diagonal=0", _triangle(tril)))
offer("triu", ("Tensor input, int diagonal=0", _triangle(triu)))
