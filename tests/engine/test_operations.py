"""Every row: the forward against numpy, the derivative against differences, and one description against the other."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.namespaces import OPERATIONS
from app.engine.registry import TORCH
from app.engine.run import activate
from tests.engine.rows import ROWS
from tests.engine.rows.applied import LAYOUTS, apply, by_edges, floats, weights_of
from tests.engine.rows.laws import (
    assert_each_application,
    assert_edges_are_the_derivative,
    assert_vjp_is_the_sum_over_edges,
)  # fmt: skip
from tests.engine.rows.row import Row

rows = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
smooth_rows = pytest.mark.parametrize("row", [row for row in ROWS if row.smooth], ids=lambda row: row.title)
layouts = pytest.mark.parametrize("layout", LAYOUTS)


def test_every_operation_has_rows() -> None:
    assert {row.operation for row in ROWS} == set(OPERATIONS)


@rows
def test_the_row_applies_its_operation(row: Row) -> None:
    stated = OPERATIONS[row.operation]
    assert any(node.operation.forward is stated.forward for node in apply(row).nodes)


@layouts
@rows
def test_forward(row: Row, layout: str) -> None:
    with np.errstate(all="ignore"):
        expected = row.expect(*row.inputs)
    wanted = list(expected) if isinstance(expected, tuple) else [expected]
    made = [t.array for t in apply(row, layout).outputs]
    assert len(made) == len(wanted)
    for have, want in zip(made, wanted, strict=True):
        assert have.shape == np.shape(want)
        assert have.dtype.kind == np.asarray(want).dtype.kind or not have.size
        np.testing.assert_allclose(have, want, rtol=1e-12, atol=1e-14)


@layouts
@smooth_rows
def test_edges_are_the_derivative(row: Row, layout: str) -> None:
    assert_edges_are_the_derivative(row, layout)


@pytest.mark.parametrize("row", [row for row in ROWS if row.smooth and row.alone], ids=lambda row: row.title)
def test_edges_of_each_application(row: Row) -> None:
    """The same for each single operation, also where nothing was recorded."""
    assert_each_application(row)


@layouts
@rows
def test_vjp_is_the_sum_over_edges(row: Row, layout: str) -> None:
    assert_vjp_is_the_sum_over_edges(apply(row, layout))


@rows
def test_backward_is_the_sum_over_edges(row: Row) -> None:
    """The walk itself: .grad against the sum over the edges of all operations."""
    applied = apply(row)
    outputs = [t for t in floats(applied.outputs) if t.requires_grad]
    if not outputs or row.refused:
        return
    upstream = weights_of([t.array for t in floats(applied.outputs)])
    pairs = [(t, g) for t, g in zip(floats(applied.outputs), upstream, strict=True) if t.requires_grad]
    with activate(applied.run):
        gradients = [TORCH["tensor"](g.tolist(), dtype=TORCH["float64"]) for _, g in pairs]
        gradients = [TORCH["reshape"](g, t.shape) for g, (t, _) in zip(gradients, pairs, strict=True)]
        TORCH["autograd.backward"]([t for t, _ in pairs], gradients, retain_graph=True)
    for leaf in applied.leaves:
        if leaf.requires_grad:
            have = leaf.meta.grad.array if leaf.meta.grad is not None else np.zeros(leaf.shape)
            with np.errstate(all="ignore"):
                exact = 1e-6 if row.operation == "to" else 1e-9
                np.testing.assert_allclose(have, by_edges(applied, leaf, upstream), rtol=exact, atol=1e-12)
