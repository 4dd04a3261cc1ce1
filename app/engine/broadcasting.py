"""Which shapes go together elementwise, in PyTorch's words when they do not."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from app.engine.arrays import Array
from app.engine.errors import TorchError

Shape = tuple[int, ...]


def broadcast(shapes: Iterable[Shape]) -> Shape:
    """The common shape: lined up from the right, each size equal, 1 or absent. Raises PyTorch's RuntimeError."""
    common: Shape = ()
    for shape in shapes:
        if shape != common:
            common = _pair(common, shape)
    return common


@lru_cache(maxsize=1024)
def _pair(a: Shape, b: Shape) -> Shape:
    rank = max(len(a), len(b))
    wide_a, wide_b = ((1,) * (rank - len(shape)) + shape for shape in (a, b))
    for dim in range(rank - 1, -1, -1):
        n, m = wide_a[dim], wide_b[dim]
        if n != m and 1 not in (n, m):
            raise TorchError(
                "RuntimeError",
                f"The size of tensor a ({n}) must match the size of tensor b ({m}) at non-singleton dimension {dim}",
                code="broadcast-shape", left=list(a), right=list(b), dim=dim,
            )  # fmt: skip
    return tuple(m if n == 1 else n for n, m in zip(wide_a, wide_b, strict=True))


def together(*arrays: Array, **_: Any) -> tuple[int, int]:
    """The cost of an operation on operands that broadcast: as many numbers as their common shape has."""
    return math.prod(broadcast(a.shape for a in arrays)), 0
