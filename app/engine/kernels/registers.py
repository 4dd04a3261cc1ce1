"""Sums along one dim as PyTorch's softmax adds them: in one vector register, folded in halves at the end."""

from __future__ import annotations

import numpy as np

from app.engine.arrays import Array
from app.engine.kernels.sums import in_order

LANES = {4: 16, 8: 8}
"""By bytes of an element: how many of them one register of 512 bits holds."""


def register_sum(x: Array, dim: int) -> Array:
    """Σ along `dim`, kept. Only the last dim lies in registers; along another one rows are added in order."""
    lanes = LANES.get(x.itemsize, 1)
    if dim % x.ndim != x.ndim - 1 or x.shape[-1] < lanes:
        return np.expand_dims(in_order(x, dim), dim)
    whole = x.shape[-1] // lanes * lanes
    register = in_order(x[..., :whole].reshape(*x.shape[:-1], -1, lanes), -2)
    rest = x[..., whole:]
    register[..., : rest.shape[-1]] += rest
    while register.shape[-1] > 1:
        half = register.shape[-1] // 2
        register = register[..., :half] + register[..., half:]
    return register
