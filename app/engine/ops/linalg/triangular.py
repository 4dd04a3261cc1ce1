"""Triangular matrices: cholesky and what is solved with it, solve_triangular."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import Operation
from app.engine.ops.linalg.algebra import by_columns, inverse, low, mm, mt, up
from app.engine.ops.linalg.inverse import INPUT, OUTPUT, cubic, inverted
from app.engine.ops.stating import tex_of
from app.engine.relation.whole import Whole

P = "a = torch.tensor([[2.0, 0.5], [0.5, 1.0]], requires_grad=True)\n"
L = "a = torch.tensor([[2.0, 0.0], [0.5, 1.0]], requires_grad=True)\n"
RIGHT = "b = torch.tensor([[1.0], [2.0]], requires_grad=True)\n"


def _cholesky(a: Array, *, upper: bool = False, **_: Any) -> Array:
    """L of a = L Lᵀ, from the lower triangle alone (the upper one for `upper`, where R = Lᵀ is given)."""
    lower = np.tril(a.swapaxes(-1, -2) if upper else a)
    full = lower + np.tril(lower, -1).swapaxes(-1, -2)
    made = np.linalg.cholesky(full)
    return by_columns((made.swapaxes(-1, -2) if upper else made).astype(a.dtype))


def _cholesky_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, upper: bool) -> Any:
    """The symmetric part of L⁻ᵀ Φ(Lᵀ g) L⁻¹, Φ the lower triangle with half the diagonal."""
    factor = mt(xp, outputs[0]) if upper else outputs[0]
    inner = low(xp, mm(xp, mt(xp, factor), mt(xp, g) if upper else g))
    both = inner + mt(xp, low(xp, inner, -1))
    back = inverse(xp, factor)
    return mm(xp, mt(xp, back), both, back) * 0.5


def _cholesky_inverse(f: Array, *, upper: bool = False, **_: Any) -> Array:
    factor = np.triu(f).swapaxes(-1, -2) if upper else np.tril(f)
    back = inverted(factor)
    return by_columns((back.swapaxes(-1, -2) @ back).astype(f.dtype))


def _cholesky_inverse_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, upper: bool) -> Any:
    """−Y (g + gᵀ) Y L"""
    y, f = outputs[0], inputs[0]
    inner = mm(xp, y, g + mt(xp, g), y)
    return -mm(xp, f, inner) if upper else -mm(xp, inner, f)


def _cholesky_solve(b: Array, f: Array, *, upper: bool = False, **_: Any) -> Array:
    """(L Lᵀ)⁻¹ b"""
    factor = np.triu(f).swapaxes(-1, -2) if upper else np.tril(f)
    return by_columns((inverted(factor @ factor.swapaxes(-1, -2)) @ b).astype(b.dtype))


def _cholesky_solve_by_b(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, upper: bool, batch: int) -> Any:
    return xp.cholesky_solve(g, inputs[1], upper=upper, batch=batch)


def _cholesky_solve_by_f(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, upper: bool, batch: int) -> Any:
    """−(s + sᵀ) L with s = (a⁻¹ g) xᵀ"""
    s = mm(xp, xp.cholesky_solve(g, inputs[1], upper=upper, batch=batch), mt(xp, outputs[0]))
    both = s + mt(xp, s)
    return -mm(xp, inputs[1], both) if upper else -mm(xp, both, inputs[1])


def _triangle(a: Array, upper: bool, unitriangular: bool) -> Array:
    kept = np.triu(a) if upper else np.tril(a)
    if unitriangular:
        kept = kept * (1 - np.eye(a.shape[-1], dtype=a.dtype)) + np.eye(a.shape[-1], dtype=a.dtype)
    return np.asarray(kept)


def _solve_triangular(
    a: Array, b: Array, *, upper: bool, left: bool = True, unitriangular: bool = False, **_: Any
) -> Array:
    """T x = b, or x T = b, T the triangle of a. A 0 on the diagonal gives inf, as substitution does."""
    t = _triangle(a, upper, unitriangular)
    if not left:
        made = _substituted(t.swapaxes(-1, -2), b.swapaxes(-1, -2), not upper).swapaxes(-1, -2)
        return np.ascontiguousarray(made).astype(b.dtype)
    return by_columns(_substituted(t, b, upper).astype(b.dtype))


def _substituted(t: Array, b: Array, upper: bool) -> Array:
    """Substitution, one unknown after the other."""
    n = t.shape[-1]
    shape = (*np.broadcast_shapes(t.shape[:-2], b.shape[:-2]), n, b.shape[-1])
    x = np.zeros(shape, t.dtype)
    b = np.broadcast_to(b, shape)
    for i in range(n - 1, -1, -1) if upper else range(n):
        rest = b[..., i, :] - (t[..., i, None, :] @ x)[..., 0, :]
        x[..., i, :] = rest / t[..., i, i, None]
    return x


def _triangular_by_b(
    xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, upper: bool, left: bool, unitriangular: bool, batch: int
) -> Any:
    """T⁻ᵀ g"""
    params = {"upper": not upper, "left": left, "unitriangular": unitriangular, "batch": batch}
    return xp.linalg_solve_triangular(mt(xp, inputs[0]), g, **params)


def _triangular_by_a(
    xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, upper: bool, left: bool, unitriangular: bool, batch: int
) -> Any:
    """The triangle of −(T⁻ᵀ g) xᵀ"""
    params: Any = {"upper": upper, "left": left, "unitriangular": unitriangular, "batch": batch}
    by_b, x = _triangular_by_b(xp, g, inputs, outputs, j, **params), outputs[0]
    whole = -mm(xp, by_b, mt(xp, x)) if left else -mm(xp, mt(xp, x), by_b)
    return up(xp, whole, int(unitriangular)) if upper else low(xp, whole, -int(unitriangular))


def _cost(*arrays: Array, **_: Any) -> tuple[int, int]:
    """Substitution goes one row after the other."""
    made, flops = cubic(*arrays)
    return made, flops + 4096 * arrays[0].shape[-1]


# fmt: off
cholesky         = Operation("linalg_cholesky",         _cholesky,         [Whole(rule=_cholesky_vjp, saves=OUTPUT)],         grad_fn=lambda call: call.params.get("named", "LinalgCholeskyExBackward0"), cost=cubic, tex=tex_of(r"\operatorname{chol} @1"), shows=("upper",), example=f"{P}o = torch.linalg.cholesky(a)\n")
cholesky_inverse = Operation("cholesky_inverse",        _cholesky_inverse, [Whole(rule=_cholesky_inverse_vjp, saves=INPUT | OUTPUT)], cost=cubic, tex=tex_of(r"(@1\,@1^{\mathsf T})^{-1}"), shows=("upper",), example=f"{L}o = torch.cholesky_inverse(a)\n")
cholesky_solve   = Operation("cholesky_solve",          _cholesky_solve,   [Whole(rule=_cholesky_solve_by_b, saves=frozenset({("input", 1)})), Whole(rule=_cholesky_solve_by_f, saves=frozenset({("input", 1), ("output", 0)}))], cost=cubic, tex=tex_of(r"(@2\,@2^{\mathsf T})^{-1} @1"), shows=("upper",), example=f"{L}{RIGHT}o = torch.cholesky_solve(b, a)\n")
solve_triangular = Operation("linalg_solve_triangular", _solve_triangular, [Whole(rule=_triangular_by_a, saves=INPUT | OUTPUT), Whole(rule=_triangular_by_b, saves=INPUT)], grad_fn=lambda call: call.params.get("named", "LinalgSolveTriangularBackward0"), cost=_cost, tex=tex_of(r"@1^{-1} @2"), shows=("upper", "left", "unitriangular"), example=f"{L}{RIGHT}o = torch.linalg.solve_triangular(a, b, upper=False)\n")
# fmt: on
cholesky.name, solve_triangular.name = "cholesky", "solve_triangular"
