"""Elementwise functions of one tensor that take numbers beside it: polygamma, logit, nan_to_num, round to decimals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.kernels.wide import LOG
from app.engine.operation import Operation
from app.engine.ops.elementwise.unary import round
from app.engine.ops.stating import UNIT, tex_of, variant
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise
from app.engine.run import current
from app.engine.special import gamma
from app.engine.tensor import Tensor
from app.engine.write import write


def _logit(x: Array, *, eps: float | None) -> Array:
    """ln(p / (1 − p)) of p, which `eps` keeps away from 0 and 1."""
    p = x if eps is None else np.clip(x, x.dtype.type(eps), x.dtype.type(1 - eps))
    return np.asarray(LOG(p / (1 - p)), x.dtype)


def _by_logit(xp: Any, x: Any, eps: float | None) -> Any:
    """1 / (x (1 − x)); nothing where eps has cut, nan outside of 0 … 1 where none is given."""
    slope = 1 / (x * (1 - x))
    low, high = (0.0, 1.0) if eps is None else (eps, 1 - eps)
    inside = (x >= low) & (x <= high)
    return xp.kept(slope, inside) if eps is not None else xp.where(inside, slope, float("nan"))


def _cleaned(x: Array, *, nan: float | None, posinf: float | None, neginf: float | None) -> Array:
    if x.dtype.kind != "f":
        return x
    return np.nan_to_num(x, nan=nan or 0.0, posinf=posinf, neginf=neginf)


def _rounded(x: Array, *, decimals: int) -> Array:
    """Rounded in the type itself: up by a power of ten, to the even whole number, and down again."""
    if x.dtype.kind != "f":
        return x
    ten = x.dtype.type(10.0 ** abs(decimals))
    return np.asarray(np.rint(x * ten) / ten if decimals > 0 else np.rint(x / ten) * ten)


def _multivariate(xp: Any, x: Any, p: int) -> Any:
    total = xp.digamma(x)
    for j in range(1, p):
        total = total + xp.digamma(x - j / 2)
    return total


def _sized(function: Callable[..., Array]) -> Callable[..., Array]:
    return lambda x, **params: np.asarray(function(x, **params), x.dtype)


# fmt: off
polygamma = Operation("polygamma", _sized(gamma.polygamma), [Elementwise(rule=lambda xp, x, y, *, n: xp.polygamma(x, n=n + 1))], promotes="float", tex=lambda x, n: formula.wrapped(rf"\psi^{{({n})}}(@1)", x), example=f"{UNIT}o = torch.polygamma(1, x)", shows=("n",))
mvlgamma = Operation("mvlgamma", _sized(gamma.mvlgamma), [Elementwise(rule=lambda xp, x, y, *, p: _multivariate(xp, x, p))], promotes="float", tex=lambda x, p: formula.wrapped(rf"\ln\Gamma_{{{p}}}(@1)", x), example="x = torch.tensor([1.5, 2.0, 3.0], requires_grad=True)\no = torch.mvlgamma(x, 2)", shows=("p",))
logit = Operation("logit", _logit, [Elementwise(rule=lambda xp, x, y, *, eps: _by_logit(xp, x, eps))], promotes="float", tex=tex_of(r"\ln \frac{@1}{1 - @1}"), shows=("eps",), example=f"{UNIT}o = torch.logit(x)")
nan_to_num = Operation("nan_to_num", _cleaned, [Elementwise(rule=lambda xp, x, y: xp.isfinite(x), selects=True)], shows=("nan", "posinf", "neginf"), example="x = torch.tensor([0.5, float('nan'), 2.0], requires_grad=True)\no = torch.nan_to_num(x)")
round_decimals = Operation("round_decimals", _rounded, [Elementwise(rule=lambda xp, x, y: 0, selects=True)], grad_fn="RoundBackward1", tex=round.tex, example="x = torch.tensor([1.234, 5.678], requires_grad=True)\no = torch.round(x, decimals=1)", shows=("decimals",))
polygamma_ = variant(polygamma, "PolygammaBackward1")
# fmt: on
round_decimals.name = "round"


def _call(operation: Operation) -> Callable[..., Any]:
    return lambda input, **params: operation.apply((input,), params)


def _write(operation: Operation) -> Callable[..., Any]:
    return lambda input, **params: write(input, operation, (), params)


def _derived(n: int, input: Tensor) -> Any:
    if n < 0:
        raise TorchError("RuntimeError", "polygamma(n, x) does not support negative n.")
    return polygamma.apply((input,), {"n": n})


def _multigamma(input: Tensor, p: int) -> Any:
    if p < 1:
        raise TorchError("RuntimeError", "p has to be greater than or equal to 1")
    current().meter.work(p)
    return mvlgamma.apply((input,), {"p": p})


# fmt: off
EPS   = "Tensor input, number? eps=None"
CLEAN = "Tensor input, number? nan=None, number? posinf=None, number? neginf=None"
ROUND = "Tensor input, *, int decimals"
offer("torch.polygamma torch.special.polygamma", ("int n, Tensor input", _derived))
offer("Tensor.polygamma",             ("Tensor input, int n", lambda input, n: _derived(n, input)))
offer("Tensor.polygamma_",            ("Tensor input, int n", lambda input, n: write(input, polygamma_, (), {"n": n})))
offer("mvlgamma torch.special.multigammaln", ("Tensor input, int p", _multigamma))
offer("Tensor.mvlgamma_",             ("Tensor input, int p", lambda input, p: write(input, mvlgamma, (), {"p": p})))
offer("logit torch.special.logit",    (EPS, _call(logit)))
offer("logit_",                       (EPS, _write(logit)))
offer("nan_to_num",                   (CLEAN, _call(nan_to_num)))
offer("nan_to_num_",                  (CLEAN, _write(nan_to_num)))
offer("round torch.special.round",    ("Tensor input", lambda input: round.apply((input,), {})), (ROUND, _call(round_decimals)))
offer("round_",                       ("Tensor input", lambda input: write(input, round, (), {})), (ROUND, _write(round_decimals)))
# fmt: on
