"""Rearrangements of one tensor, windows into its memory where PyTorch's are: each states its forward, nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.rearrangement import Rearrangement


def rearrangement(
    name: str, forward: Callable[..., Any], *,
    grad_fn: str | Callable[[Call], str] | None = None, view: bool = True, title: str | None = None,
) -> Operation:  # fmt: skip
    """An operation of one tensor that only moves elements; `title` is what the page calls it."""
    operation = Operation(name, forward, [Rearrangement(operation=name)], grad_fn=grad_fn, view=view, cost=_cost)
    operation.name = title or name
    return operation


def _stretched(x: Array, *, shape: tuple[int, ...]) -> tuple[int, int]:
    """As many numbers as the result shows, although they share memory: whatever reads it has to go through them."""
    return math.prod(shape), 0


def _expanded(x: Array, *, shape: tuple[int, ...]) -> Array:
    """Dims that grow get a step of 0; those that stay keep theirs, also where they are of size 1."""
    extra = len(shape) - x.ndim
    kept = [s if n == m else 0 for n, m, s in zip(x.shape, shape[extra:], x.strides, strict=True)]
    return np.lib.stride_tricks.as_strided(x, shape, [0] * extra + kept)


def _cost(x: Array, **_: Any) -> tuple[int, int]:
    return x.size, 0


def _along(dim: int, item: Any) -> tuple[Any, ...]:
    """An index that takes `item` along dim and all of the dims before it."""
    return (slice(None),) * dim + (item,)


def _squeezed_name(call: Call) -> str:
    return f"SqueezeBackward{call.params['form']}"


# fmt: off
#                             name            forward
reshape_view = rearrangement("view",         lambda x, *, shape: x.reshape(shape, copy=False))
reshape_seen = rearrangement("reshape_seen", lambda x, *, shape: x.reshape(shape, copy=False),           grad_fn="ViewBackward0", title="reshape")
reshape_alias = rearrangement("reshape_alias", lambda x, *, shape: x.reshape(shape, copy=False), grad_fn="ReshapeAliasBackward0", title="reshape")
reshape_copy = rearrangement("reshape_copy", lambda x, *, shape: np.ascontiguousarray(x).reshape(shape), view=False, grad_fn="UnsafeViewBackward0", title="reshape")
reshape      = rearrangement("reshape",      lambda x, *, shape: x.reshape(shape),                       view=False, grad_fn="ViewBackward0")
squeeze      = rearrangement("squeeze",      lambda x, *, dims, **_: x.squeeze(dims),                    grad_fn=_squeezed_name)
unsqueeze    = rearrangement("unsqueeze",    lambda x, *, dim: np.expand_dims(x, dim))
transpose    = rearrangement("transpose",    lambda x, *, dim0, dim1: np.swapaxes(x, dim0, dim1) if x.ndim else x.view())
t            = rearrangement("t",            lambda x: x.T)
permute      = rearrangement("permute",      lambda x, *, dims: x.transpose(dims))
narrow       = rearrangement("narrow",       lambda x, *, dim, start, length: x[_along(dim, slice(start, start + length))], grad_fn="SliceBackward0")
select       = rearrangement("select",       lambda x, *, dim, index: x[(*_along(dim, index), ...)])
diagonal     = rearrangement("diagonal",     lambda x, *, offset, dim1, dim2: np.diagonal(x, offset, dim1, dim2))
flip         = rearrangement("flip",         lambda x, *, dims: np.array(np.flip(x, dims), order="C"),  view=False)
roll         = rearrangement("roll",         lambda x, *, shifts, dims: np.roll(x, shifts, dims),        view=False)
# fmt: on

expand = Operation("expand", _expanded, [Elementwise()], view=True, cost=_stretched)
