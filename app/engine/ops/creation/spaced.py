"""More creation: logspace, scalar_tensor, tril_indices, triu_indices, and their errors."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.dtypes import DType, int64
from app.engine.errors import TorchError
from app.engine.operation import Number
from app.engine.ops.creation.create import MORE, linspace
from app.engine.ops.leaf import checked, finished
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Tensor


def _logspace(
    start: Number, end: Number, steps: int, base: Number = 10.0, dtype: DType | None = None,
    requires_grad: bool = False, **_: Any,
) -> Tensor:  # fmt: skip
    """base to the powers that linspace gives."""
    kind = dtype or current().default_dtype
    powers = linspace(start, end, steps, kind if kind.is_floating_point else None).array
    return finished(np.power(float(base), powers.astype(np.float64)).astype(kind.numpy), requires_grad)


def _scalar(s: Number, dtype: DType | None = None, requires_grad: bool = False, **_: Any) -> Tensor:
    return finished(np.asarray(s, (dtype or current().default_dtype).numpy), requires_grad)


def _indices(upper: bool) -> Any:
    def run(row: int, col: int, offset: int = 0, dtype: DType | None = None, **_: Any) -> Tensor:
        if row < 0 or col < 0:
            name, n = ("row", row) if row < 0 else ("col", col)
            raise TorchError("RuntimeError", f"{name} must be non-negative, got{n}")
        checked((row, col))
        found = np.triu_indices(row, offset, col) if upper else np.tril_indices(row, offset, col)
        return finished(np.stack(found).astype((dtype or int64).numpy), False)

    return run


expose("torch.logspace", (f"number start, number end, int steps, number base=10.0, *, {MORE}", _logspace))
expose("torch.scalar_tensor", (f"number s, *, {MORE}", _scalar))
expose("torch.tril_indices", (f"int row, int col, int offset=0, *, {MORE}", _indices(False)))
expose("torch.triu_indices", (f"int row, int col, int offset=0, *, {MORE}", _indices(True)))
