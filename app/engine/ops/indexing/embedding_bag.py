"""embedding_bag: sums, means or largest elements of the rows that fall into one bag, without the rows in between."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation, wrap
from app.engine.ops.indexing.embedding import require_index
from app.engine.ops.indexing.tap import tapped
from app.engine.registry import offer
from app.engine.relation.implicit import Implicit
from app.engine.relation.taken import Taken
from app.engine.tensor import Tensor

EXAMPLE = (
    "import torch.nn.functional as F\n"
    "w = torch.tensor([[1.0], [3.0], [5.0]], requires_grad=True)\n"
    "o = F.embedding_bag(torch.tensor([[2, 0], [1, 1]]), w)"
)


def _complete(arrays: tuple[Array, ...], params: dict[str, Any]) -> dict[str, Any]:
    """The edges from elements of the matrix to elements of the bags."""
    weight, index, starts, *scales = arrays
    rows, width, mode = index.reshape(-1).astype(np.int64), weight.shape[1], params["mode"]
    bags = np.searchsorted(starts, np.arange(rows.size), "right") - 1
    kept = np.flatnonzero((rows != params["padding_idx"]) & (bags >= 0))
    rows, bags = rows[kept], bags[kept]
    shares = np.ones(rows.size) if not scales else scales[0].reshape(-1)[kept].astype(np.float64)
    if mode == "mean":
        shares = shares / np.bincount(bags, minlength=len(starts))[bags]
    places = np.arange(width)
    source, into = (rows[:, None] * width + places).reshape(-1), (bags[:, None] * width + places).reshape(-1)
    spread = np.repeat(shares, width)
    if mode == "max":
        first = _largest(weight.reshape(-1)[source], into)
        source, into, spread = source[first], into[first], spread[first]
    by_freq = 1 / np.bincount(rows, minlength=len(weight))[source // width] if params["by_freq"] else 1
    return {
        **params, "source": source, "into": into, "used": spread, "weights": spread * by_freq,
        "shape": (len(starts), width), "bags": bags, "rows": rows, "kept": kept,
    }  # fmt: skip


def _largest(values: Array, into: Array) -> Array:
    """Of the edges into each element the first with the largest value."""
    order = np.lexsort((np.arange(len(into)), -values, into))
    _, first = np.unique(into[order], return_index=True)
    chosen: Array = order[first]
    return chosen


def _by_scale(
    xp: Any, g: Any, weight: Any, index: Any, starts: Any, scale: Any, y: Any, *, bags: Array, rows: Array, kept: Array
) -> Any:
    """The score of a row's factor: the row times the score of its bag."""
    width = weight.shape[1]
    places = np.arange(width)
    shape = (len(rows), width)
    up = xp.pick(g, source=(bags[:, None] * width + places).reshape(-1), shape=shape)
    row = xp.pick(weight, source=(rows[:, None] * width + places).reshape(-1), shape=shape)
    return xp.place(xp.sum(up * row, dims=(1,), keepdim=False), source=kept, shape=tuple(scale.shape))


def _bag_tex(params: dict[str, Any]) -> str:
    return {"sum": "1", "mean": r"\frac{1}{n}", "max": "1"}[params["mode"]]


embedding_bag = Operation(
    "embedding_bag",
    lambda weight, *_, source, into, used, shape, **__: tapped(
        weight, source=source, into=into, weights=used.astype(weight.dtype), shape=shape
    ),
    [
        Taken(tex=_bag_tex, saves=frozenset({("input", 1)}), once="_embedding_bag_backward"), None, None,
        Implicit(rule=_by_scale, saves=frozenset({("input", 0), ("input", 1)}), once="_embedding_bag_backward"),
    ],
    complete=_complete, example=EXAMPLE, shows=("mode",),
    cost=lambda weight, index, starts, *_, **__: ((index.size + starts.size) * weight.shape[1], 0),
)  # fmt: skip


def _embedding_bag(
    input: Tensor, weight: Tensor, offsets: Tensor | None, max_norm: float | None, norm_type: float,
    scale_grad_by_freq: bool, mode: str, sparse: bool, per_sample_weights: Tensor | None, include_last_offset: bool,
    padding_idx: int | None,
) -> Any:  # fmt: skip
    _check(input, weight, offsets, mode, per_sample_weights)
    if max_norm is not None:
        raise TorchError("NotImplementedError", "not supported yet: torch.nn.functional.embedding_bag with max_norm")
    starts = _starts(input, offsets, include_last_offset)
    require_index(input, "embedding_bag")
    rows = input.array
    if rows.size and (rows.min() < 0 or rows.max() >= weight.shape[0]):
        raise TorchError("RuntimeError", OUTSIDE, code="index-range")
    params = {
        "mode": mode, "by_freq": scale_grad_by_freq,
        "padding_idx": None if padding_idx is None else padding_idx % weight.shape[0],
    }  # fmt: skip
    flat = wrap(rows.reshape(-1).copy())
    more = () if per_sample_weights is None else (per_sample_weights,)
    return embedding_bag.apply((weight, flat, wrap(starts), *more), params)


OUTSIDE = (
    "Expected i < index_size to be true, but got false.  (Could this error message be improved?  If so, please report "
    "an enhancement request to PyTorch.)"
)


def _starts(input: Tensor, offsets: Tensor | None, last: bool) -> Array:
    if offsets is None:
        return np.arange(input.shape[0]) * input.shape[1]
    starts = offsets.array.astype(np.int64)
    if starts.size and starts[0] != 0:
        raise TorchError(
            "RuntimeError",
            "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, "
            f"got {starts[0]}\n[ torch.LongTensor{{}} ]",
        )
    if starts.size and starts[-1] > input.numel:
        raise TorchError(
            "RuntimeError",
            f"offsets[-1] can not be greater than input's length {input.numel} but got offsets[-1] of {starts[-1]}",
        )
    return starts[:-1] if last else starts.copy()


def _check(input: Tensor, weight: Tensor, offsets: Tensor | None, mode: str, scales: Tensor | None) -> None:
    if scales is not None and scales.shape != input.shape:
        raise TorchError(
            "ValueError",
            f"embedding_bag: If per_sample_weights (torch.Size({list(scales.shape)})) is not None, then it must have "
            f"the same shape as the input (torch.Size({list(input.shape)}))",
        )
    if len(weight.shape) != 2:
        raise TorchError("ValueError", f"weight has to be a 2D Tensor, but got Tensor of dimension {len(weight.shape)}")
    if len(input.shape) == 2 and offsets is not None:
        raise TorchError(
            "ValueError",
            "if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length "
            "sequences. However, found offsets of type <class 'torch.Tensor'>",
        )
    if len(input.shape) == 1 and (offsets is None or len(offsets.shape) != 1):
        raise TorchError("ValueError", f"offsets has to be a 1D Tensor{' but got None' if offsets is None else ''}")
    if len(input.shape) not in (1, 2):
        raise TorchError(
            "ValueError", f"input has to be 1D or 2D Tensor, but got Tensor of dimension {len(input.shape)}"
        )
    if mode not in ("sum", "mean", "max"):
        raise TorchError("ValueError", "mode has to be one of sum, mean or max")
    if scales is not None and mode != "sum":
        raise TorchError(
            "NotImplementedError",
            "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for mode='sum' (got "
            f"mode='{mode}'). Please open a feature request on GitHub.",
        )


offer(
    "F.embedding_bag",
    (
        "def Tensor input, Tensor weight, Tensor? offsets=None, float? max_norm=None, float norm_type=2, "
        "bool scale_grad_by_freq=False, str mode='mean', bool sparse=False, Tensor? per_sample_weights=None, "
        "bool include_last_offset=False, int? padding_idx=None",
        _embedding_bag,
    ),
)
