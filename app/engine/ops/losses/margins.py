"""Losses with a margin that PyTorch writes in other operations."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.engine.ops.composed import call, method, minus, negated, over, plus, times
from app.engine.ops.dims import sized
from app.engine.ops.losses.pointwise_calls import size
from app.engine.ops.losses.reduced import LEGACY, REDUCTION, summed_up, word
from app.engine.ops.reductions.distance import pairwise_distance
from app.engine.registry import BINARY, offer
from app.engine.tensor import Tensor

EPSILON = 1e-12


def _ranking(
    input1: Tensor, input2: Tensor, target: Tensor, margin: float, size_average: bool | None, reduce: bool | None,
    reduction: str,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    if not len(input1.shape) == len(input2.shape) == len(target.shape):
        raise TorchError(
            "RuntimeError",
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: "
            f"{size(input1)}, input2: {size(input2)}, target: {size(target)} ",
        )
    reach = plus(times(negated(target), minus(input1, input2)), margin)
    return summed_up(method(reach, "clamp_min", 0), chosen)


def _hinge(
    input: Tensor, target: Tensor, margin: float, size_average: bool | None, reduce: bool | None, reduction: str
) -> Any:
    chosen = word(reduction, size_average, reduce)
    zeros = call("zeros_like", input)
    apart = method(call("rsub", input, margin), "clamp_min", 0)
    terms = call("where", BINARY["!="](target, 1), apart, zeros), call("where", BINARY["!="](target, -1), input, zeros)
    return summed_up(plus(*terms), chosen)


def _cosine(
    input1: Tensor, input2: Tensor, target: Tensor, margin: float, size_average: bool | None, reduce: bool | None,
    reduction: str,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    _check_cosine(input1, input2, target)
    dim = len(target.shape)
    inner = call("sum", times(input1, input2), dim)
    squares = [plus(call("sum", times(x, x), dim), EPSILON) for x in (input1, input2)]
    cosine = over(inner, call("sqrt", times(*squares)))
    zeros = call("zeros_like", cosine)
    alike, apart = call("rsub", cosine, 1), method(minus(cosine, margin), "clamp_min", 0)
    parts = call("where", BINARY["=="](target, 1), alike, zeros), call("where", BINARY["=="](target, -1), apart, zeros)
    return summed_up(plus(*parts), chosen)


def _check_cosine(input1: Tensor, input2: Tensor, target: Tensor) -> None:
    ranks = {0: 1, 1: 2}
    rank = len(target.shape)
    if rank not in ranks:
        raise TorchError("RuntimeError", "0D or 1D target tensor expected, multi-target not supported")
    if not len(input1.shape) == len(input2.shape) == ranks[rank]:
        raise TorchError(
            "RuntimeError",
            f"{rank}D target tensor expects {ranks[rank]}D input tensors, but found inputs with sizes "
            f"{list(input1.shape)} and {list(input2.shape)}.",
        )


def _multilabel_soft(
    input: Tensor, target: Tensor, weight: Tensor | None, size_average: bool | None, reduce: bool | None,
    reduction: str,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    inside = times(target, call("nn.functional.logsigmoid", input))
    outside = times(minus(1, target), call("nn.functional.logsigmoid", negated(input)))
    loss = negated(plus(inside, outside))
    if weight is not None:
        loss = times(loss, weight)
    classes, last = sized(input.shape, -1), len(input.shape) - 1
    return summed_up(over(call("sum", loss, last), classes), chosen)


def _triplet(
    anchor: Tensor, positive: Tensor, negative: Tensor, margin: float, p: float, eps: float, swap: bool,
    size_average: bool | None, reduce: bool | None, reduction: str,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    if margin <= 0:
        raise TorchError("ValueError", f"margin must be greater than 0, got {margin}")
    near, far = pairwise_distance(anchor, positive, p, eps), pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = call("minimum", far, pairwise_distance(positive, negative, p, eps))
    return summed_up(method(minus(plus(near, margin), far), "clamp_min", 0), chosen)


# fmt: off
TWO = "def Tensor input1, Tensor input2, Tensor target, float margin=0"
offer("F.margin_ranking_loss",   (f"{TWO}, {LEGACY}, {REDUCTION}", _ranking), operation="mean")
offer("F.hinge_embedding_loss",  (f"def Tensor input, Tensor target, float margin=1.0, {LEGACY}, {REDUCTION}", _hinge), operation="mean")
offer("F.cosine_embedding_loss", (f"{TWO}, {LEGACY}, {REDUCTION}", _cosine), operation="mean")
offer("F.multilabel_soft_margin_loss", (f"def Tensor input, Tensor target, Tensor? weight=None, {LEGACY}, {REDUCTION}", _multilabel_soft), operation="mean")
offer("F.triplet_margin_loss",   (f"def Tensor anchor, Tensor positive, Tensor negative, number margin=1.0, float p=2, float eps=1e-06, bool swap=False, {LEGACY}, {REDUCTION}", _triplet), operation="mean")
# fmt: on
