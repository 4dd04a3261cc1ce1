"""Reductions with two results, and those made of others: std_mean, var_mean, aminmax, dist, nanmean, quantiles."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array
from app.engine.dtypes import DType, int64
from app.engine.errors import TorchError
from app.engine.namespaces import RAW
from app.engine.operation import Number, Operation
from app.engine.ops.convert import converted
from app.engine.ops.dims import reduced, wrapped
from app.engine.ops.elementwise.binary import div
from app.engine.ops.reductions import reduce_forward as forwards
from app.engine.ops.reductions.reduce import by_std, by_var, completed, nansum, norm_slope
from app.engine.ops.reductions.reduce_calls import SPREAD, over
from app.engine.registry import offer
from app.engine.relation.each import Each
from app.engine.relation.implicit import Implicit
from app.engine.relation.reduction import Reduction
from app.engine.returns import named
from app.engine.tensor import Tensor

Dims = tuple[int, ...]
TINY = 1e-7
"""PyTorch adds it to a norm before it divides."""
MATRIX = "x = torch.tensor([[1.0, 3.0], [2.0, 0.5]], requires_grad=True)\n"


def _with_mean(spread: Any) -> Any:
    return lambda x, **params: (spread(x, **params), forwards.mean(x, **params))


def _extremes(x: Array, *, dims: Dims, keepdim: bool = False, **_: Any) -> tuple[Array, Array]:
    low, high = np.minimum.reduce(x, axis=dims, keepdims=True), np.maximum.reduce(x, axis=dims, keepdims=True)
    return (low, high) if keepdim else (low.squeeze(dims), high.squeeze(dims))


_MEAN = Reduction(rule=lambda xp, x, y, *, n: xp.ratio(1, n))
_VAR = Reduction(rule=lambda xp, x, y, *, n, correction, dims: by_var(xp, x, n, correction, dims))
_STD = Reduction(rule=lambda xp, x, y, *, n, correction, dims: by_std(xp, x, y[0], n, correction, dims))


def _two(name: str, forward: Any, parts: tuple[Reduction, ...], call: str, tex: str) -> Operation:
    return Operation(
        name, forward, [Each(parts=parts)], complete=completed, cost=lambda x, **_: (x.size, 0),
        tex=lambda x, **_: formula.wrapped(tex, x), example=f"{MATRIX}{call}",
    )  # fmt: skip


_LOW = Reduction(rule=lambda xp, x, y, *, dims: xp.tied(x, y[0], dims=dims), selects=True)
_HIGH = Reduction(rule=lambda xp, x, y, *, dims: xp.tied(x, y[1], dims=dims), selects=True)
var_mean = _two(
    "var_mean", _with_mean(forwards.var), (_VAR, _MEAN), "o, mean = torch.var_mean(x, 1)", r"\operatorname{Var}(@1)"
)
std_mean = _two(
    "std_mean", _with_mean(forwards.std), (_STD, _MEAN), "o, mean = torch.std_mean(x, 1)", r"\operatorname{Std}(@1)"
)
nansum.example = "x = torch.tensor([1.0, float('nan'), 3.0], requires_grad=True)\no = torch.nansum(x)"
aminmax = _two("aminmax", _extremes, (_LOW, _HIGH), "o, high = torch.aminmax(x, dim=1)", r"\min_i @1, \max_i @1")


def _distance(a: Array, b: Array, *, p: float) -> Array:
    gap = np.asarray(a - b)
    return forwards.norm(gap, dims=tuple(range(gap.ndim)), p=p)


def _by_distance(sign: int) -> Any:
    """± the derivative of the norm of a − b."""

    def rule(xp: Any, g: Any, a: Any, b: Any, y: Any, *, p: float) -> Any:
        gap = a - b
        slope = norm_slope(xp, gap, y, tuple(range(len(gap.shape))), p)
        share = gap * 0 if slope is None else g * slope * sign
        return xp.sum_to(share, shape=tuple((a if sign > 0 else b).shape))

    return rule


_ALL = frozenset({("input", 0), ("input", 1), ("output", 0)})
dist = Operation(
    "dist", _distance, [Implicit(rule=_by_distance(1), saves=_ALL), Implicit(rule=_by_distance(-1), saves=_ALL)],
    promotes="same", tex=lambda a, b, p: formula.wrapped(r"\lVert @1 - @2 \rVert", a, b), shows=("p",),
    example="a = torch.tensor([1.0, 2.0], requires_grad=True)\nb = torch.tensor([3.0, 4.0], requires_grad=True)\n"
    "o = torch.dist(a, b)",
)  # fmt: skip


def _scales(xp: Any, x: Any, p: float, dims: Dims, maxnorm: float) -> tuple[Any, Any]:
    """(norm of each slice, what it is multiplied by): 1 up to `maxnorm`."""
    size = xp.norm(x, dims=dims, keepdim=True, p=p)
    return size, xp.where(size > maxnorm, maxnorm / (size + TINY), 1.0)


def _renormed(x: Array, *, p: float, dims: Dims, maxnorm: float) -> Array:
    return np.asarray(x * _scales(RAW, x, p, dims, maxnorm)[1], x.dtype)


def _by_renorm(xp: Any, g: Any, x: Any, y: Any, *, p: float, dims: Dims, maxnorm: float) -> Any:
    """g·s + (∂s/∂n · Σ g x) ∂n/∂x in the slices that are too long."""
    size, scale = _scales(xp, x, p, dims, maxnorm)
    bend = xp.where(size > maxnorm, -maxnorm / ((size + TINY) * (size + TINY)), 0.0)
    slope = norm_slope(xp, x, size, dims, p)
    along = xp.sum(g * x, dims=dims, keepdim=True) * bend
    return g * scale if slope is None else g * scale + along * slope


renorm = Operation(
    "renorm", _renormed, [Implicit(rule=_by_renorm, saves=frozenset({("input", 0)}))], shows=("p", "maxnorm"),
    example=f"{MATRIX}o = torch.renorm(x, 2, 0, 1.5)",
)  # fmt: skip


def _spread(operation: Operation) -> Any:
    def run(
        input: Tensor, dim: Dims | None = None, unbiased: bool = True, keepdim: bool = False,
        correction: float | None = None,
    ) -> Any:  # fmt: skip
        if not input.dtype.is_floating_point:
            raise TorchError("RuntimeError", f"{operation.name} only support floating point and complex dtypes")
        wanted = correction if correction is not None else int(unbiased)
        return over(operation, input, dim, keepdim, correction=wanted)

    return run


def _both(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Any:
    at = () if dim is None or not input.shape else (wrapped(dim, len(input.shape)),)
    if input.numel == 0 and dim is None:
        raise TorchError(
            "RuntimeError",
            "aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.",
        )
    every = tuple(range(len(input.shape))) if dim is None else at
    made = aminmax.apply((input,), {"dims": every, "keepdim": keepdim})
    return named("aminmax", ("min", "max"), made)


def _distant(input: Tensor, other: Tensor, p: Number = 2) -> Any:
    return dist.apply((input, other), {"p": float(p)})


def _limited(input: Tensor, p: Number, dim: int, maxnorm: Number) -> Any:
    if len(input.shape) < 2:
        raise TorchError(
            "RuntimeError", f"renorm: input needs at least 2 dimensions, got {len(input.shape)} dimensions"
        )
    at = wrapped(dim, len(input.shape))
    rest = tuple(d for d in range(len(input.shape)) if d != at)
    return renorm.apply((input,), {"p": float(p), "dims": rest, "maxnorm": float(maxnorm)})


def _sum_of_numbers(input: Tensor, dim: Dims | None = None, keepdim: bool = False, dtype: DType | None = None) -> Any:
    target = dtype or (int64 if not input.dtype.is_floating_point else input.dtype)
    return over(nansum, converted(input, target), dim, keepdim)


def _mean_of_numbers(input: Tensor, dim: Dims | None = None, keepdim: bool = False, dtype: DType | None = None) -> Any:
    """Their sum over their count."""
    if not (dtype or input.dtype).is_floating_point:
        raise TorchError(
            "RuntimeError",
            f"nanmean(): expected input to have floating point or complex dtype but got {input.dtype.title}",
        )
    source = converted(input, dtype) if dtype else input
    numbers = np.asarray(~np.isnan(source.array))
    dims = reduced(dim, len(source.shape))
    count = np.asarray(numbers.sum(axis=dims, keepdims=keepdim), source.array.dtype)
    return div.apply((over(nansum, source, dim, keepdim), Tensor.of(count)), {})


def _nonzero_count(x: Array, *, dims: Dims) -> Array:
    return np.asarray(np.count_nonzero(x, axis=dims), np.int64)


count_nonzero = Operation("count_nonzero", _nonzero_count, [], cost=lambda x, **_: (x.size, 0))
offer("var_mean", *((text, _spread(var_mean)) for text in SPREAD))
offer("std_mean", *((text, _spread(std_mean)) for text in SPREAD))
offer("aminmax", ("Tensor input, *, int? dim=None, bool keepdim=False", _both))
offer("dist", ("Tensor input, Tensor other, number p=2", _distant))
offer("renorm", ("Tensor input, number p, int dim, number maxnorm", _limited))
offer("nansum", ("Tensor input, ints? dim=None, bool keepdim=False, *, dtype? dtype=None", _sum_of_numbers))
offer(
    "nanmean",
    ("Tensor input, ints? dim=None, bool keepdim=False, *, dtype? dtype=None", _mean_of_numbers),
    operation="nansum",
)
offer(
    "count_nonzero",
    ("Tensor input, ints? dim=None", lambda input, dim: count_nonzero.apply((input,), {"dims": reduced(dim, len(input.shape))})),
)  # fmt: skip
