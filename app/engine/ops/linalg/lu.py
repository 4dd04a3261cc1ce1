"""LU decomposition: the factors in one matrix, apart, and what is solved with them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import Operation, wrap
from app.engine.ops.internal import Shift
from app.engine.ops.linalg import check
from app.engine.ops.linalg.algebra import batched, by_columns, const, inverse, low, mm, mt, up
from app.engine.ops.linalg.calls import batch_of, charged
from app.engine.ops.linalg.elimination import eliminated, permutation
from app.engine.ops.linalg.inverse import A, cubic
from app.engine.ops.linalg.triangular import solve_triangular
from app.engine.ops.stating import tex_of
from app.engine.ops.windows.sizes import runtime
from app.engine.registry import TORCH, offer
from app.engine.relation.whole import Whole
from app.engine.returns import named
from app.engine.tensor import Tensor


def _factored(a: Array, **_: Any) -> tuple[Array, Array]:
    lu, pivots, _info = eliminated(batched(a))
    k = min(a.shape[-2:])
    return by_columns(lu.reshape(a.shape)), pivots.reshape(*a.shape[:-2], k)


def _narrowed(xp: Any, a: Any, axis: int, start: int, stop: int) -> Any:
    return xp.narrow(a, dim=len(a.shape) + axis, start=start, length=stop - start)


def _vjp(xp: Any, g: Any, inputs: Any, outputs: Any, j: int) -> Any:
    """P L⁻ᵀ [tril(Lᵀ g_L, −1) + triu(g_U Uᵀ)] U⁻ᵀ of the square part; what lies beside it or below follows it."""
    lu, pivots = outputs[0], np.asarray(getattr(outputs[1], "array", outputs[1]))
    m, n = lu.shape[-2:]
    k = min(m, n)
    square = _narrowed(xp, _narrowed(xp, lu, -2, 0, k), -1, 0, k)
    unit = const(xp, np.eye(k, dtype=np.asarray(getattr(lu, "array", lu)).dtype))
    lower, upper = low(xp, square, -1) + unit, up(xp, square)
    inner = _narrowed(xp, _narrowed(xp, g, -2, 0, k), -1, 0, k)
    gl, gu = low(xp, inner, -1), up(xp, inner)
    back_l, back_u = mt(xp, inverse(xp, lower)), mt(xp, inverse(xp, upper))
    beside = below = None
    if n > k:
        beside = mm(xp, back_l, _narrowed(xp, g, -1, k, n))
        gl = gl - mm(xp, beside, mt(xp, _narrowed(xp, lu, -1, k, n)))
    if m > k:
        below = mm(xp, _narrowed(xp, g, -2, k, m), back_u)
        gu = gu - mm(xp, mt(xp, _narrowed(xp, lu, -2, k, m)), below)
    middle = low(xp, mm(xp, mt(xp, lower), gl), -1) + up(xp, mm(xp, gu, mt(xp, upper)))
    whole = mm(xp, back_l, middle, back_u)
    rank = len(lu.shape)
    if beside is not None:
        whole = xp.cat(whole, beside, dim=rank - 1)
    if below is not None:
        whole = xp.cat(whole, below, dim=rank - 2)
    p = permutation(pivots.reshape(math.prod(pivots.shape[:-1]), k), m).reshape(*pivots.shape[:-1], m, m)
    return mm(xp, const(xp, p.astype(np.asarray(getattr(lu, "array", lu)).dtype)), whole)


def _part(lu: Array, *, part: str, filler: float = 1.0, **_: Any) -> Array:
    """L with ones on its diagonal, or U."""
    k = min(lu.shape[-2:])
    if part == "U":
        return np.triu(lu[..., :k, :])
    lower = np.tril(lu[..., :, :k], -1)
    lower[..., np.arange(k), np.arange(k)] = filler
    return lower


lu_factor = Operation(
    "linalg_lu_factor", _factored, [Whole(rule=_vjp, saves=frozenset({("output", 0), ("output", 1)}))],
    grad_fn="LinalgLuFactorExBackward0", cost=cubic, tex=tex_of(r"L U = P @1"),
    example=f"{A}o, p = torch.linalg.lu_factor(a)\n",
)  # fmt: skip
lu_factor.name = "lu_factor"
lu_part = Operation(
    "lu_part", _part, [Shift(operation="lu_part")], grad_fn=lambda call: call.params["named"], shows=("part",),
    example=f"{A}p, o, u = torch.linalg.lu(a)\n",
    cost=lambda lu, **_: (lu.size, 0),
)  # fmt: skip


def _lu_factor(input: Tensor, **_: Any) -> tuple[Tensor, Tensor, Array]:
    check.matrix("linalg.lu_factor", input)
    check.floating("linalg.lu_factor", input)
    info = check.infos(charged(input.array))
    lu, pivots = lu_factor.apply((input,), batch_of(input))
    return lu, pivots, info


def _pair(A: Tensor, pivot: bool = True) -> Any:
    _pivoted(pivot)
    lu, pivots, _info = _lu_factor(A)
    return named("linalg_lu_factor", ("LU", "pivots"), (lu, pivots))


def _pair_with_info(A: Tensor, pivot: bool = True, check_errors: bool = False) -> Any:
    _pivoted(pivot)
    lu, pivots, info = _lu_factor(A)
    return named("linalg_lu_factor_ex", ("LU", "pivots", "info"), (lu, pivots, wrap(info)))


def _pivoted(pivot: bool) -> None:
    if not pivot:
        raise runtime("linalg.lu_factor: LU without pivoting is not implemented on the CPU")


def _older(A: Tensor, pivot: bool = True, get_infos: bool = False) -> Any:
    _pivoted(pivot)
    lu, pivots, info = _lu_factor(A)
    return (lu, pivots, wrap(info)) if get_infos else (lu, pivots)


def _matrix_of(lu: Tensor, pivots: Tensor) -> Array:
    m, k = lu.shape[-2], pivots.shape[-1]
    made = permutation(pivots.array.reshape(math.prod(pivots.shape[:-1]), k), m).reshape(*lu.shape[:-2], m, m)
    return np.ascontiguousarray(made.astype(lu.array.dtype))


def _apart(lu: Tensor, pivots: Tensor, grad_fn: str) -> tuple[Any, Any, Any]:
    p = wrap(np.ascontiguousarray(_matrix_of(lu, pivots)))
    return (
        p,
        lu_part.apply((lu,), {"part": "L", "named": grad_fn}),
        lu_part.apply((lu,), {"part": "U", "named": grad_fn}),
    )


def _lu(A: Tensor, pivot: bool = True) -> Any:
    _pivoted(pivot)
    lu, pivots, _info = _lu_factor(A)
    return named("linalg_lu", ("P", "L", "U"), _apart(lu, pivots, "LinalgLuBackward0"))


def _unpacked(
    LU_data: Tensor, LU_pivots: Tensor, unpack_data: bool = True, unpack_pivots: bool = True
) -> Any:  # fmt: skip
    check.matrix("lu_unpack", LU_data)
    if LU_pivots.dtype.category != 1 or LU_pivots.shape != (*LU_data.shape[:-2], min(LU_data.shape[-2:])):
        raise runtime("lu_unpack: LU_pivots should be the row swaps of the LU factors, one for each row")
    p, lower, upper = _apart(LU_data, LU_pivots, "LuUnpackBackward0")
    nothing = wrap(np.zeros(0, LU_data.array.dtype))
    made = (p if unpack_pivots else nothing, *((lower, upper) if unpack_data else (nothing, nothing)))
    return named("lu_unpack", ("P", "L", "U"), made)


def _solved(LU: Tensor, pivots: Tensor, B: Tensor, left: bool = True, adjoint: bool = False) -> Any:
    """P L U x = B by two triangular solves; `adjoint` solves with the transpose, `left` False x (P L U) = B."""
    for x, letter in ((LU, "LU"), (B, "B")):
        check.matrix("linalg.lu_solve", x, letter)
    if pivots.shape != LU.shape[:-1] or pivots.dtype.category != 1:
        raise runtime("linalg.lu_solve: pivots should be the row swaps of the LU factors, one for each row")
    check.fits("linalg.lu_solve", LU.shape[-2:], B.shape[-2:], left)
    if not left:
        return TORCH["transpose"](_solved(LU, pivots, TORCH["transpose"](B, -2, -1), True, not adjoint), -2, -1)
    p = wrap(_matrix_of(LU, pivots))
    batch = {"batch": len(np.broadcast_shapes(LU.shape[:-2], B.shape[:-2])), "left": True}
    unit = {"unitriangular": True, "named": "LinalgLuSolveBackward0", **batch}
    plain = {"unitriangular": False, "named": "LinalgLuSolveBackward0", **batch}
    if adjoint:
        turned = TORCH["transpose"](LU, -2, -1)
        inner = solve_triangular.apply((turned, B), {"upper": False, **plain})
        return TORCH["matmul"](p, solve_triangular.apply((turned, inner), {"upper": True, **unit}))
    inner = solve_triangular.apply((LU, TORCH["matmul"](TORCH["transpose"](p, -2, -1), B)), {"upper": False, **unit})
    return solve_triangular.apply((LU, inner), {"upper": True, **plain})


def _solved_older(b: Tensor, LU_data: Tensor, LU_pivots: Tensor) -> Any:
    return _solved(LU_data, LU_pivots, b)


# fmt: off
offer("torch.linalg.lu_factor",    ("Tensor A, *, bool pivot=True", _pair), operation="linalg_lu_factor")
offer("torch.linalg.lu_factor_ex", ("Tensor A, *, bool pivot=True, bool check_errors=False", _pair_with_info), operation="linalg_lu_factor")
offer("torch.lu Tensor.lu",        ("def Tensor A, bool pivot=True, bool get_infos=False", _older), operation="linalg_lu_factor")
offer("torch.linalg.lu",           ("Tensor A, *, bool pivot=True", _lu), operation="linalg_lu_factor")
offer("torch.lu_unpack",           ("Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True", _unpacked), operation="lu_part")
offer("torch.linalg.lu_solve",     ("Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False", _solved), operation="linalg_solve_triangular")
offer("lu_solve",                  ("Tensor b, Tensor LU_data, Tensor LU_pivots", _solved_older), operation="linalg_solve_triangular")
# fmt: on
