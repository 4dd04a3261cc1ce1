"""Reductions, as a table to proof-read: forward over `dims`, derivative by input element, LaTeX.

Rules see the outputs with the reduced dims kept. `n` counts the elements that meet in one output.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array
from app.engine.operation import Operation
from app.engine.ops.reductions import reduce_forward as forwards
from app.engine.ops.reductions.reduce_forward import Dims, Forward, count, extreme_with_index, folded
from app.engine.relation.factored import Share
from app.engine.relation.reduction import Reduction
from app.engine.relation.structure import Rule


def reduction(
    name: str, forward: Forward, rule: Rule | None, tex: str, *,
    grad_fn: str | tuple[str, str] | None = None, selects: bool = False, title: str | None = None,
) -> Operation:  # fmt: skip
    """An operation over `dims`, `keepdim`. Two grad_fn names: of the whole tensor, and with dims given.

    `title` is what the page calls it, where one name of PyTorch's has two operations.
    """
    named: Any = grad_fn
    if isinstance(grad_fn, tuple):
        whole, partial = grad_fn
        named = lambda call: partial if call.params["given"] else whole  # noqa: E731
    operation = Operation(
        name, forward, [Reduction(rule=rule, selects=selects)], grad_fn=named, cost=_cost, complete=completed,
        tex=lambda x, **_: formula.wrapped(tex, x),
    )  # fmt: skip
    operation.name = title or name
    return operation


def completed(arrays: tuple[Array, ...], params: dict[str, Any]) -> dict[str, Any]:
    return {"keepdim": False, "given": True, "n": count(arrays[0].shape, params["dims"]), **params}


def _cost(x: Array, *_: Array, **__: Any) -> tuple[int, int]:
    return x.size, 0


def by_var(xp: Any, x: Any, n: int, correction: float, dims: Dims) -> Any:
    """2 (x − x̄) / (n − correction)."""
    return xp.ratio(2, n - correction) * (x - xp.mean(x, dims=dims, keepdim=True))


def by_std(xp: Any, x: Any, y: Any, n: int, correction: float, dims: Dims) -> Any:
    """(x − x̄) / ((n − correction) o), and 0 where all elements are equal."""
    from_mean = x - xp.mean(x, dims=dims, keepdim=True)
    if n == correction:  # nothing left to divide by: nan, as PyTorch has it
        return xp.ratio(1, 0) * from_mean
    slope = from_mean / ((n - correction) * y)
    return xp.kept(slope, xp.ne(y, 0))


def norm_slope(xp: Any, x: Any, y: Any, dims: Dims, p: float) -> Any:
    """sign(x)·|x|ᵖ⁻¹ / yᵖ⁻¹, and 0 where the norm is 0; the infinity norm shares among ties, p = 0 passes nothing."""
    if p in (math.inf, -math.inf):
        return xp.sign(x) * xp.tied(xp.abs(x), y, dims=dims)
    if p == 0:
        return None
    if p == 1:
        return xp.sign(x)
    if p == 2:
        return xp.kept(x / y, xp.ne(y, 0))
    steep = xp.pow_number(xp.abs(x), exponent=p - 1) / xp.pow_number(y, exponent=p - 1)
    return xp.kept(xp.sign(x) * steep, xp.ne(y, 0))


def _by_ties(xp: Any, x: Any, y: Any, *, dims: Dims) -> Any:
    return xp.tied(x, y, dims=dims)


def _by_choice(xp: Any, x: Any, y: Any, *, dims: Dims) -> Any:
    return xp.chosen(x, y[1], dim=dims[0] if dims else 0)


def _mean(xp: Any, x: Any, y: Any, *, n: int) -> Any:
    return Share(n, xp.ratio(1, n))


INDEX = r"[i = \operatorname{index}_j]"
# Derivatives are written in these two; like the forwards they are functions of arrays.
tied = Operation(
    "tied", forwards.shares, [], cost=_cost, tex=lambda x, y, **_: formula.wrapped(r"\tfrac{[@1 = @2]}{\#}", x, y)
)
chosen = Operation("chosen", forwards.one_hot, [], cost=_cost, tex=lambda x, i, **_: formula.wrapped(INDEX, i))

# fmt: off
#                        name         forward                        ∂o/∂xᵢ                                       LaTeX
sum       = reduction("sum",       forwards.summed,               None,                                        r"\sum_i @1",               grad_fn=("SumBackward0", "SumBackward1"))
mean      = reduction("mean",      forwards.mean,                 _mean,                                       r"\bar{@1}",                grad_fn=("MeanBackward0", "MeanBackward1"))
prod      = reduction("prod",      folded(np.multiply),           lambda xp, x, y, *, dims: xp.others(x, dims=dims), r"\prod_i @1",        grad_fn=("ProdBackward0", "ProdBackward1"))
amax      = reduction("amax",      folded(np.maximum),            _by_ties,                                    r"\max_i @1",               selects=True)
amin      = reduction("amin",      folded(np.minimum),            _by_ties,                                    r"\min_i @1",               selects=True)
max_whole = reduction("max",       folded(np.maximum),            _by_ties,                                    r"\max_i @1",               selects=True, grad_fn="MaxBackward1")
min_whole = reduction("min",       folded(np.minimum),            _by_ties,                                    r"\min_i @1",               selects=True, grad_fn="MinBackward1")
max_dim   = reduction("max_dim",   extreme_with_index(np.argmax), _by_choice,                                  r"\max_i @1",               selects=True, grad_fn="MaxBackward0", title="max")
min_dim   = reduction("min_dim",   extreme_with_index(np.argmin), _by_choice,                                  r"\min_i @1",               selects=True, grad_fn="MinBackward0", title="min")
median_whole = reduction("median", forwards.median,               _by_ties,                                    r"\operatorname{median}_i @1", selects=True)
nanmedian_whole = reduction("nanmedian", forwards.nanmedian,      _by_ties,                                    r"\operatorname{median}_i @1", selects=True)
nansum    = reduction("nansum",    forwards.nansum,               lambda xp, x, y: xp.logical_not(xp.isnan(x)), r"\sum_i @1", selects=True)
var       = reduction("var",       forwards.var,                  lambda xp, x, y, *, n, correction, dims: by_var(xp, x, n, correction, dims), r"\operatorname{Var}(@1)")
std       = reduction("std",       forwards.std,                  lambda xp, x, y, *, n, correction, dims: by_std(xp, x, y, n, correction, dims), r"\operatorname{Std}(@1)")
norm      = reduction("norm",      forwards.norm,                 lambda xp, x, y, *, dims, p: norm_slope(xp, x, y, dims, p), r"\lVert @1 \rVert",  grad_fn="LinalgVectorNormBackward0")
lane_sum  = reduction("lane_sum",  forwards.lane_summed,          None,                                        r"\sum_i @1",               grad_fn=("SumBackward0", "SumBackward1"), title="sum")
logsumexp = reduction("logsumexp", forwards.logsumexp,            lambda xp, x, y: xp.exp(x - y),              r"\ln \sum_i e^{@1}")
# fmt: on
# A mean has no place of its own: \bar{x} and not \bar{x_i}.
mean.tex = lambda x, **_: formula.wrapped(r"\bar{@1}", x).renamed("_i", "")
