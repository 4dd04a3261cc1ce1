"""Matrix algebra in which the rules of torch.linalg are written, on arrays and on tensors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.namespaces import RAW
from app.engine.ops.products.contract import matmul_spec
from app.engine.tensor import Tensor
from app.engine.value import Value


def mm(xp: Any, a: Any, b: Any, *more: Any) -> Any:
    """a @ b @ …"""
    spec, shape = matmul_spec(tuple(a.shape), tuple(b.shape))
    made = xp.contract(a, b, spec=spec, shape=shape)
    return mm(xp, made, *more) if more else made


def mt(xp: Any, a: Any) -> Any:
    """The transpose of the last two dims."""
    rank = len(a.shape)
    return xp.transpose(a, dim0=rank - 2, dim1=rank - 1)


def column(xp: Any, a: Any) -> Any:
    """A vector (in each batch) as a matrix of one column."""
    return xp.unsqueeze(a, dim=len(a.shape))


def row(xp: Any, a: Any) -> Any:
    """A vector (in each batch) as a matrix of one row."""
    return xp.unsqueeze(a, dim=len(a.shape) - 1)


def scalar(xp: Any, a: Any) -> Any:
    """A number (in each batch) as a matrix of one element."""
    return xp.reshape(a, shape=(*a.shape, 1, 1))


def flat(xp: Any, a: Any) -> Any:
    """A matrix of one column as a vector."""
    return xp.reshape(a, shape=tuple(a.shape)[:-1])


def low(xp: Any, a: Any, diagonal: int = 0) -> Any:
    """The lower triangle."""
    return xp.tril(a, diagonal=diagonal)


def up(xp: Any, a: Any, diagonal: int = 0) -> Any:
    """The upper triangle."""
    return xp.triu(a, diagonal=diagonal)


def const(xp: Any, array: Array) -> Any:
    """A constant as what the rule is run on."""
    return array if xp is RAW else Tensor(Value(np.ascontiguousarray(array)))


def eye(xp: Any, like: Any, n: int) -> Any:
    """The identity."""
    return const(xp, np.eye(n, dtype=_array(like).dtype))


def off_diagonal(xp: Any, a: Any) -> Any:
    """The matrix with 0 on its diagonal."""
    mask = 1 - np.eye(a.shape[-2], a.shape[-1], dtype=_array(a).dtype)
    return a * const(xp, mask)


def diagonal(xp: Any, v: Any) -> Any:
    """Vectors as diagonal matrices."""
    return row(xp, v) * eye(xp, v, v.shape[-1])


def inverse(xp: Any, a: Any) -> Any:
    """a⁻¹"""
    return xp.linalg_inv(a, batch=len(a.shape) - 2)


def solved(xp: Any, a: Any, b: Any) -> Any:
    """a⁻¹ b for matrices."""
    batch = max(len(a.shape), len(b.shape)) - 2
    return xp.linalg_solve(a, b, left=True, blocks=(2, 2), batch=batch)


def _array(x: Any) -> Array:
    return np.asarray(getattr(x, "array", x))


def batched(a: Array) -> Array:
    """All matrices in one batch dim, also where they have no elements."""
    return a.reshape(math.prod(a.shape[:-2]), *a.shape[-2:])


def by_columns(a: Array) -> Array:
    """The same numbers, each matrix column by column in memory: what the library behind PyTorch gives."""
    return np.asarray(np.ascontiguousarray(a.swapaxes(-1, -2)).swapaxes(-1, -2))
