"""cross_entropy: log_softmax, then nll_loss, or the sum with given probabilities; as PyTorch composes it."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.operation import Operation, wrap
from app.engine.ops.dims import sized, wrapped
from app.engine.ops.elementwise.binary import add, div, mul
from app.engine.ops.elementwise.choose import masked_fill
from app.engine.ops.elementwise.unary import neg
from app.engine.ops.lanes.block import log_softmax
from app.engine.ops.leaf import scalar
from app.engine.ops.losses.classes import CLASSES, picked
from app.engine.ops.losses.reduced import REDUCTION, summed_up, word
from app.engine.ops.reductions.reduce import sum
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.registry import offer
from app.engine.tensor import Tensor

by_size = Operation("div_by_size", div.forward, div.structures, grad_fn="DivBackward1", tex=div.tex, promotes="float")
by_size.name = "div"
"""A division by a number of elements, which PyTorch counts as one by a number."""


def _cross_entropy(
    input: Tensor, target: Tensor, weight: Tensor | None, size_average: bool | None, ignore_index: int,
    reduce: bool | None, reduction: str, label_smoothing: float,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    if target.shape == input.shape:
        return _of_probabilities(input, target, weight, ignore_index, chosen, label_smoothing)
    if label_smoothing:
        return _smoothed(input, target, weight, ignore_index, chosen, label_smoothing)
    return picked(_logarithms(input), target, weight, ignore_index, chosen)


def _logarithms(input: Tensor) -> Any:
    return log_softmax.apply((input,), {"dim": wrapped(_class_dim(input), len(input.shape))})


def _class_dim(input: Tensor) -> int:
    return 0 if len(input.shape) == 1 else 1


def _check_smoothing(amount: float) -> None:
    if not 0 <= amount <= 1:
        raise TorchError("RuntimeError", f"label_smoothing must be between 0.0 and 1.0. Got: {amount:g}")


def _of_probabilities(
    input: Tensor, target: Tensor, weight: Tensor | None, ignore_index: int, reduction: str, smoothing: float
) -> Any:
    """−Σ p ln softmax(x), divided by the number of samples."""
    if not target.dtype.is_floating_point:
        raise TorchError(
            "RuntimeError",
            f"Expected floating point type for target with class probabilities, got {target.dtype.title}",
        )
    if ignore_index >= 0:
        raise TorchError("RuntimeError", "ignore_index is not supported for floating point target")
    _check_smoothing(smoothing)
    classes = sized(input.shape, _class_dim(input))
    if weight is not None and weight.shape != (classes,):
        raise TorchError(
            "RuntimeError",
            f"cross_entropy: weight tensor should be defined either for all {classes} classes or no classes but got "
            f"weight tensor of shape: {list(weight.shape)}",
        )
    if smoothing:
        kept = mul.apply((target, 1 - smoothing), {})
        target = add.apply((kept, smoothing / classes), {"alpha": 1})
    terms = mul.apply((_logarithms(input), target), {})
    if weight is not None:
        terms = mul.apply((terms, _along_classes(weight, input)), {})
    if reduction == "none":
        return neg.apply((_sum_over_classes(terms, input),), {})
    total = neg.apply((summed_up(terms, "sum"),), {})
    return total if reduction == "sum" else by_size.apply((total, input.numel / classes if classes else 0.0), {})


def _sum_over_classes(terms: Any, input: Tensor) -> Any:
    return sum.apply((terms,), {"dims": (_class_dim(input),), "keepdim": False, "given": True})


def _along_classes(weight: Tensor, input: Tensor) -> Any:
    shape = tuple(-1 if d == _class_dim(input) else 1 for d in range(len(input.shape)))
    return reshaped(weight, shape)


def _smoothed(
    input: Tensor, target: Tensor, weight: Tensor | None, ignore_index: int, reduction: str, smoothing: float
) -> Any:
    """(1 − ε)·nll + ε/C · the mean over all classes."""
    _check_smoothing(smoothing)
    logs = _logarithms(input)
    right = picked(logs, target, weight, ignore_index, reduction)
    spread = logs if weight is None else mul.apply((logs, _along_classes(weight, input)), {})
    every = neg.apply((_sum_over_classes(spread, input),), {})
    ignored = wrap(np.broadcast_to(target.array == ignore_index, every.shape).copy())
    every = masked_fill.apply((every, ignored, scalar(0.0, every.dtype)), {"number": True})
    if reduction != "none":
        every = summed_up(every, "sum")
    if reduction == "mean":
        kept = ~ignored.array.reshape(-1)
        t = target.array.reshape(-1)[kept]
        count = t.size if weight is None else np.add.reduce(weight.array[t])
        every = div.apply((every, float(count)), {})
    classes = input.shape[_class_dim(input)]
    parts = mul.apply((right, 1 - smoothing), {}), mul.apply((every, smoothing / classes), {})
    return add.apply(parts, {"alpha": 1})


offer("F.cross_entropy", (f"{CLASSES}, {REDUCTION}, float label_smoothing=0.0", _cross_entropy), operation="nll_loss")
