"""Quantiles: the lane is sorted, and two neighbours are mixed."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.ops.creation.literal import tensor_of
from app.engine.ops.dims import wrapped
from app.engine.ops.indexing.gather import gather
from app.engine.ops.lanes.differences import minus, plus, times
from app.engine.ops.lanes.order import sort
from app.engine.ops.shapes.rearrange import permute, reshape, unsqueeze
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.ops.stating import variant
from app.engine.registry import offer
from app.engine.tensor import Tensor

MODES = ("linear", "lower", "higher", "midpoint", "nearest")
squeezed = variant(reshape, "SqueezeBackward4")
"""PyTorch's last step, in place."""


def _steps(lanes: Array, only_numbers: bool) -> tuple[Array, Array]:
    """What a level is multiplied by to be a place in the sorted lane, and what is added: at nan, nothing but that."""
    nan = np.isnan(lanes)
    last = lanes.shape[-1] - 1
    if only_numbers:
        return np.maximum((~nan).sum(-1, keepdims=True) - 1.0, 0), np.zeros((*lanes.shape[:-1], 1))
    spoilt = nan.any(-1, keepdims=True)
    return np.where(spoilt, 0.0, last), np.where(spoilt, last, 0.0)


def _checked(name: str, input: Tensor, q: Tensor, interpolation: str, tensor: bool) -> None:
    if not input.numel:
        raise TorchError("RuntimeError", f"{name}() input tensor must be non-empty")
    if len(q.shape) > 1:
        raise TorchError("RuntimeError", f"{name}() q must be a scalar or 1D tensor")
    if not input.dtype.is_floating_point:
        raise TorchError("RuntimeError", f"{name}() input tensor must be either float or double dtype")
    if input.dtype is not q.dtype:
        raise TorchError("RuntimeError", f"{name}() q tensor must be same dtype as the input tensor")
    if interpolation not in MODES:
        raise TorchError(
            "RuntimeError",
            f"{name}() interpolation must be one of linear, lower, higher, midpoint or nearest, but got {interpolation}",
        )
    if not ((q.array >= 0) & (q.array <= 1)).all():
        but = "" if tensor else f" but got {float(q.array):g}"
        raise TorchError("RuntimeError", f"{name}() q {'values ' if tensor else ''}must be in the range [0, 1]{but}")


def _quantile(name: str) -> Any:
    def run(
        input: Tensor, q: Any, dim: int | None = None, keepdim: bool = False, *, interpolation: str = "linear"
    ) -> Any:
        levels = q if isinstance(q, Tensor) else tensor_of(float(q), input.dtype)
        _checked(name, input, levels, interpolation, isinstance(q, Tensor))
        lanes, at = _lanes(input, dim)
        made = _mixed(lanes, levels, interpolation, name == "nanquantile")
        return _laid_out(made, input, levels, dim, at, keepdim)

    return run


def _lanes(input: Tensor, dim: int | None) -> tuple[Tensor, int]:
    """The lanes in the last dim."""
    rank = len(input.shape)
    if dim is None or not rank:
        return reshaped(input, (-1,)), 0
    at = wrapped(dim, rank)
    order = (*(d for d in range(rank) if d != at), at)
    return permute.apply((input,), {"dims": order}) if at != rank - 1 else input, at


def _mixed(lanes: Tensor, levels: Tensor, interpolation: str, only_numbers: bool) -> Any:
    """With the levels in the last dim."""
    ordered = sort.apply((lanes,), {"dim": len(lanes.shape) - 1, "descending": False})[0]
    step, start = _steps(ordered.array, only_numbers)
    row = reshaped(levels, (-1,))
    ranks = row.array * step + start
    if interpolation in ("lower", "higher", "nearest"):
        cut = {"lower": np.floor, "higher": np.ceil, "nearest": np.rint}[interpolation]
        return _at(ordered, cut(ranks))
    low = _at(ordered, np.floor(ranks))
    dtype = lanes.array.dtype
    share: Any = Tensor.of(np.full(ranks.shape, 0.5, dtype))
    if interpolation == "linear":
        below = Tensor.of((np.floor(ranks) - start).astype(dtype))
        share = minus(times(row, Tensor.of(step.astype(dtype))), below)
    return plus(low, times(share, minus(_at(ordered, np.ceil(ranks)), low)))


def _at(ordered: Tensor, ranks: Array) -> Any:
    return gather.apply((ordered, Tensor.of(ranks.astype(np.int64))), {"dim": len(ordered.shape) - 1})


def _laid_out(made: Any, input: Tensor, levels: Tensor, dim: int | None, at: int, keepdim: bool) -> Any:
    """Levels first, if they are a vector; the reduced dim gone, or of size 1 in its place."""
    rank, kept = len(made.shape), len(input.shape)
    made = permute.apply((made,), {"dims": (rank - 1, *range(rank - 1))})
    for place in (range(kept) if dim is None or not kept else (at,)) if keepdim else ():
        made = unsqueeze.apply((made,), {"dim": place + 1})
    return squeezed.apply((made,), {"shape": tuple(made.shape if levels.shape else made.shape[1:])})


# fmt: off
for _name in ("quantile", "nanquantile"):
    offer(_name, ("Tensor input, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear'", _quantile(_name)), ("Tensor input, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear'", _quantile(_name)), operation="sort")
# fmt: on
