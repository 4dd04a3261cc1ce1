"""Dropout and its kin: a product with drawn numbers, which PyTorch draws from the same generator as everything."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation, wrap
from app.engine.ops.elementwise.binary import add
from app.engine.ops.random.draw import chosen, drawn
from app.engine.ops.random.fill import in_memory_order
from app.engine.ops.stating import tex_of
from app.engine.registry import METHODS, offer
from app.engine.relation.elementwise import Elementwise
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write

ALPHA = 1.7580993408473766
"""−α·scale of selu: what a dropped element becomes (Klambauer et al. 2017)."""
EXAMPLE = (
    "import torch.nn.functional as F\ntorch.manual_seed(0)\n"
    "x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)\no = F.dropout(x, 0.5)"
)
# fmt: off
dropout = Operation(
    "dropout", np.multiply, [Elementwise(rule=lambda xp, x, m, y: m), None], grad_fn="MulBackward0",
    tex=tex_of(r"@1 \cdot @2"), promotes="same", example=EXAMPLE,
)
# fmt: on


def dropped(input: Tensor, p: float, train: bool, *, inplace: bool, feature: bool = False, alpha: bool = False) -> Any:
    """Each element (or, of `feature`, each channel) is kept with chance 1 − p and scaled to keep the mean."""
    if not 0 <= p <= 1:
        raise TorchError("RuntimeError", f"dropout probability has to be between 0 and 1, but got {_short(p)}")
    if feature and len(input.shape) < 2 and train and p and input.numel:
        raise TorchError("RuntimeError", "Feature dropout requires at least 2 dimensions in the input")
    if p == 0 or not train or not input.numel:
        return input
    if not input.dtype.is_floating_point:
        raise TorchError(
            "RuntimeError", f"result type Float can't be cast to the desired output type {input.dtype.title}"
        )
    current().meter.operation(input.numel)
    if p == 1:
        return _times(input, np.zeros((), input.dtype.numpy), inplace)
    kept = _kept(input, p, feature)
    one = kept.dtype.type
    if not alpha:
        return _times(input, kept / one(1 - p), inplace)
    a = 1 / math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p))
    shift = (kept + one(-1)) * one(ALPHA * a) + one(ALPHA * a * p)
    scaled = _times(input, kept * one(a), inplace)
    if inplace:
        return write(scaled, add, (wrap(shift),), {"alpha": 1})
    return add.apply((scaled, wrap(shift)), {"alpha": 1})


def _short(p: float) -> str:
    return f"{p:g}"


def _kept(input: Tensor, p: float, feature: bool) -> Array:
    """1 where the element stays, drawn in the order of memory."""
    x = input.array
    if not feature:
        return in_memory_order(x, drawn(chosen(None).bernoulli, 1 - p, (x.size,), x.dtype.name))
    shape = (*x.shape[:2], *(1 for _ in x.shape[2:]))
    return drawn(chosen(None).bernoulli, 1 - p, shape, x.dtype.name)


def _times(input: Tensor, noise: Array, inplace: bool) -> Any:
    mask = wrap(np.asarray(noise))
    return write(input, dropout, (mask,), {}) if inplace else dropout.apply((input, mask), {})


def _functional(feature: bool = False, alpha: bool = False) -> Any:
    def run(input: Tensor, p: float, training: bool, inplace: bool) -> Any:
        _check_chance(p)
        return dropped(input, p, training, inplace=inplace, feature=feature, alpha=alpha)

    return run


def _check_chance(p: float) -> None:
    if not 0 <= p <= 1:
        raise TorchError("ValueError", f"dropout probability has to be between 0 and 1, but got {p}")


def _native(inplace: bool, feature: bool = False, alpha: bool = False) -> Any:
    return lambda input, p, train: dropped(input, p, train, inplace=inplace, feature=feature, alpha=alpha)


def _channels(name: str, ranks: tuple[int, int], shape_of: str) -> Any:
    """dropout1d, 2d and 3d: `ranks` without and with a batch dim."""

    def run(input: Tensor, p: float, training: bool, inplace: bool) -> Any:
        _check_chance(p)
        rank = len(input.shape)
        if rank not in ranks:
            _wrong_rank(name, rank, ranks, shape_of)
        if name == "dropout2d" and rank == 3:
            current().notice("dropout-rank", message=IMAGE)
        alone = rank != ranks[1] and name != "dropout2d"
        source = METHODS["unsqueeze"](input, 0) if alone else input
        made = dropped(source, p, training, inplace=inplace, feature=True)
        return METHODS["squeeze"](made, 0) if alone else made

    return run


def _wrong_rank(name: str, rank: int, ranks: tuple[int, int], shape_of: str) -> None:
    few, many = ranks
    end = (
        f"Note that {name} exists to provide channel-wise dropout on inputs with {shape_of}, a channel dimension, and "
        f"an optional batch dimension (i.e. {few}D or {many}D inputs)."
    )
    if name == "dropout1d":
        raise TorchError("RuntimeError", f"{name}: Expected 2D or 3D input, but received a {rank}D input. {end}")
    message = (
        f"{name}: Received a {rank}-D input to {name}, which is deprecated and will result in an error in a future "
        f"release. To retain the behavior and silence this warning, please use dropout instead. {end}"
    )
    current().notice("dropout-rank", message=message)


IMAGE = (
    "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired - input "
    "is interpreted as shape (N, C, L), where C is the channel dim. This behavior will change in a future release to "
    "interpret the input as one without a batch dimension, i.e. shape (C, H, W). To maintain the 1D channel-wise "
    "dropout behavior, please switch to using dropout1d instead."
)
# fmt: off
ON  = "def Tensor input, float p=0.5, bool training=True, bool inplace=False"
OFF = "def Tensor input, float p=0.5, bool training=False, bool inplace=False"
TRAIN = "Tensor input, float p, bool train"
offer("F.dropout",               (ON, _functional()))
offer("F.dropout1d",             (ON, _channels("dropout1d", (2, 3), "1 spatial dimension")), operation="dropout")
offer("F.dropout2d",             (ON, _channels("dropout2d", (3, 4), "2 spatial dimensions")), operation="dropout")
offer("F.dropout3d",             (ON, _channels("dropout3d", (4, 5), "3 spatial dimensions")), operation="dropout")
offer("F.alpha_dropout",         (OFF, _functional(alpha=True)), operation="dropout")
offer("F.feature_alpha_dropout", (OFF, _functional(feature=True, alpha=True)), operation="dropout")
for _inplace in (False, True):
    _end = "_" if _inplace else ""
    offer(f"torch.dropout{_end}",               (TRAIN, _native(_inplace)), operation="dropout")
    offer(f"torch.feature_dropout{_end}",       (TRAIN, _native(_inplace, feature=True)), operation="dropout")
    offer(f"torch.alpha_dropout{_end}",         (TRAIN, _native(_inplace, alpha=True)), operation="dropout")
    offer(f"torch.feature_alpha_dropout{_end}", (TRAIN, _native(_inplace, feature=True, alpha=True)), operation="dropout")
# fmt: on
