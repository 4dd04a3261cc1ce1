"""Blocks along one dim: softmax, log_softmax, cumsum, cumprod."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.dtypes import DType, int64, of
from app.engine.kernels.registers import register_sum
from app.engine.kernels.wide import EXP, LOG
from app.engine.kinds import not_implemented
from app.engine.operation import Operation
from app.engine.ops.convert import converted
from app.engine.ops.dims import wrapped
from app.engine.ops.internal import prefix_products
from app.engine.ops.stating import tex_of
from app.engine.registry import offer
from app.engine.relation.block import Block, Running
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write


def _shifted_exp(x: Array, dim: int, name: str) -> tuple[Array, Array]:
    """(x − max, e^(x − max)): no overflow. PyTorch has one kernel for the last dim and one for the others."""
    if x.dtype.kind != "f":
        last = "_lastdim" if dim >= x.ndim - 1 else ""
        raise not_implemented(f"{name}{last}_kernel_impl", of(x))
    x = np.asarray(x, order="C")
    down = x - np.maximum.reduce(x, axis=dim, keepdims=True, initial=-np.inf) if x.ndim else x - x
    return down, EXP(down)


def _softmax(x: Array, *, dim: int) -> Array:
    """PyTorch multiplies by the reciprocal of the sum along the last dim, and divides along another one."""
    _, e = _shifted_exp(x, dim, "softmax")
    if not x.ndim:
        return e / e
    added = register_sum(e, dim)
    return np.asarray(e * (1 / added) if dim == x.ndim - 1 else e / added, x.dtype)


def _log_softmax(x: Array, *, dim: int) -> Array:
    down, e = _shifted_exp(x, dim, "log_softmax")
    return np.asarray(down - LOG(register_sum(e, dim) if x.ndim else e), x.dtype)


def _cumulative(function: np.ufunc) -> Any:
    """Running in float64, as PyTorch's accumulators do."""

    def forward(x: Array, *, dim: int) -> Array:
        wide = np.float64 if x.dtype.kind == "f" else None
        return np.ascontiguousarray(function.accumulate(x, axis=dim, dtype=wide), x.dtype) if x.ndim else x

    return forward


def _ones(lanes: Array) -> Array:
    """W[…, j, i] = 1."""
    n = lanes.shape[-1]
    return np.broadcast_to(np.ones((), lanes.dtype), (*lanes.shape, n))


def _products(lanes: Array) -> Array:
    """W[…, j, i] = Π_{k ≤ j, k ≠ i} x_k by rows, without a division: row j is row j − 1 times x_j."""
    n = lanes.shape[-1]
    wide = lanes.astype(np.float64)
    weights = np.zeros((*lanes.shape, n))
    before = np.ones(lanes.shape[:-1])
    for j in range(n):
        if j:
            weights[..., j, :j] = weights[..., j - 1, :j] * wide[..., j, None]
        weights[..., j, j] = before
        before = before * wide[..., j]
    return weights


def _summed_back(xp: Any, g: Any, x: Any, y: Any, dim: int) -> Any:
    """The scores of this output and all later ones, added up."""
    return xp.flip(xp.cumsum(xp.flip(g, dims=(dim,)), dim=dim), dims=(dim,)) if tuple(g.shape) else g


def _recurred(xp: Any, g: Any, x: Any, y: Any, dim: int) -> Any:
    """(Π before i) · s_i with s_i = g_i + x_{i+1}·s_{i+1}: exact with any number of zeros."""
    return prefix_products(xp, x, dim) * xp.recur(g, x, dim=dim, reverse=True) if tuple(x.shape) else g


def _recurred_cost(x: Array, *, dim: int) -> tuple[int, int]:
    """Its derivative goes along the dim place by place."""
    return x.size, PLACE * (x.shape[dim] if x.ndim else 1)


PLACE = 20_000  # multiply-adds for each place
_X_AND_Y = frozenset({("input", 0), ("output", 0)})
_OTHERS = r"\prod_{k \le j,\, k \ne i} x_k"

# fmt: off
#                        name           forward                   local derivative                                                        LaTeX
softmax     = Operation("softmax",     _softmax,                 [Block(rule=lambda xp, x, y: (y, [(1, y)]))],                           tex=tex_of(r"\frac{e^{@1}}{\sum_k e^{@1}}"))
log_softmax = Operation("log_softmax", _log_softmax,             [Block(rule=lambda xp, x, y: (1, [(1, xp.exp(y))]))],                   tex=tex_of(r"@1 - \ln \sum_k e^{@1}"))
cumsum      = Operation("cumsum",      _cumulative(np.add),      [Running(rule=_summed_back, weights=_ones, tex="1")],                   tex=tex_of(r"\sum_{k \le j} @1"))
cumprod     = Operation("cumprod",     _cumulative(np.multiply), [Running(rule=_recurred, weights=_products, tex=_OTHERS, saves=_X_AND_Y)], tex=tex_of(r"\prod_{k \le j} @1"), cost=_recurred_cost)
# fmt: on


def _run(operation: Operation, integers: DType | None) -> Any:
    def run(input: Tensor, dim: int, dtype: DType | None = None) -> Any:
        target = dtype or (integers if not input.dtype.is_floating_point else None)
        source = converted(input, target) if target is not None else input
        return operation.apply((source,), {"dim": wrapped(dim, len(input.shape))})

    return run


def _functional(operation: Operation) -> Any:
    """F.softmax without a dim guesses one, as PyTorch still does."""

    def run(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None) -> Any:
        guessed = guessed_dim(operation.name, len(input.shape)) if dim is None else dim
        return _run(operation, None)(input, guessed, dtype)

    return run


def guessed_dim(name: str, rank: int) -> int:
    """The dim that PyTorch takes where none is given, with its warning."""
    message = (
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include dim=X as an argument."
    )
    current().notice("softmax-dim", message=message)
    return 0 if rank in (0, 1, 3) else 1


def _cumulated_(operation: Operation) -> Any:
    return lambda input, dim: write(input, operation, (), {"dim": wrapped(dim, len(input.shape))})


# fmt: off
LANE    = "Tensor input, int dim, dtype? dtype=None"
GUESS   = "def Tensor input, int? dim=None, int _stacklevel=3, dtype? dtype=None"
RUNNING = "Tensor input, int dim, *, dtype? dtype=None"
offer("softmax torch.special.softmax",         (LANE, _run(softmax, None)))
offer("log_softmax torch.special.log_softmax",     (LANE, _run(log_softmax, None)))
offer("F.softmax",       (GUESS, _functional(softmax)))
offer("F.log_softmax",   (GUESS, _functional(log_softmax)))
offer("cumsum",          (RUNNING, _run(cumsum, int64)))
offer("cumprod",         (RUNNING, _run(cumprod, int64)))
offer("Tensor.cumsum_",  ("Tensor input, int dim", _cumulated_(cumsum)))
offer("Tensor.cumprod_", ("Tensor input, int dim", _cumulated_(cumprod)))
# fmt: on
