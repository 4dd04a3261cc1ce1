"""Matrices solved, inverted and taken apart; diagonals. Expectations by numpy, or by what a factorisation must give."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from tests.engine.rows.row import Call, Row, a, r, raw, t


def w(*shape: int, seed: int = 1) -> Array:
    """A matrix that is far from singular, its singular values far from each other."""
    m, n = shape[-2:]
    return np.asarray(0.3 * r(*shape, seed=seed) + (2 + min(m, n)) * np.eye(m, n))


def lin(name: str, *more: Any, **params: Any) -> Call:
    """A function of torch.linalg with these arguments behind its operands."""
    return lambda *operands: tuple_of(getattr(t, f"linalg.{name}")(*operands, *more, **params))


def tuple_of(made: Any) -> Any:
    return tuple(made) if isinstance(made, tuple) else made


def symmetric(function: Call) -> Call:
    """Of x + xᵀ and something on the diagonal."""
    return lambda x: function(t.add(t.add(x, t.transpose(x, -2, -1)), t.mul(t.eye(x.shape[-1], dtype=t.float64), 8)))


def raised(x: Array) -> Array:
    made: Array = x + x.swapaxes(-1, -2) + 8 * np.eye(x.shape[-1])
    return made


def low(x: Array) -> Array:
    return np.tril(w(*x.shape))


def exponential(x: Array) -> Array:
    """By the eigenvectors."""
    values, vectors = np.linalg.eig(x)
    made: Array = np.real((vectors * np.exp(values)[..., None, :]) @ np.linalg.inv(vectors))
    return made


def lu(x: Array) -> tuple[Array, Array]:
    """Doolittle's elimination of a matrix that needs no row swapped."""
    made = x.copy()
    for i in range(min(x.shape)):
        made[i + 1 :, i] /= made[i, i]
        made[i + 1 :, i + 1 :] -= np.outer(made[i + 1 :, i], made[i, i + 1 :])
    return made, np.arange(1, min(x.shape) + 1)


TRIANGLE = np.array([[2.0, 0.3, -0.4], [0.5, 1.5, 0.7], [-0.6, 0.2, 3.0]])
PAIR = np.array([[2.0, 0.5], [0.5, 1.0]])
FACTOR = np.linalg.cholesky(PAIR)

# fmt: off
ROWS = [
    Row("linalg_inv", t.inverse, (w(3, 3),), np.linalg.inv),
    Row("linalg_inv", lin("inv"), (w(2, 2, 2),), np.linalg.inv),
    Row("linalg_det", t.det, (w(3, 3),), np.linalg.det),
    Row("linalg_det", lin("det"), (w(2, 2, 2),), np.linalg.det),
    Row("linalg_det", t.det, (a([1, 2], [2, 4]),), lambda x: np.zeros(()), smooth=False),
    Row("cofactor", raw("cofactor", batch=0), (w(3, 3),), lambda x: np.linalg.det(x) * np.linalg.inv(x).T),
    Row("linalg_slogdet", lin("slogdet"), (w(3, 3),), lambda x: tuple(np.linalg.slogdet(x))),
    Row("logdet", t.logdet, (w(2, 3, 3),), lambda x: np.log(np.linalg.det(x))),
    Row("linalg_solve", lin("solve"), (w(3, 3), r(3, 2)), np.linalg.solve),
    Row("linalg_solve", lin("solve"), (w(3, 3), r(3)), lambda x, y: np.linalg.solve(x, y[:, None])[:, 0]),
    Row("linalg_solve", lin("solve"), (w(2, 2), r(3, 2, 1)), np.linalg.solve),
    Row("linalg_solve", lin("solve", left=False), (w(2, 2), r(3, 2)), lambda x, y: y @ np.linalg.inv(x)),
    Row("linalg_cholesky", symmetric(lin("cholesky")), (r(3, 3),), lambda x: np.linalg.cholesky(raised(x)), alone=False),
    Row("linalg_cholesky", symmetric(lin("cholesky", upper=True)), (r(2, 2),), lambda x: np.linalg.cholesky(raised(x)).T, alone=False),
    Row("cholesky_inverse", lambda x: t.cholesky_inverse(t.tril(x)), (FACTOR,), lambda x: np.linalg.inv(x @ x.T), alone=False),
    Row("cholesky_solve", lambda y, x: t.cholesky_solve(y, t.tril(x)), (r(2, 3), FACTOR), lambda y, x: np.linalg.solve(x @ x.T, y), alone=False),
    Row("linalg_solve_triangular", lin("solve_triangular", upper=False), (TRIANGLE, r(3, 2)), lambda x, y: np.linalg.solve(np.tril(x), y)),
    Row("linalg_solve_triangular", lin("solve_triangular", upper=True, left=False), (TRIANGLE, r(2, 3)), lambda x, y: y @ np.linalg.inv(np.triu(x))),
    Row("linalg_solve_triangular", lin("solve_triangular", upper=True, unitriangular=True), (TRIANGLE, r(3, 1)), lambda x, y: np.linalg.solve(np.triu(x, 1) + np.eye(3), y)),
    Row("linalg_qr", lin("qr"), (w(3, 3),), lambda x: tuple(np.linalg.qr(x))),
    Row("linalg_qr", lin("qr"), (w(4, 2),), lambda x: tuple(np.linalg.qr(x))),
    Row("linalg_qr", lin("qr"), (w(2, 3),), lambda x: tuple(np.linalg.qr(x))),
    Row("linalg_svd", lin("svd", full_matrices=False), (w(3, 2),), lambda x: tuple(np.linalg.svd(x, full_matrices=False))),
    Row("linalg_svd", lin("svd"), (w(2, 2),), lambda x: tuple(np.linalg.svd(x))),
    Row("linalg_svdvals", lin("svdvals"), (w(2, 3),), lambda x: np.linalg.svd(x, compute_uv=False)),
    Row("linalg_eigh", symmetric(lin("eigh")), (r(3, 3),), lambda x: tuple(np.linalg.eigh(raised(x)))),
    Row("linalg_eigvalsh", symmetric(lin("eigvalsh")), (r(3, 3),), lambda x: np.linalg.eigvalsh(raised(x)), alone=False),
    Row("linalg_pinv", lin("pinv"), (w(2, 3),), np.linalg.pinv),
    Row("linalg_pinv", lin("pinv"), (w(3, 2),), np.linalg.pinv),
    Row("linalg_lstsq", lambda x, y: getattr(t, "linalg.lstsq")(x, y)[0], (w(3, 2), r(3, 1)), lambda x, y: np.linalg.pinv(x) @ y),
    Row("linalg_lstsq", lambda x, y: tuple(getattr(t, "linalg.lstsq")(x, y, driver="gels"))[:2], (w(3, 2), r(3, 2)), lambda x, y: (np.linalg.pinv(x) @ y, np.sum((x @ np.linalg.pinv(x) @ y - y) ** 2, 0))),
    Row("matrix_exp", t.matrix_exp, (r(3, 3),), exponential),
    Row("matrix_exp", t.matrix_exp, (r(2, 2, 2),), exponential),
    Row("linalg_lu_factor", lin("lu_factor"), (w(3, 3),), lu),
    Row("linalg_lu_factor", lin("lu_factor"), (w(2, 3),), lu),
    Row("linalg_lu_factor", lin("lu_factor"), (w(3, 2),), lu),
    Row("lu_part", lambda x: tuple(getattr(t, "linalg.lu")(x))[1:], (w(3, 3),), lambda x: (np.tril(lu(x)[0], -1) + np.eye(3), np.triu(lu(x)[0]))),
    Row("linalg_cross", lin("cross"), (r(2, 3), r(2, 3, seed=2)), np.cross),
    Row("linalg_cross", lambda x, y: t.cross(x, y, dim=0), (r(3, 2), r(3, 2, seed=2)), lambda x, y: np.cross(x.T, y.T).T),
    Row("linalg_svdvals", lin("norm", 2), (w(2, 3),), lambda x: np.linalg.norm(x, 2)),
    Row("norm", lin("matrix_norm", 1), (w(2, 3),), lambda x: np.linalg.norm(x, 1)),
]
# fmt: on
