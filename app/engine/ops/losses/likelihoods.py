"""Likelihoods and divergences that PyTorch writes in other operations: kl_div, poisson_nll_loss, gaussian_nll_loss."""

from __future__ import annotations

import math
from typing import Any

from app.engine.arguments import type_name
from app.engine.errors import TorchError
from app.engine.ops.composed import call, method, minus, over, plus, times
from app.engine.ops.losses.reduced import LEGACY, REDUCTION, WORDS, summed_up, word
from app.engine.registry import BINARY, TORCH, offer
from app.engine.run import current, grad_mode
from app.engine.tensor import Tensor

KL_MEAN = (
    "reduction: 'mean' divides the total loss by both the batch size and the support size.'batchmean' divides only by "
    "the batch size, and aligns with the KL div math definition.'mean' will be changed to behave the same as "
    "'batchmean' in the next major release."
)


def _kl_div(
    input: Tensor, target: Tensor, size_average: bool | None, reduce: bool | None, reduction: str, log_target: bool
) -> Any:
    if size_average is not None or reduce is not None:
        chosen = word(reduction, size_average, reduce)
    else:
        if reduction == "mean":
            current().notice("kl-mean", message=KL_MEAN)
        chosen = "sum" if reduction == "batchmean" else word(reduction)
    if not (input.dtype.is_floating_point and target.dtype.is_floating_point):
        raise TorchError("RuntimeError", "kl_div: Integral inputs not supported.")
    if log_target:
        terms = times(call("exp", target), minus(target, input))
    else:
        terms = minus(call("xlogy", target, target), times(target, input))
    made = summed_up(terms, chosen)
    return over(made, input.shape[0]) if reduction == "batchmean" and input.shape else made


def _poisson(
    input: Tensor, target: Tensor, log_input: bool, full: bool, size_average: bool | None, eps: float,
    reduce: bool | None, reduction: str,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    if log_input:
        loss = minus(call("exp", input), times(target, input))
    else:
        loss = minus(input, times(target, call("log", plus(input, eps))))
    if full:
        logs = minus(times(target, call("log", target)), target)
        stirling = plus(logs, times(0.5, call("log", times(2 * math.pi, target))))
        loss = plus(loss, method(stirling, "masked_fill", BINARY["<="](target, 1), 0))
    return summed_up(loss, chosen)


def _gaussian(input: Tensor, target: Tensor, var: Any, full: bool, eps: float, reduction: str) -> Any:
    if isinstance(var, float):
        if var < 0:
            raise TorchError("ValueError", "var has negative entry/entries")
        var = times(var, call("ones_like", input))
    elif not isinstance(var, Tensor):
        raise _no_variance(var)
    elif (var.array < 0).any():
        raise TorchError("ValueError", "var has negative entry/entries")
    if var.shape != input.shape:
        var = _fitted(var, input)
    if reduction not in WORDS:
        raise TorchError("ValueError", f"{reduction} is not valid")
    var = method(var, "clone")
    with grad_mode(False):
        method(var, "clamp_", min=eps)
    squares = method(minus(input, target), "pow", 2)
    loss = times(0.5, plus(call("log", var), over(squares, var)))
    if full:
        loss = plus(loss, 0.5 * math.log(2 * math.pi))
    return summed_up(loss, reduction)


def _no_variance(var: Any) -> TorchError:
    """PyTorch compares first, and asks `any` of what comes out."""
    if isinstance(var, int):
        try:
            TORCH["any"](var < 0)
        except TorchError as refusal:
            return refusal
    return TorchError("TypeError", f"'<' not supported between instances of '{type_name(var)}' and 'int'")


def _fitted(var: Tensor, input: Tensor) -> Any:
    """A variance per row, or one that is shared along one dim."""
    if input.shape[:-1] == var.shape:
        return method(var, "unsqueeze", -1)
    if (
        len(input.shape) == len(var.shape)
        and sum(m for n, m in zip(input.shape, var.shape, strict=True) if n != m) == 1
    ):
        return var
    raise TorchError("ValueError", "var is of incorrect size")


# fmt: off
PAIR = "def Tensor input, Tensor target"
offer("F.kl_div",            (f"{PAIR}, {LEGACY}, {REDUCTION}, bool log_target=False", _kl_div), operation="mean")
offer("F.poisson_nll_loss",  (f"{PAIR}, bool log_input=True, bool full=False, bool? size_average=None, float eps=1e-08, bool? reduce=None, {REDUCTION}", _poisson), operation="mean")
offer("F.gaussian_nll_loss", (f"{PAIR}, any var, bool full=False, float eps=1e-06, {REDUCTION}", _gaussian), operation="mean")
# fmt: on
