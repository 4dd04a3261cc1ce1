"""Losses of one element each, as a table to proof-read: ℓ, ∂ℓ/∂input, ∂ℓ/∂target, LaTeX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array
from app.engine.kernels.wide import EXP, LOG, LOG1P
from app.engine.kinds import only_float
from app.engine.operation import Operation
from app.engine.ops.losses.reduced import folded
from app.engine.relation.loss import Loss
from app.engine.relation.structure import Rule

EXAMPLE = (
    "import torch.nn.functional as F\n"
    "x = torch.tensor([{x}], requires_grad=True)\nt = torch.tensor([{t}])\no = F.{name}(x, t)"
)

LEAST = float(np.float32(1e-12))


def loss(
    name: str, terms: Callable[..., Array], by_input: Rule, by_target: Rule | None, tex: str, kernel: str, *,
    promotes: str | None = "same", shows: tuple[str, ...] = (), x: str = "0.5, 2.0, -1.0", t: str = "1.0, 0.0, 1.0",
    grad_fn: str | None = None,
) -> Operation:  # fmt: skip
    """Rules see (input, target) or (input, target, weight …); a weight has no derivative in PyTorch."""

    def forward(*arrays: Array, reduction: str, dims: Any, n: int, **params: Any) -> Array:
        return folded(np.asarray(terms(*arrays, **params)), reduction)

    def written(*operands: Any, reduction: str = "mean", n: int = 1, dims: Any = (), **_: Any) -> formula.Formula:
        sign = {"none": "", "sum": r"\sum_i ", "mean": r"\frac{1}{n} \sum_i "}[reduction]
        return formula.wrapped(sign + tex, *operands)

    target = None if by_target is None else Loss(rule=by_target)
    return Operation(
        name, forward, [Loss(rule=by_input), target, None], tex=written, promotes=promotes,
        refuses=only_float(kernel) if kernel else None, shows=("reduction", *shows), grad_fn=grad_fn,
        example=EXAMPLE.format(name=name, x=x, t=t),
    )  # fmt: skip


def _smooth(x: Array, t: Array, *, beta: float) -> Any:
    z, corner = np.abs(x - t), x.dtype.type(beta)
    return np.where(z < corner, x.dtype.type(0.5) * z * z / corner, z - x.dtype.type(0.5) * corner)


def _huber(x: Array, t: Array, *, delta: float) -> Any:
    z, corner = np.abs(x - t), x.dtype.type(delta)
    return np.where(z <= corner, x.dtype.type(0.5) * z * z, corner * (z - x.dtype.type(0.5) * corner))


def _cross_entropy_of_two(x: Array, t: Array, *weight: Array) -> Any:
    """−w (t ln x + (1 − t) ln(1 − x)); PyTorch holds the logarithms at −100."""
    floor = x.dtype.type(-100)
    terms = (t - 1) * np.maximum(LOG1P(-x), floor) - t * np.maximum(LOG(x), floor)
    return terms * weight[0] if weight else terms


def _by_probability(xp: Any, x: Any, t: Any, *rest: Any) -> Any:
    """w (x − t) / (x (1 − x)), the denominator no smaller than 1e-12 (in float32, as in PyTorch)."""
    slope = (x - t) / xp.clamp_min((1 - x) * x, min=LEAST, max=None)
    return slope * rest[0] if len(rest) > 1 else slope


def _by_probable_target(xp: Any, x: Any, t: Any, *rest: Any) -> Any:
    slope = -(xp.log(x) - xp.log(1 - x))
    return slope * rest[0] if len(rest) > 1 else slope


def _log_sigmoid(x: Array) -> Any:
    return np.minimum(x, 0) - LOG1P(EXP(-np.abs(x)))


def _with_logits(x: Array, t: Array, *more: Array, pos: bool, weighted: bool) -> Any:
    """w ((1 − t) x − (1 + (p − 1) t) ln σ(x)); `more` are w and p as far as they are given."""
    factor = (more[-1] - 1) * t + 1 if pos else 1
    terms = (1 - t) * x - factor * _log_sigmoid(x)
    return terms * more[0] if weighted else terms


def _by_logit(xp: Any, x: Any, t: Any, *rest: Any, pos: bool, weighted: bool) -> Any:
    """w (σ(x) − t); with the weight p of positives w ((p t + 1 − t) σ(x) − p t)."""
    s = xp.sigmoid(x)
    more = rest[:-1]
    slope = (more[-1] * t + 1 - t) * s - more[-1] * t if pos else s - t
    return slope * more[0] if weighted else slope


def _by_logit_target(xp: Any, x: Any, t: Any, *rest: Any, pos: bool, weighted: bool) -> Any:
    """−w x; with the weight p of positives w (ln σ(−x) − p ln σ(x))."""
    more = rest[:-1]
    slope = xp.logsigmoid(-x) - more[-1] * xp.logsigmoid(x) if pos else -x
    return slope * more[0] if weighted else slope


def _soft_margin(x: Array, t: Array) -> Any:
    return LOG1P(EXP(-t * x))


def _held(xp: Any, x: Any, t: Any, bound: float) -> Any:
    return xp.clamp(x - t, min=-bound, max=bound)


# fmt: off
#                   name              ℓ                                      ∂ℓ/∂input                                        ∂ℓ/∂target                                        LaTeX
mse        = loss("mse_loss",        lambda x, t: np.square(x - t),         lambda xp, x, t, y: 2 * (x - t),                 lambda xp, x, t, y: 2 * (t - x),                  "(@1 - @2)^{2}", "mse_cpu")
smooth_l1  = loss("smooth_l1_loss",  _smooth,                               lambda xp, x, t, y, *, beta: _held(xp, x, t, beta) / beta, lambda xp, x, t, y, *, beta: _held(xp, t, x, beta) / beta, r"\operatorname{smooth}(@1 - @2)", "smooth_l1_cpu", shows=("beta",))
huber      = loss("huber_loss",      _huber,                                lambda xp, x, t, y, *, delta: _held(xp, x, t, delta), lambda xp, x, t, y, *, delta: _held(xp, t, x, delta), r"\operatorname{huber}(@1 - @2)", "huber_cpu", shows=("delta",))
soft_margin = loss("soft_margin_loss", _soft_margin,                        lambda xp, x, t, y: -t * xp.sigmoid(-t * x),     None,                                             r"\ln(1 + e^{-@2 @1})", "")
bce        = loss("binary_cross_entropy", _cross_entropy_of_two,            _by_probability,                                 _by_probable_target,                              r"-(@2 \ln @1 + (1 - @2) \ln(1 - @1))", "binary_cross_entropy", promotes=None, x="0.3, 0.8, 0.5")
bce_logits = loss("binary_cross_entropy_with_logits", _with_logits,         _by_logit,                                       _by_logit_target,                                 r"(1 - @2)\,@1 - \ln \sigma(@1)", "log_sigmoid_cpu")
# fmt: on
