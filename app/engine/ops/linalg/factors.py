"""qr, svd, eigh: matrices taken apart, with the vjp of each part."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.linalg.algebra import by_columns, column, eye, inverse, low, mm, mt, off_diagonal, row
from app.engine.ops.linalg.inverse import INPUT, A, cubic
from app.engine.ops.stating import tex_of
from app.engine.relation.whole import Whole

BOTH = frozenset({("output", 0), ("output", 1)})
ALL = frozenset({("output", 0), ("output", 1), ("output", 2)})
S = "a = torch.tensor([[2.0, 0.5], [0.5, 1.0]], requires_grad=True)\n"


def _qr(a: Array, *, mode: Any = "reduced", **_: Any) -> tuple[Array, Array]:
    if mode == "r":
        return np.zeros((0,), a.dtype), np.asarray(np.linalg.qr(a, "r")).astype(a.dtype)
    q, r = np.linalg.qr(a, mode)
    return by_columns(q.astype(a.dtype)), by_columns(r.astype(a.dtype))


def _qr_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, mode: str) -> Any:
    """(g_Q + Q·sym(tril(R g_Rᵀ − g_Qᵀ Q))) R⁻ᵀ; of a wide matrix the left square part, the rest by Q."""
    (a,), (q, r) = inputs, outputs
    if mode == "r":
        raise _refused(
            "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use "
            "linalg.qr(A, mode='reduced') if you are going to require gradients."
        )
    m, n = a.shape[-2:]
    if mode == "complete" and m > n:
        raise _refused("The QR decomposition is not differentiable when mode='complete' and nrows > ncols.")
    if m >= n:
        return _tall(xp, q, r, g if j == 0 else None, g if j == 1 else None)
    left, right = _columns(xp, r, 0, m), _columns(xp, a, m, n)
    if j == 0:
        own = _tall(xp, q, left, g, None)
        return xp.cat(own, right * 0, dim=len(a.shape) - 1)
    beside = _columns(xp, g, m, n)
    own = _tall(xp, q, left, mm(xp, right, mt(xp, beside)), _columns(xp, g, 0, m))
    return xp.cat(own, mm(xp, q, beside), dim=len(a.shape) - 1)


def _refused(message: str) -> TorchError:
    return TorchError("RuntimeError", message)


def _columns(xp: Any, a: Any, start: int, stop: int) -> Any:
    return xp.narrow(a, dim=len(a.shape) - 1, start=start, length=stop - start)


def _tall(xp: Any, q: Any, r: Any, gq: Any, gr: Any) -> Any:
    parts = []
    if gr is not None:
        parts.append(mm(xp, r, mt(xp, gr)))
    if gq is not None:
        parts.append(-mm(xp, mt(xp, gq), q))
    m = parts[0] if len(parts) == 1 else parts[0] + parts[1]
    both = low(xp, m) + mt(xp, low(xp, m, -1))
    total = mm(xp, q, both)
    total = total if gq is None else gq + total
    return mm(xp, total, mt(xp, inverse(xp, r)))


def _svd(a: Array, *, full: bool = False, **_: Any) -> tuple[Array, Array, Array]:
    u, s, vh = np.linalg.svd(a, full_matrices=full)
    return tuple(np.ascontiguousarray(x).astype(a.dtype) for x in (u, s, vh))  # type: ignore[return-value]


def _svd_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, full: bool) -> Any:
    """U [(skew(UᵀgU)/E) S + S (skew(VᵀgV)/E) + diag gS] Vᵀ and what lies outside the spans; E_ij = s_j² − s_i²."""
    (a,), (u, s, vh) = inputs, outputs
    k = min(a.shape[-2:])
    u = u if u.shape[-1] == k else xp.narrow(u, dim=len(u.shape) - 1, start=0, length=k)
    vh = vh if vh.shape[-2] == k else xp.narrow(vh, dim=len(vh.shape) - 2, start=0, length=k)
    if j == 1:
        return mm(xp, u * row(xp, g), vh)
    if j == 0:
        g = g if g.shape[-1] == k else xp.narrow(g, dim=len(g.shape) - 1, start=0, length=k)
        return _from_u(xp, g, u, s, vh)
    g = g if g.shape[-2] == k else xp.narrow(g, dim=len(g.shape) - 2, start=0, length=k)
    return mt(xp, _from_u(xp, mt(xp, g), mt(xp, vh), s, mt(xp, u)))


def _from_u(xp: Any, g: Any, u: Any, s: Any, vh: Any) -> Any:
    """The share of U; that of V is the same for the transposed matrix."""
    squares = s * s
    gaps = off_diagonal(xp, row(xp, squares) - column(xp, squares)) + eye(xp, s, s.shape[-1])
    inner = mm(xp, mt(xp, u), g)
    skew = off_diagonal(xp, inner - mt(xp, inner)) / gaps
    total = mm(xp, u, skew * row(xp, s))
    if u.shape[-2] > u.shape[-1]:
        outside = g - mm(xp, u, inner)
        total = total + outside / row(xp, s)
    return mm(xp, total, vh)


def _svdvals(a: Array, **_: Any) -> Array:
    return np.asarray(np.linalg.svd(a, compute_uv=False)).astype(a.dtype)


def _svdvals_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    """U diag(g) Vᵀ"""
    (a,) = inputs
    u, _, vh = xp.linalg_svd(a, full=False, batch=len(a.shape) - 2)
    return mm(xp, u * row(xp, g), vh)


def _eigh(a: Array, *, uplo: str = "L", **_: Any) -> tuple[Array, Array]:
    values, vectors = np.linalg.eigh(a, "U" if uplo == "U" else "L")
    return np.asarray(values).astype(a.dtype), np.ascontiguousarray(vectors).astype(a.dtype)


def _eigh_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    """V diag(g) Vᵀ for the values; V (skew(Vᵀ g) / 2E) Vᵀ for the vectors, E_ij = λ_j − λ_i."""
    values, v = outputs
    if j == 0:
        return mm(xp, v * row(xp, g), mt(xp, v))
    gaps = off_diagonal(xp, row(xp, values) - column(xp, values)) + eye(xp, values, values.shape[-1])
    turned = mm(xp, mt(xp, v), g)
    inner = off_diagonal(xp, turned - mt(xp, turned)) * 0.5 / gaps
    return mm(xp, v, inner, mt(xp, v))


def _eigvalsh(a: Array, *, uplo: str = "L", **_: Any) -> Array:
    return np.asarray(np.linalg.eigvalsh(a, "U" if uplo == "U" else "L")).astype(a.dtype)


def _eigvalsh_vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int, *, uplo: str) -> Any:
    (a,) = inputs
    _, v = xp.linalg_eigh(a, uplo=uplo, batch=len(a.shape) - 2)
    return mm(xp, v * row(xp, g), mt(xp, v))


# fmt: off
qr       = Operation("linalg_qr",       _qr,       [Whole(rule=_qr_vjp, saves=BOTH)],        grad_fn="LinalgQrBackward0",   cost=cubic, tex=tex_of(r"\operatorname{QR} @1"), shows=("mode",), example="a = torch.tensor([[2.0, 1.0], [2.0, 3.0]], requires_grad=True)\no, r = torch.linalg.qr(a)\n")
svd      = Operation("linalg_svd",      _svd,      [Whole(rule=_svd_vjp, saves=ALL)],        grad_fn="LinalgSvdBackward0",  cost=cubic, tex=tex_of(r"U S V^{\mathsf T} = @1"), example=f"{A}o, s, v = torch.linalg.svd(a)\n")
svdvals  = Operation("linalg_svdvals",  _svdvals,  [Whole(rule=_svdvals_vjp, saves=INPUT)],  grad_fn="LinalgSvdBackward0",  cost=cubic, tex=tex_of(r"\sigma(@1)"), example=f"{A}o = torch.linalg.svdvals(a)\n")
eigh     = Operation("linalg_eigh",     _eigh,     [Whole(rule=_eigh_vjp, saves=BOTH)],      grad_fn="LinalgEighBackward0", cost=cubic, tex=tex_of(r"V \Lambda V^{\mathsf T} = @1"), example=f"{S}o, v = torch.linalg.eigh(a)\n")
eigvalsh = Operation("linalg_eigvalsh", _eigvalsh, [Whole(rule=_eigvalsh_vjp, saves=INPUT)], grad_fn="LinalgEighBackward0", cost=cubic, tex=tex_of(r"\lambda(@1)"), example=f"{S}o = torch.linalg.eigvalsh(a)\n")
# fmt: on
for _operation in (qr, svd, svdvals, eigh, eigvalsh):
    _operation.name = _operation.name.removeprefix("linalg_")
