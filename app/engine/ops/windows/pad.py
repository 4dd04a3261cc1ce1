"""F.pad: a constant, a mirror, the edge repeated, or around the other end. Each is a table of places per dim."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.internal import Shift
from app.engine.ops.windows.sizes import Ints, runtime
from app.engine.registry import offer
from app.engine.run import current
from app.engine.tensor import Tensor

VECTOR = "x = torch.tensor([[0.5, 1.0, 2.0]], requires_grad=True)\n"


def places_of(x: Array, *, tables: tuple[Array, ...], filler: float = 0.0, **_: Any) -> Array:
    """x at the places of one table per last dim; the filler where a table says −1."""
    lead = x.ndim - len(tables)
    made = x
    for d, table in enumerate(tables, start=lead):
        if not x.shape[d]:
            made = np.full((*made.shape[:d], len(table), *made.shape[d + 1 :]), filler, x.dtype)
            continue
        made = np.take(made, table, d)
        if (table < 0).any():
            made[(slice(None),) * d + (table < 0,)] = filler
    return np.ascontiguousarray(made)


def _grad_fn(call: Call) -> str:
    mode, rank = call.params["mode"], len(call.params["tables"])
    names = {"reflect": f"ReflectionPad{rank}DBackward0", "replicate": f"ReplicationPad{rank}DBackward0"}
    return names.get(mode, "ConstantPadNdBackward0" if mode == "constant" else "CopySlices")


def _cost(x: Array, *, tables: tuple[Array, ...], **_: Any) -> tuple[int, int]:
    return math.prod(x.shape[: x.ndim - len(tables)]) * math.prod(len(t) for t in tables), 0


def _stated(name: str, saves: frozenset[Operand], arguments: str) -> Operation:
    return Operation(
        name, places_of, [Shift(operation=name, saves=saves)], grad_fn=_grad_fn, cost=_cost,
        shows=("pad", "mode", "value"),
        example=f"{VECTOR}o = torch.nn.functional.pad(x, {arguments})\n",
    )  # fmt: skip


pad = _stated("pad", frozenset(), "(1, 2)")
pad_by_itself = _stated("pad_by_itself", frozenset({("input", 0)}), "(1, 2), mode='reflect'")
pad_by_itself.name = "pad"  # PyTorch keeps the input of a mirrored or repeated edge


def _table(size: int, low: int, high: int, mode: str) -> Array:
    i = np.arange(-low, size + high)
    if mode == "reflect":
        return np.asarray(np.where(i < 0, -i, np.where(i >= size, 2 * (size - 1) - i, i)))
    if mode == "replicate":
        return np.clip(i, 0, max(size - 1, 0))
    if mode == "circular":  # what a negative number cuts off is gone before the rest goes round
        first, left = max(-low, 0), max(size + min(low, 0) + min(high, 0), 1)
        return np.asarray((i - first) % left + first)
    return np.where((i >= 0) & (i < size), i, -1)


def padded(input: Tensor, pad_: Ints, mode: str = "constant", value: float | None = None) -> Any:
    """Pairs of numbers from the last dim backwards: so many elements before and after."""
    _check(input, pad_, mode, value)
    rank = len(pad_) // 2
    pairs = [(pad_[2 * d], pad_[2 * d + 1]) for d in range(rank)][::-1]
    sizes = input.shape[len(input.shape) - rank :]
    for d, (n, (low, high)) in enumerate(zip(sizes, pairs, strict=True)):
        _check_dim(input, mode, len(input.shape) - rank + d, n, low, high)
    made = math.prod(max(n + low + high, 0) for n, (low, high) in zip(sizes, pairs, strict=True))
    current().meter.operation(made)  # the tables are as long as the result
    tables = tuple(_table(n, low, high, mode) for n, (low, high) in zip(sizes, pairs, strict=True))
    more = {} if value is None else {"value": value}
    params = {"tables": tables, "filler": value or 0, "mode": mode, "pad": pad_, **more}
    return (pad_by_itself if mode in ("reflect", "replicate") else pad).apply((input,), params)


SUPPORTED = """Supported combinations for non-constant padding:
  - 2D or 3D input: padding size = 2 (pads last dimension)
  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)
  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)"""


def _check(input: Tensor, pad_: Ints, mode: str, value: float | None) -> None:
    rank = len(input.shape)
    if len(pad_) % 2:
        raise runtime("Padding length must be divisible by 2")
    if len(pad_) > 2 * rank:
        raise runtime(
            "Padding length should be less than or equal to two times the input dimension but got padding length "
            f"{len(pad_)} and input of dimension {rank}"
        )
    if mode == "constant":
        return
    if value is not None and value != 0:
        raise runtime(f'Padding mode "{mode}" doesn\'t take in value argument')
    if mode not in ("reflect", "replicate", "circular") and len(pad_) in (2, 4, 6):
        raise TorchError("NotImplementedError", f"Unrecognised padding mode {mode}")
    if rank not in (len(pad_) // 2 + 1, len(pad_) // 2 + 2) or len(pad_) > 6:
        raise TorchError(
            "NotImplementedError", f"Padding size {len(pad_)} is not supported for {rank}D input tensor.\n{SUPPORTED}"
        )


def _check_dim(input: Tensor, mode: str, dim: int, size: int, low: int, high: int) -> None:
    if mode == "constant" and size + min(low, 0) + min(high, 0) < 0:
        raise runtime("narrow(): length must be non-negative.")
    if mode == "reflect" and not (low < size and high < size):
        number = 4 if dim == len(input.shape) - 1 else 6 if dim == len(input.shape) - 2 else 8
        raise runtime(
            f"Argument #{number}: Padding size should be less than the corresponding input dimension, but got: padding "
            f"({low}, {high}) at dimension {dim} of input {list(input.shape)}"
        )
    if mode == "circular" and not (low <= size and high <= size):
        raise runtime("Padding value causes wrapping around more than once.")


def _renamed(input: Tensor, pad: Ints, mode: str = "constant", value: float | None = None) -> Any:
    return padded(input, pad, mode, value)


offer("F.pad", ("Tensor input, shape pad, str mode='constant', float? value=None", _renamed))
offer(
    "torch.constant_pad_nd", ("Tensor input, shape pad, number value=0", lambda input, pad, value: padded(
        input, pad, "constant", value)), operation="pad",
)  # fmt: skip
