"""clamp_min and clamp_max by a tensor: the bound receives the score where it holds."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.operation import Operation
from app.engine.ops.stating import tex_of
from app.engine.relation.elementwise import Elementwise

clamp_min_tensor = Operation(
    "clamp_min_tensor", np.maximum,
    [
        Elementwise(rule=lambda xp, x, low, y: xp.ge(x, low), selects=True),
        Elementwise(rule=lambda xp, x, low, y: xp.lt(x, low), selects=True),
    ],
    grad_fn="ClampMinBackward1", tex=tex_of(r"\max(@1, @2)"), promotes="same",
)  # fmt: skip
clamp_max_tensor = Operation(
    "clamp_max_tensor", np.minimum,
    [
        Elementwise(rule=lambda xp, x, high, y: xp.le(x, high), selects=True),
        Elementwise(rule=lambda xp, x, high, y: xp.gt(x, high), selects=True),
    ],
    grad_fn="ClampMaxBackward1", tex=tex_of(r"\min(@1, @2)"), promotes="same",
)  # fmt: skip
clamp_min_tensor.name, clamp_max_tensor.name = "clamp_min", "clamp_max"


def at_least(input: Any, min: Any) -> Any:
    """torch.clamp_min(x, tensor)."""
    return clamp_min_tensor.apply((input, min), {})


def at_most(input: Any, max: Any) -> Any:
    """torch.clamp_max(x, tensor)."""
    return clamp_max_tensor.apply((input, max), {})
