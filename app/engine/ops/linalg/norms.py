"""Norms of vectors and matrices, in the operations that PyTorch makes them of."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.ops.convert import converted
from app.engine.ops.dims import wrapped
from app.engine.ops.linalg import check
from app.engine.ops.linalg.calls import charged, inverted
from app.engine.ops.linalg.factor_calls import singular_values
from app.engine.ops.reductions.reduce_calls import normed, order_of
from app.engine.ops.windows.sizes import runtime
from app.engine.registry import METHODS, TORCH, offer
from app.engine.tensor import Tensor

Ints = tuple[int, ...]
WORDS = ("fro", "nuc")
ORDERS = (1, -1, 2, -2, float("inf"), float("-inf"))


def matrix_norm(
    A: Tensor, ord: Any = "fro", dim: Ints = (-2, -1), keepdim: bool = False, dtype: DType | None = None
) -> Any:
    """Frobenius, nuclear, or the operator norms 1, 2 and inf with their smallest counterparts."""
    if len(A.shape) < 2:
        raise runtime("linalg.matrix_norm: The input tensor A must have at least 2 dimensions.", code="matrix-wanted")
    if len(dim) != 2:
        raise runtime(f"linalg.matrix_norm: dim must be a 2-tuple. Got {' '.join(map(str, dim))}")
    first, second = (wrapped(d, len(A.shape)) for d in dim)
    if first == second:
        raise runtime(f"linalg.matrix_norm: dims must be different. Got ({dim[0]}, {dim[1]})")
    if (isinstance(ord, str) and ord not in WORDS) or (not isinstance(ord, str) and ord not in ORDERS):
        shown = ord if isinstance(ord, str) else f"{ord:g}"
        raise runtime(f"linalg.matrix_norm: Order {shown} not supported.")
    if ord == "fro":
        return normed(A, 2, (first, second), keepdim, dtype)
    check.floating("linalg.matrix_norm", A)
    x = A if dtype is None else converted(A, dtype)
    if ord in ("nuc", 2, -2):
        return _spectral(x, ord, first, second, keepdim)
    return _summed(x, float(ord), first, second, keepdim)


def _spectral(x: Tensor, ord: Any, first: int, second: int, keepdim: bool) -> Any:
    """By singular values."""
    rank = len(x.shape)
    rest = [d for d in range(rank) if d not in (first, second)]
    turned = x if (first, second) == (rank - 2, rank - 1) else METHODS["permute"](x, (*rest, first, second))
    values = singular_values(turned)
    if ord == "nuc":
        made = TORCH["sum"](values, -1, keepdim)
    else:
        made = TORCH["amax" if ord > 0 else "amin"](values, -1, keepdim)
    if not keepdim:
        return made
    made = TORCH["unsqueeze"](made, -1)
    back = np.argsort((*rest, first, second))
    return METHODS["permute"](made, tuple(int(d) for d in back))


def _summed(x: Tensor, ord: float, first: int, second: int, keepdim: bool) -> Any:
    """The largest (or smallest) column sum, or row sum, of the sizes."""
    if abs(ord) == float("inf"):
        first, second = second, first
    sums = normed(x, 1, (first,), keepdim)
    place = second - (second > first and not keepdim)
    return TORCH["amax" if ord > 0 else "amin"](sums, place, keepdim)


def linear_norm(
    A: Tensor, ord: Any = None, dim: Ints | None = None, keepdim: bool = False, dtype: DType | None = None
) -> Any:
    """Of a vector, or of a matrix where two dims are meant; without an order of all numbers together."""
    if ord is None:
        return normed(A, 2, dim, keepdim, dtype)
    if isinstance(ord, str):
        return matrix_norm(A, ord, (-2, -1) if dim is None else dim, keepdim, dtype)
    if dim is None and len(A.shape) not in (1, 2):
        raise runtime(
            f"linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got {len(A.shape)}D."
        )
    if len(dim or A.shape) == 1:
        return normed(A, ord, dim, keepdim, dtype)
    return matrix_norm(A, ord, (0, 1) if dim is None else dim, keepdim, dtype)


def _norm(input: Tensor, p: Any = 2, dim: Ints | None = None, keepdim: bool = False, dtype: DType | None = None) -> Any:
    """torch.norm: a number is that of the vector of all elements, also of a matrix."""
    if isinstance(p, str) and p != "fro":
        return matrix_norm(input, p, (-2, -1) if dim is None else dim, keepdim, dtype)
    return normed(input, p, dim, keepdim, dtype)


def _vector(input: Tensor, ord: Any = 2, **more: Any) -> Any:
    if isinstance(ord, str):
        message = "linalg_vector_norm(): argument 'ord' (position 2) must be Number, not str"
        raise TorchError("TypeError", message, code="arguments")
    return normed(input, order_of(ord), **more)


def _condition(A: Tensor, p: Any = None) -> Any:
    """The norm of A times that of its inverse; for 2 the ratio of the extreme singular values."""
    check.matrix("linalg.cond", A)
    if isinstance(p, str) and p not in WORDS:
        raise runtime(f"linalg.cond got an invalid norm type: {p}")
    if p is None or p in (2, -2):
        values = singular_values(A)
        largest, smallest = (TORCH["narrow"](values, -1, at, 1) for at in (0, values.shape[-1] - 1))
        pair = (smallest, largest) if p == -2 else (largest, smallest)
        return TORCH["squeeze"](TORCH["div"](*pair), -1)
    check.square(f"linalg.cond(ord={p})", A)
    if check.infos(charged(A.array)).any():
        return TORCH["full"](A.shape[:-2], float("inf"), dtype=A.dtype)
    return TORCH["mul"](matrix_norm(A, p), matrix_norm(inverted(A), p))


LINEAR = "ints? dim=None, bool keepdim=False, *, dtype? dtype=None"
offer("norm", ("Tensor input, any p=2, ints? dim=None, bool keepdim=False, dtype? dtype=None", _norm))
offer(
    "torch.linalg.norm", (f"Tensor A, number? ord=None, {LINEAR}", linear_norm),
    (f"Tensor A, str ord, {LINEAR}", linear_norm), operation="norm",
)  # fmt: skip
offer("torch.linalg.vector_norm", (f"Tensor input, any ord=2, {LINEAR}", _vector), operation="norm")
MATRIX = "ints dim=(-2, -1), bool keepdim=False, *, dtype? dtype=None"
offer(
    "torch.linalg.matrix_norm", (f"Tensor A, number ord, {MATRIX}", matrix_norm),
    (f"Tensor A, str ord='fro', {MATRIX}", matrix_norm), operation="norm",
)  # fmt: skip
offer(
    "torch.linalg.cond", ("Tensor A, number? p=None", _condition), ("Tensor A, str p", _condition),
    operation="linalg_svdvals",
)  # fmt: skip
