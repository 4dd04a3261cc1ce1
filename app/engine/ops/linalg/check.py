"""What torch.linalg asks of its operands, in PyTorch's words."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.ops.linalg.algebra import batched
from app.engine.ops.linalg.elimination import eliminated, first_bad_minor
from app.engine.ops.windows.sizes import runtime
from app.engine.tensor import Tensor

SINGULAR = "singular-matrix"


def matrix(function: str, x: Tensor, letter: str = "A") -> None:
    """At least two dims."""
    if len(x.shape) < 2:
        raise runtime(f"{function}: The input tensor {letter} must have at least 2 dimensions.", code="matrix-wanted")


def square(function: str, x: Tensor) -> None:
    """Batches of square matrices."""
    matrix(function, x)
    m, n = x.shape[-2:]
    if m != n:
        raise runtime(
            f"{function}: A must be batches of square matrices, but they are {m} by {n} matrices", code="matrix-wanted"
        )


def floating(function: str, x: Tensor) -> None:
    """Numbers with a fraction."""
    if not x.dtype.is_floating_point:
        raise runtime(f"{function}: Expected a floating point or complex tensor as input. Got {x.dtype.title}")


def same_type(function: str, a: Tensor, b: Tensor) -> None:
    if a.dtype is not b.dtype:
        raise runtime(
            f"{function}: Expected A and B to have the same dtype, but found A of type {a.dtype.title} and B of type "
            f"{b.dtype.title} instead",
            code="matmul-dtype",
        )


def fits(function: str, a: Shape, b: Shape, left: bool) -> None:
    """A x = B, or x A = B, in size; a, b: the sizes of the matrices."""
    if a[0] != (b[0] if left else b[1]):
        raise runtime(
            f"{function}: Incompatible shapes of A and B for the equation {'AX = B' if left else 'XA = B'} "
            f"({a[0]}x{a[1]} and {b[0]}x{b[1]})",
            code="matmul-shape",
        )


def infos(a: Array) -> Array:
    """For each matrix the place (from 1) of the first pivot that is 0; 0 for a matrix with an inverse."""
    found = eliminated(batched(a))[2]
    return np.asarray(found, np.int32).reshape(a.shape[:-2])


def invertible(function: str, info: Array) -> None:
    """PyTorch's error for the first matrix without an inverse."""
    bad = np.flatnonzero(info)
    if not bad.size:
        return
    if "solve" in function:
        words = "The solver failed because the input matrix is singular."
        raise error(f"torch.{function}: {_element(info, bad[0])}{words}")
    raise error(
        f"{function}: {_element(info, bad[0])}The diagonal element {info.reshape(-1)[bad[0]]} is zero, the inversion "
        "could not be completed because the input matrix is singular."
    )


def error(message: str) -> TorchError:
    return TorchError("_LinAlgError", message, code=SINGULAR)


def _element(info: Array, place: int) -> str:
    return f"(Batch element {place}): " if info.ndim else ""


def minors(a: Array, upper: bool) -> Array:
    """For each matrix the order of the first leading minor that is not positive-definite, or 0."""
    lower = np.tril(a.swapaxes(-1, -2) if upper else a).astype(np.float64)
    try:
        np.linalg.cholesky(lower + np.tril(lower, -1).swapaxes(-1, -2))
        return np.zeros(a.shape[:-2], np.int32)
    except np.linalg.LinAlgError:
        return np.array([first_bad_minor(m) for m in batched(lower)], np.int32).reshape(a.shape[:-2])


def positive(function: str, info: Array) -> None:
    bad = np.flatnonzero(info)
    if bad.size:
        raise error(
            f"{function}: {_element(info, bad[0])}The factorization could not be completed because the input is not "
            f"positive-definite (the leading minor of order {info.reshape(-1)[bad[0]]} is not positive-definite)."
        )


def finite(function: str, x: Tensor) -> None:
    """Iterations that never end with inf or nan are not begun."""
    if not np.isfinite(x.array).all():
        raise error(
            f"{function}: The algorithm failed to converge because the input matrix contained non-finite values."
        )
