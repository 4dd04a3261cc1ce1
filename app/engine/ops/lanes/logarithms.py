"""logcumsumexp: ln of the running sum of exponentials, without overflow."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import Operation
from app.engine.ops.convert import converted
from app.engine.ops.dims import wrapped
from app.engine.ops.stating import tex_of
from app.engine.registry import offer
from app.engine.relation.block import Running
from app.engine.run import current
from app.engine.tensor import Tensor

LOWEST = -1e30
"""The logarithm of nothing, kept finite so that its own derivative is."""


def _forward(x: Array, *, dim: int) -> Array:
    return np.ascontiguousarray(np.logaddexp.accumulate(x, axis=dim), x.dtype) if x.ndim else x.copy()


def _weights(lanes: Array) -> Array:
    """W[…, j, i] = e^(x_i − o_j)."""
    sums = np.logaddexp.accumulate(lanes, axis=-1)
    return np.asarray(np.exp(np.minimum(lanes[..., None, :] - sums[..., :, None], 0)))


def _part(xp: Any, g: Any, x: Any, y: Any, dim: int) -> Any:
    """Σ over later outputs of g e^(x − o) for scores g ≥ 0, in logarithms."""
    log = xp.where(xp.eq(g, 0), LOWEST, xp.log(xp.where(xp.eq(g, 0), 1.0, g))) - y
    behind = xp.flip(xp.logcumsumexp(xp.flip(log, dims=(dim,)), dim=dim), dims=(dim,))
    return xp.exp(behind + x)


def _summed_back(xp: Any, g: Any, x: Any, y: Any, dim: int) -> Any:
    """Scores of either sign apart."""
    if not tuple(x.shape):
        return g
    return _part(xp, xp.relu(g), x, y, dim) - _part(xp, xp.relu(-g), x, y, dim)


logcumsumexp = Operation(
    "logcumsumexp", _forward,
    [Running(rule=_summed_back, weights=_weights, tex="e^{x_i - o_j}", saves=frozenset({("input", 0), ("output", 0)}))],
    tex=tex_of(r"\ln \sum_{k \le j} e^{@1}"), example="x = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)\n"
    "o = torch.logcumsumexp(x, 0)",
)  # fmt: skip


def _run(input: Tensor, dim: int) -> Any:
    source = input if input.dtype.is_floating_point else converted(input, current().default_dtype)
    return logcumsumexp.apply((source,), {"dim": wrapped(dim, len(input.shape))})


offer("logcumsumexp", ("Tensor input, int dim", _run))
