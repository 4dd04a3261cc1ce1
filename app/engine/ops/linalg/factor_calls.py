"""cholesky, qr, svd, eigh, pinv, lstsq and their kin as the program calls them."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import wrap
from app.engine.ops.linalg import check
from app.engine.ops.linalg.calls import batch_of, charged, require_square
from app.engine.ops.linalg.factors import eigh, eigvalsh, qr, svd, svdvals
from app.engine.ops.linalg.least import lstsq, matrix_exp, pinv
from app.engine.ops.linalg.triangular import cholesky, cholesky_inverse, cholesky_solve, solve_triangular
from app.engine.ops.windows.sizes import runtime
from app.engine.registry import METHODS, TORCH, offer
from app.engine.returns import named
from app.engine.tensor import Tensor


def _matrix(function: str, x: Tensor) -> None:
    check.matrix(function, x)
    check.floating(function, x)


def _factored(name: str, grad_fn: str) -> Any:
    def run(input: Tensor, upper: bool = False) -> Any:
        require_square(name, input)
        check.positive(name, check.minors(charged(input.array), upper))
        return cholesky.apply((input,), {"upper": upper, "named": grad_fn, **batch_of(input)})

    return run


def _factored_with_info(input: Tensor, upper: bool = False, check_errors: bool = False) -> Any:
    require_square("linalg.cholesky", input)
    info = check.minors(charged(input.array), upper)
    check.positive("linalg.cholesky", info)
    made = _factored("linalg.cholesky", "LinalgCholeskyExBackward0")(input, upper)
    return named("linalg_cholesky_ex", ("L", "info"), (made, wrap(info)))


def _inverse_of_factor(input: Tensor, upper: bool = False) -> Any:
    require_square("cholesky_inverse", input)
    check.invertible("cholesky_inverse", check.infos(charged(input.array)))
    return cholesky_inverse.apply((input,), {"upper": upper, **batch_of(input)})


def _solved_by_factor(input: Tensor, L: Tensor, upper: bool = False) -> Any:
    for name, x in (("b", input), ("u", L)):
        if len(x.shape) < 2:
            raise runtime(f"{name} should have at least 2 dimensions, but has {len(x.shape)} dimensions instead")
    if L.shape[-1] != L.shape[-2] or L.shape[-1] != input.shape[-2]:
        raise runtime(
            f"Incompatible matrix sizes for cholesky_solve: each A matrix is {L.shape[-1]} by {L.shape[-1]} but each b "
            f"matrix is {input.shape[-2]} by {input.shape[-1]}"
        )
    batch = len(np.broadcast_shapes(input.shape[:-2], L.shape[:-2]))
    return cholesky_solve.apply((input, L), {"upper": upper, "batch": batch})


def _triangular(
    input: Tensor, B: Tensor, upper: bool, left: bool = True, unitriangular: bool = False, **more: Any
) -> Any:
    function = "linalg.solve_triangular"
    check.square(function, input)
    check.matrix(function, B, "B")
    check.same_type(function, input, B)
    check.fits(function, input.shape[-2:], B.shape[-2:], left)
    batch = len(np.broadcast_shapes(input.shape[:-2], B.shape[:-2]))
    params = {"upper": upper, "left": left, "unitriangular": unitriangular, "batch": batch, **more}
    return solve_triangular.apply((input, B), params)


def _triangular_solve(
    b: Tensor, A: Tensor, upper: bool = True, transpose: bool = False, unitriangular: bool = False
) -> Any:
    """The older form: the right-hand side first, and the coefficients come back beside the solution."""
    turned = TORCH["transpose"](A, -2, -1) if transpose else A
    more = {"named": "TriangularSolveBackward0"}
    made = _triangular(turned, b, upper != transpose, True, unitriangular, **more)
    return named("triangular_solve", ("solution", "cloned_coefficient"), (made, METHODS["clone"](A)))


def _taken_apart(name: str) -> Any:
    def run(A: Tensor, mode: str = "reduced") -> Any:
        _matrix("linalg.qr", A)
        if mode not in ("reduced", "complete", "r"):
            raise runtime(
                f"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', or 'complete'"
            )
        return named(name, ("Q", "R"), qr.apply((A,), {"mode": mode, **batch_of(A)}))

    return run


def _qr(input: Tensor, some: bool = True) -> Any:
    return _taken_apart("qr")(input, "reduced" if some else "complete")


def _singular(A: Tensor, full_matrices: bool = True) -> Any:
    _matrix("linalg.svd", A)
    check.finite("linalg.svd", A)
    made = svd.apply((A,), {"full": full_matrices, **batch_of(A)})
    return named("linalg_svd", ("U", "S", "Vh"), made)


def _svd(input: Tensor, some: bool = True, compute_uv: bool = True) -> Any:
    """The older form gives V and not its transpose."""
    _matrix("linalg.svd", input)
    check.finite("linalg.svd", input)
    u, s, vh = svd.apply((input,), {"full": not some, **batch_of(input)})
    rank = len(input.shape)
    return named("svd", ("U", "S", "V"), (u, s, TORCH["transpose"](vh, rank - 2, rank - 1)))


def singular_values(A: Tensor) -> Any:
    _matrix("linalg.svd", A)
    check.finite("linalg.svd", A)
    return svdvals.apply((A,), batch_of(A))


def _symmetric(A: Tensor, UPLO: str) -> dict[str, Any]:
    require_square("linalg.eigh", A)
    check.finite("linalg.eigh", A)
    if UPLO.upper() not in ("L", "U"):
        raise runtime(f"Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    return {"uplo": UPLO.upper(), **batch_of(A)}


def _eigh(A: Tensor, UPLO: str = "L") -> Any:
    made = eigh.apply((A,), _symmetric(A, UPLO))
    return named("linalg_eigh", ("eigenvalues", "eigenvectors"), made)


def _eigvalsh(A: Tensor, UPLO: str = "L") -> Any:
    return eigvalsh.apply((A,), _symmetric(A, UPLO))


def _number(value: Any, name: str) -> Any:
    """A tolerance: a number, or a tensor of one per matrix."""
    if isinstance(value, Tensor):
        return value.array.astype(np.float64)[..., None]
    if value is not None and not isinstance(value, (int, float)):
        raise runtime(f"linalg: {name} must be a number or a tensor, not {type(value).__name__}")
    return None if value is None else float(value)


def _pseudo(
    A: Tensor, atol: Any = None, rtol: Any = None, hermitian: bool = False, rcond: Any = None
) -> Any:  # fmt: skip
    if len(A.shape) < 2 or not A.dtype.is_floating_point:
        raise runtime(
            f"linalg.pinv({A.dtype.title}{{{list(A.shape)}}}): expected a tensor with 2 or more dimensions of float, "
            "double, cfloat or cdouble types"
        )
    check.finite("linalg.eigh" if hermitian else "linalg.svd", A)
    relative = rcond if rcond is not None else rtol
    params = {
        "atol": 0.0 if atol is None else _number(atol, "atol"),
        "rtol": _number(relative, "rtol"),
        "hermitian": hermitian,
    }
    return pinv.apply((A,), {**params, **batch_of(A)})


def rank_of(a: Array, atol: Any = None, rtol: Any = None) -> Array:
    """The singular values above max(atol, rtol · the largest)."""
    if 0 in a.shape[-2:]:
        return np.zeros(a.shape[:-2], np.int64)
    s = np.linalg.svd(a, compute_uv=False)
    absolute = np.asarray(0.0 if atol is None else atol)
    usual = max(a.shape[-2:]) * np.finfo(a.dtype).eps * (absolute == 0)
    least = np.maximum(absolute, (usual if rtol is None else rtol) * s.max(-1, keepdims=True))
    return np.asarray((s > least).sum(-1), np.int64)


def _rank(A: Tensor, atol: Any = None, rtol: Any = None, hermitian: bool = False, tol: Any = None) -> Any:
    if len(A.shape) < 2:
        raise runtime("torch.linalg.matrix_rank: The input tensor input must have at least 2 dimensions.")
    check.finite("linalg.svd", A)
    absolute = _number(tol, "tol") if tol is not None else _number(atol, "atol")
    relative = 0.0 if tol is not None else _number(rtol, "rtol")
    return wrap(rank_of(charged(A.array), absolute, relative))


def _least_squares(input: Tensor, B: Tensor, rcond: Any = None, driver: str | None = None) -> Any:
    """The solution, and what the driver tells besides: how far it is off, the rank, the singular values."""
    _matrix("torch.linalg.lstsq", input)
    if driver not in (None, "gelsy", "gelss", "gelsd", "gels"):
        raise runtime("torch.linalg.lstsq: parameter `driver` should be one of (gels, gelsy, gelsd, gelss)")
    vector = len(B.shape) == 1 or (len(B.shape) == len(input.shape) - 1 and B.shape == input.shape[:-1])
    right = TORCH["unsqueeze"](B, -1) if vector else B
    if input.shape[-2] != right.shape[-2]:
        raise runtime("torch.linalg.lstsq: input.size(-2) should match other.size(-2)")
    batch = np.broadcast_shapes(input.shape[:-2], right.shape[:-2])
    m, n = input.shape[-2:]
    check.finite("linalg.lstsq", input)
    rank = rank_of(charged(input.array))
    told = m > n and driver not in (None, "gelsy") and bool((rank == n).all())
    made, residuals = lstsq.apply((input, right), {"batch": len(batch), "told": told})
    none = np.zeros(0, input.array.dtype)
    values = np.linalg.svd(input.array, compute_uv=False) if driver in ("gelsd", "gelss") else none
    ranks = np.zeros(0, np.int64) if driver == "gels" else rank
    solution = TORCH["squeeze"](made, -1) if vector else made
    fields = ("solution", "residuals", "rank", "singular_values")
    return named("linalg_lstsq", fields, (solution, residuals, wrap(ranks), wrap(np.asarray(values))))


def _exponential(input: Tensor) -> Any:
    require_square("linalg.matrix_exp", input)
    return matrix_exp.apply((input,), batch_of(input))


TOL = "any atol=None, any rtol=None, bool hermitian=False"
# fmt: off
offer("torch.linalg.cholesky",         ("Tensor input, *, bool upper=False", _factored("linalg.cholesky", "LinalgCholeskyExBackward0")), operation="linalg_cholesky")
offer("cholesky",                      ("Tensor input, bool upper=False", _factored("cholesky", "CholeskyBackward0")), operation="linalg_cholesky")
offer("torch.linalg.cholesky_ex",      ("Tensor input, *, bool upper=False, bool check_errors=False", _factored_with_info), operation="linalg_cholesky")
offer("cholesky_inverse",              ("Tensor input, bool upper=False", _inverse_of_factor))
offer("cholesky_solve",                ("Tensor input, Tensor L, bool upper=False", _solved_by_factor))
offer("torch.linalg.solve_triangular", ("Tensor input, Tensor B, *, bool upper, bool left=True, bool unitriangular=False", _triangular), operation="linalg_solve_triangular")
offer("triangular_solve",              ("Tensor b, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False", _triangular_solve), operation="linalg_solve_triangular")
offer("torch.linalg.qr",               ("Tensor A, str mode='reduced'", _taken_apart("linalg_qr")), operation="linalg_qr")
offer("qr",                            ("Tensor input, bool some=True", _qr), operation="linalg_qr")
offer("torch.linalg.svd",              ("Tensor A, bool full_matrices=True, *, str? driver=None", lambda A, full_matrices, driver: _singular(A, full_matrices)), operation="linalg_svd")
offer("svd",                           ("Tensor input, bool some=True, bool compute_uv=True", _svd), operation="linalg_svd")
offer("torch.linalg.svdvals",          ("Tensor A, *, str? driver=None", lambda A, driver: singular_values(A)), operation="linalg_svdvals")
offer("torch.linalg.eigh",             ("Tensor A, str UPLO='L'", _eigh), operation="linalg_eigh")
offer("torch.linalg.eigvalsh",         ("Tensor A, str UPLO='L'", _eigvalsh), operation="linalg_eigvalsh")
offer("torch.linalg.pinv",             ("Tensor A, *, any atol=None, any rtol=None, bool hermitian=False", _pseudo), ("Tensor A, any rcond, bool hermitian=False", _pseudo), operation="linalg_pinv")
offer("pinverse",                      ("Tensor input, float rcond=1e-15", lambda input, rcond: _pseudo(input, rcond=rcond)), operation="linalg_pinv")
offer("torch.linalg.matrix_rank",      (f"Tensor A, *, {TOL}", _rank), ("Tensor A, any tol, bool hermitian=False", _rank), operation="linalg_svdvals")
offer("torch.linalg.lstsq",            ("Tensor input, Tensor B, any rcond=None, *, str? driver=None", _least_squares), operation="linalg_lstsq")
offer("matrix_exp torch.linalg.matrix_exp", ("Tensor input", _exponential))
# fmt: on
