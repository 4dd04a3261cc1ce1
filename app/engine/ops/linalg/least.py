"""pinv, lstsq, matrix_exp."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import Operation
from app.engine.ops.linalg.algebra import by_columns, mm, mt, row
from app.engine.ops.linalg.inverse import INPUT, OUTPUT, A, cubic
from app.engine.ops.stating import tex_of
from app.engine.relation.whole import Whole

SMALL = "a = torch.tensor([[0.1, 0.4], [-0.3, 0.2]], requires_grad=True)\n"
RIGHT = "b = torch.tensor([[1.0], [2.0]], requires_grad=True)\n"


def _pinv(a: Array, *, atol: Any = 0.0, rtol: Any = None, hermitian: bool = False, **_: Any) -> Array:
    """Singular values of at most max(atol, rtol · the largest) count as 0."""
    if not a.size:
        return np.zeros((*a.shape[:-2], a.shape[-1], a.shape[-2]), a.dtype)
    if hermitian:  # by the lower triangle alone
        values, u = np.linalg.eigh(a)
        s, vh = np.abs(values), np.sign(values)[..., None] * u.swapaxes(-1, -2)
    else:
        u, s, vh = np.linalg.svd(a, full_matrices=False)
    usual = max(a.shape[-2:]) * np.finfo(a.dtype).eps * (np.asarray(atol) == 0)
    least = np.maximum(atol, (usual if rtol is None else rtol) * s.max(-1, keepdims=True))
    inverted = np.where(s > least, 1 / np.where(s > least, s, 1), 0)
    return np.ascontiguousarray((vh.swapaxes(-1, -2) * inverted[..., None, :]) @ u.swapaxes(-1, -2)).astype(a.dtype)


def by_pinv(xp: Any, g: Any, a: Any, y: Any) -> Any:
    """−Yᵀ g Yᵀ + (1 − aY) gᵀ Y Yᵀ + Yᵀ Y gᵀ (1 − Ya)"""
    turned, back = mt(xp, y), mt(xp, g)
    first = mm(xp, back, y, turned)
    second = mm(xp, turned, y, back)
    total = first - mm(xp, a, mm(xp, y, first)) + second - mm(xp, mm(xp, second, y), a)
    return total - mm(xp, turned, g, turned)


def _pinv_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    return by_pinv(xp, g, inputs[0], outputs[0])


def _lstsq(a: Array, b: Array, *, told: bool = False, **_: Any) -> tuple[Array, Array]:
    """a⁺ b, and Σ (a x − b)² per column where it is asked for."""
    x = by_columns((_pinv(a) @ b).astype(a.dtype))
    residuals = np.square(a @ x - b).sum(-2) if told else np.zeros(0)
    return x, np.asarray(residuals).astype(a.dtype)


def _gap(xp: Any, g: Any, inputs: Any, outputs: Any) -> Any:
    """2 g (a x − b): what is left is at right angles to a, so x need not follow."""
    a, b = inputs
    return (mm(xp, a, outputs[0]) - b) * row(xp, g) * 2


def _lstsq_by_a(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, told: bool) -> Any:
    a, b = inputs
    if j == 1:
        return mm(xp, _gap(xp, g, inputs, outputs), mt(xp, outputs[0])) if told else a * 0
    y = xp.linalg_pinv(a, batch=len(a.shape) - 2)
    return by_pinv(xp, mm(xp, g, mt(xp, b)), a, y)


def _lstsq_by_b(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, told: bool) -> Any:
    a, b = inputs
    if j == 1:
        return -_gap(xp, g, inputs, outputs) if told else b * 0
    return mm(xp, mt(xp, xp.linalg_pinv(a, batch=len(a.shape) - 2)), g)


def _exp(a: Array, **_: Any) -> Array:
    """Scaling and squaring around a Taylor sum of 24 terms: exact to the last bits where the norm is below 1/2."""
    wide = a.astype(np.float64)
    norm = float(np.abs(wide).sum(-1).max()) if a.size else 0.0
    if not math.isfinite(norm):
        return np.full(a.shape, np.nan, a.dtype)
    squarings = max(0, math.ceil(math.log2(norm)) + 1) if norm > 0.5 else 0
    scaled = wide / 2.0**squarings
    term = total = np.broadcast_to(np.eye(a.shape[-1]), a.shape).copy()
    for n in range(1, 25):
        term = term @ scaled / n
        total = total + term
    for _n in range(squarings):
        total = total @ total
    return np.asarray(total).astype(a.dtype)


def _exp_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    """The upper right block of exp([[aᵀ, g], [0, aᵀ]])."""
    (a,) = inputs
    rank, n = len(a.shape), a.shape[-1]
    turned = mt(xp, a)
    above = xp.cat(turned, g, dim=rank - 1)
    below = xp.cat(turned * 0, turned, dim=rank - 1)
    block = xp.matrix_exp(xp.cat(above, below, dim=rank - 2), batch=rank - 2)
    rows = xp.narrow(block, dim=rank - 2, start=0, length=n)
    return xp.narrow(rows, dim=rank - 1, start=n, length=n)


def _exp_cost(a: Array, **_: Any) -> tuple[int, int]:
    made, flops = cubic(a)
    return made, 4 * flops


# fmt: off
pinv       = Operation("linalg_pinv",  _pinv,  [Whole(rule=_pinv_vjp, saves=INPUT | OUTPUT)], grad_fn="LinalgPinvBackward0", cost=cubic, tex=tex_of(r"@1^{+}"), example=f"{A}o = torch.linalg.pinv(a)\n")
lstsq      = Operation("linalg_lstsq", _lstsq, [Whole(rule=_lstsq_by_a, saves=frozenset({("input", 0), ("input", 1)})), Whole(rule=_lstsq_by_b, saves=INPUT)], grad_fn="LinalgLstsqBackward0", cost=cubic, tex=tex_of(r"@1^{+} @2"), example=f"{A}{RIGHT}o = torch.linalg.lstsq(a, b).solution\n")
matrix_exp = Operation("matrix_exp",   _exp,   [Whole(rule=_exp_vjp, saves=INPUT)], grad_fn="LinalgMatrixExpBackward0", cost=_exp_cost, tex=tex_of(r"e^{@1}"), example=f"{SMALL}o = torch.matrix_exp(a)\n")
# fmt: on
pinv.name, lstsq.name = "pinv", "lstsq"
