"""Gradients of gradients: every row's derivative is itself written in operations that have one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine.registry import TORCH
from app.engine.run import activate
from tests.engine.rows import ROWS
from tests.engine.rows.applied import Applied, apply, differences, floats, weights_of
from tests.engine.rows.row import Row

smooth_rows = pytest.mark.parametrize(
    "row", [row for row in ROWS if row.smooth and not row.refused and not row.once], ids=lambda row: row.title
)


@smooth_rows
def test_gradient_of_the_gradient(row: Row) -> None:
    """create_graph: s = Σ cᵢ·(∂y/∂xᵢ)², its own gradient against central differences."""
    applied = apply(row)
    slopes = _of_gradients(applied, create=True)
    if slopes is None:
        return
    with activate(applied.run), np.errstate(all="ignore"):
        leaves = [t for t in applied.leaves if t.requires_grad]
        found = (
            TORCH["autograd.grad"](slopes, leaves, allow_unused=True)
            if slopes.requires_grad
            else tuple(None for _ in leaves)
        )
    have = [np.zeros(t.shape) if g is None else g.array for g, t in zip(found, leaves, strict=True)]
    want = differences(lambda inputs: float(_of_gradients(apply(row, inputs=inputs), create=False).array), row.inputs)
    for h, w in zip(have, want, strict=True):
        np.testing.assert_allclose(h, w, rtol=2e-5, atol=2e-5)


def _of_gradients(applied: Applied, create: bool) -> Any:
    outputs = [t for t in floats(applied.outputs) if t.requires_grad]
    leaves = [t for t in applied.leaves if t.requires_grad]
    if not outputs or not leaves:
        return None
    with activate(applied.run), np.errstate(all="ignore"):
        upstream = [TORCH["reshape"](TORCH["tensor"](g.reshape(-1).tolist(), dtype=TORCH["float64"]), g.shape)
                    for g in weights_of([t.array for t in outputs], seed=3)]  # fmt: skip
        gradients = TORCH["autograd.grad"](outputs, leaves, upstream, create_graph=create, allow_unused=True)
        squares = [TORCH["sum"](TORCH["mul"](TORCH["mul"](g, g), 0.3 + place))
                   for place, g in enumerate(gradients) if g is not None]  # fmt: skip
        if not squares:
            return None
        total = squares[0]
        for square in squares[1:]:
            total = TORCH["add"](total, square)
        return total
