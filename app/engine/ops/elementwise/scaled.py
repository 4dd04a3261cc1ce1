"""A tensor times or over a number that PyTorch's own code wrote: unlike one in a program, nothing is kept for it."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.operation import Number, Operation
from app.engine.relation.elementwise import Elementwise


def _scaled(x: Array, *, factor: Number) -> Array:
    return np.asarray(x * x.dtype.type(factor))


def _shared(x: Array, *, divisor: Number) -> Array:
    return np.asarray(x / x.dtype.type(divisor))


def _by_divisor(xp: Any, x: Any, y: Any, *, divisor: Number) -> Any:
    return xp.ratio(1, divisor)


scaled = Operation(
    "scaled", _scaled, [Elementwise(rule=lambda xp, x, y, *, factor: factor)], grad_fn="MulBackward1",
    tex=lambda x, factor: x * factor,
)  # fmt: skip
shared = Operation(
    "shared", _shared, [Elementwise(rule=_by_divisor)], grad_fn="DivBackward1", tex=lambda x, divisor: x / divisor
)
scaled.name, shared.name = "mul", "div"
