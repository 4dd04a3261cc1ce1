"""inv, det, slogdet, logdet, solve: forwards by numpy, vjps as matrix formulas."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import Operation
from app.engine.ops.linalg.algebra import by_columns, inverse, mm, mt, scalar
from app.engine.ops.stating import tex_of
from app.engine.relation.whole import Whole

A = "a = torch.tensor([[2.0, 1.0], [0.5, 3.0]], requires_grad=True)\n"
B = "b = torch.tensor([1.0, 2.0], requires_grad=True)\n"
INPUT = frozenset({("input", 0)})
OUTPUT = frozenset({("output", 0)})


EACH = 10_000  # multiply-adds to begin with one matrix of a batch


def cubic(*arrays: Array, **_: Any) -> tuple[int, int]:
    """As many numbers as the operands have; the price of a factorisation for each, and then some."""
    n = max((max(a.shape[-2:]) if a.ndim > 1 else a.size for a in arrays), default=1)
    size = sum(a.size for a in arrays)
    return size + n * n, 20 * size * max(n, 1) + EACH * (size // max(n * n, 1))


def inverted(a: Array, **_: Any) -> Array:
    """nan where a matrix has no inverse; the call itself has refused such matrices before."""
    try:
        return by_columns(np.linalg.inv(a).astype(a.dtype))
    except np.linalg.LinAlgError:
        whole = [_one(m) for m in a.reshape(-1, *a.shape[-2:])]
        return np.stack(whole).reshape(a.shape).astype(a.dtype)


def _one(m: Array) -> Array:
    try:
        return np.asarray(np.linalg.inv(m))
    except np.linalg.LinAlgError:
        return np.full(m.shape, math.inf)


def _inv_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    """−Yᵀ g Yᵀ"""
    y = mt(xp, outputs[0])
    return -mm(xp, y, g, y)


def _det(a: Array, **_: Any) -> Array:
    return np.asarray(np.linalg.det(a)).astype(a.dtype)


def _cofactor(a: Array, **_: Any) -> Array:
    """∂det/∂a, also where det is 0: det(U)·det(V)·U diag(Π of the other singular values) Vᵀ."""
    if not np.isfinite(a).all():
        return np.full(a.shape, np.nan, a.dtype)
    u, s, vh = np.linalg.svd(a.astype(np.float64))
    n = a.shape[-1]
    others = np.ones(s.shape)
    for i in range(n):
        others[..., i] = np.prod(np.delete(s, i, -1), -1)
    sign = (np.linalg.det(u) * np.linalg.det(vh))[..., None, None]
    return np.asarray(sign * ((u * others[..., None, :]) @ vh)).astype(a.dtype)


def _det_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    """g · the cofactors, which are det · a⁻ᵀ."""
    (a,) = inputs
    return scalar(xp, g) * xp.cofactor(a, batch=len(a.shape) - 2)


def _cofactor_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    """c = d·Y with Y = a⁻ᵀ: d·(⟨g, Y⟩ Y − Y gᵀ Y)."""
    (a,) = inputs
    y = mt(xp, inverse(xp, a))
    rank = len(a.shape)
    inner = xp.sum(g * y, dims=(rank - 2, rank - 1), keepdim=True)
    det = scalar(xp, xp.linalg_det(a, batch=rank - 2))
    return det * (inner * y - mm(xp, y, mt(xp, g), y))


def _slogdet(a: Array, **_: Any) -> tuple[Array, Array]:
    sign, log = np.linalg.slogdet(a)
    return np.asarray(sign).astype(a.dtype), np.asarray(log).astype(a.dtype)


def _slogdet_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    """g · a⁻ᵀ for the logarithm; the sign is flat."""
    (a,) = inputs
    return a * 0 if j == 0 else scalar(xp, g) * mt(xp, inverse(xp, a))


def _logdet(a: Array, **_: Any) -> Array:
    sign, log = np.linalg.slogdet(a)
    return np.asarray(np.where(sign < 0, np.nan, log)).astype(a.dtype)


def _logdet_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    return scalar(xp, g) * mt(xp, inverse(xp, inputs[0]))


def _as_matrix(b: Array, vector: bool) -> Array:
    return b[..., None] if vector else b


def _solve(a: Array, b: Array, *, left: bool = True, blocks: tuple[int, int] = (2, 2), **_: Any) -> Array:
    """a x = b, or x a = b; b is a vector where its block has one dim."""
    right = _as_matrix(b, blocks[1] == 1)
    first, second = (a, right) if left else (a.swapaxes(-1, -2), right.swapaxes(-1, -2))
    try:
        made = np.linalg.solve(first, second)
    except np.linalg.LinAlgError:
        made = inverted(first) @ second
    made = made if left else made.swapaxes(-1, -2)
    if blocks[1] == 1 or not left:
        return np.ascontiguousarray(made[..., 0] if blocks[1] == 1 else made).astype(a.dtype)
    return by_columns(made.astype(a.dtype))


def _solve_by_b(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, left: bool, blocks: Any, batch: int) -> Any:
    """a⁻ᵀ g"""
    return xp.linalg_solve(mt(xp, inputs[0]), g, left=left, blocks=blocks, batch=batch)


def _solve_by_a(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, left: bool, blocks: Any, batch: int) -> Any:
    """−(a⁻ᵀ g) xᵀ, or −xᵀ (g a⁻ᵀ)"""
    by_b, x = _solve_by_b(xp, g, inputs, outputs, j, left=left, blocks=blocks, batch=batch), outputs[0]
    if blocks[1] == 1:
        by_b, x = (xp.unsqueeze(v, dim=len(v.shape)) for v in (by_b, x))
    return -mm(xp, by_b, mt(xp, x)) if left else -mm(xp, mt(xp, x), by_b)


# fmt: off
inv      = Operation("linalg_inv",     inverted,      [Whole(rule=_inv_vjp, saves=OUTPUT)],     grad_fn="LinalgInvExBackward0",   cost=cubic, tex=tex_of(r"@1^{-1}"),                example=f"{A}o = torch.linalg.inv(a)\n")
det      = Operation("linalg_det",     _det,      [Whole(rule=_det_vjp, saves=INPUT)],      grad_fn="LinalgDetBackward0",     cost=cubic, tex=tex_of(r"\det @1"),                example=f"{A}o = torch.linalg.det(a)\n")
cofactor = Operation("cofactor",       _cofactor, [Whole(rule=_cofactor_vjp, saves=INPUT)], grad_fn="MulBackward0",           cost=cubic, tex=tex_of(r"\operatorname{cof} @1"))
slogdet  = Operation("linalg_slogdet", _slogdet,  [Whole(rule=_slogdet_vjp, saves=INPUT)],  grad_fn="LinalgSlogdetBackward0", cost=cubic, tex=tex_of(r"\ln \lvert \det @1 \rvert"), example=f"{A}sign, o = torch.linalg.slogdet(a)\n")
logdet   = Operation("logdet",         _logdet,   [Whole(rule=_logdet_vjp, saves=INPUT)],   grad_fn="WhereBackward0",         cost=cubic, tex=tex_of(r"\ln \det @1"),            example=f"{A}o = torch.logdet(a)\n")
solve    = Operation("linalg_solve",   _solve,    [Whole(rule=_solve_by_a, saves=INPUT | OUTPUT), Whole(rule=_solve_by_b, saves=INPUT)], grad_fn="LinalgSolveExBackward0", cost=cubic, tex=tex_of(r"@1^{-1} @2"), shows=("left",), example=f"{A}{B}o = torch.linalg.solve(a, b)\n")
# fmt: on
for _operation, _title in ((inv, "inv"), (det, "det"), (slogdet, "slogdet"), (solve, "solve")):
    _operation.name = _title
