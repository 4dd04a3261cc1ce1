"""Weighted sums of picked elements: the forward, the vjp and every further derivative of `Taken` relations."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.operation import Operation
from app.engine.relation.taken import Taken


def tapped(x: Array, *, source: Array, into: Array, weights: Array | None, shape: Shape) -> Array:
    """out[into[e]] += weights[e] · x[source[e]], summed in double."""
    taken = x.reshape(-1)[source]
    terms = taken if weights is None else taken * weights
    size = math.prod(shape)
    if not np.isfinite(terms).all():
        total = np.zeros(size, x.dtype)
        np.add.at(total, into, terms)
        return total.reshape(shape)
    return np.bincount(into, terms, minlength=size).astype(x.dtype).reshape(shape)


def _cost(x: Array, *, source: Array, shape: Shape, **_: Any) -> tuple[int, int]:
    return math.prod(shape) + len(source), 0


tap = Operation("tap", tapped, [Taken()], cost=_cost, grad_fn="IndexPutBackward0")
