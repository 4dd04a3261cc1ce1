"""Every row: the forward against numpy, the derivative against differences, and one description against the other."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import numpy as np
import pytest

from app.engine.arrays import Array
from app.engine.namespaces import OPERATIONS, RAW
from app.engine.node import Node
from app.engine.registry import TORCH
from app.engine.relation.edges import Edges
from app.engine.relation.elementwise import Refused
from app.engine.relation.write import Write
from app.engine.run import activate
from tests.engine.rows import ROWS
from tests.engine.rows.applied import (
    LAYOUTS,
    Applied,
    apply,
    by_edges,
    differences,
    floats,
    operand_of,
    relations,
    weighted,
    weights_of,
)  # fmt: skip
from tests.engine.rows.components import components
from tests.engine.rows.row import Row

REFUSED = ("floor_divide", "remainder_of")
"""PyTorch has no derivative for them: backward raises."""
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


def assert_edges_are_the_derivative(row: Row, layout: str = "dense") -> None:
    """Σ over edges of weight × score, through the whole call, against central differences."""
    applied = apply(row, layout)
    upstream = weights_of([t.array for t in floats(applied.outputs)])
    slopes = differences(lambda inputs: weighted(row, layout, inputs), row.inputs)
    if not any(t.requires_grad for t in applied.outputs):
        slopes = [s * 0 for s in slopes]
    with np.errstate(all="ignore"):
        for leaf, slope in zip([t for t in applied.leaves if t.requires_grad], slopes, strict=True):
            np.testing.assert_allclose(operand_of(by_edges(applied, leaf, upstream), layout), slope, 1e-6, 1e-6)


@smooth_rows
def test_edges_of_each_application(row: Row) -> None:
    """The same for each single operation, also where nothing was recorded."""
    assert_each_application(row)


def assert_each_application(row: Row) -> None:
    for node in apply(row).nodes:
        arrays, params = node.call.inputs, node.call.params
        if node.operation.view or any(isinstance(s, Write) for s in node.operation.structures):
            continue
        with np.errstate(all="ignore"):
            made = node.operation.forward(*arrays, **params)
        if isinstance(made, tuple):
            continue
        upstream = np.random.default_rng(5).standard_normal(np.shape(made))
        found = {k: edges for k, _, _, edges in relations(node)}
        slopes = differences(partial(_weighted_forward, node, upstream), arrays)
        for k, slope in zip([k for k, x in enumerate(arrays) if x.dtype.kind == "f"], slopes, strict=True):
            if k in found and node.call.outputs[0].dtype == np.float64:
                e = found[k]
                share = np.bincount(e.input, e.weight * upstream.reshape(-1)[e.output], minlength=arrays[k].size)
                np.testing.assert_allclose(share.reshape(arrays[k].shape), slope, 1e-6, 1e-6)


def _weighted_forward(node: Node, upstream: Array, inputs: tuple[Array, ...]) -> float:
    with np.errstate(all="ignore"):
        return float((upstream * node.operation.forward(*inputs, **node.call.params)).sum())


@layouts
@rows
def test_vjp_is_the_sum_over_edges(row: Row, layout: str) -> None:
    assert_vjp_is_the_sum_over_edges(apply(row, layout))


def assert_vjp_is_the_sum_over_edges(applied: Applied) -> None:
    for node in applied.nodes:
        for k, j, _, edges in relations(node):
            if isinstance(node.operation.structure(k), Refused):
                continue
            g = np.random.default_rng(k).standard_normal(node.call.outputs[j].shape)
            plain = np.bincount(
                edges.input, edges.weight * g.reshape(-1)[edges.output], minlength=node.call.inputs[k].size
            )
            structure = node.operation.structure(k)
            assert structure is not None
            with np.errstate(all="ignore"):
                share = structure.vjp(RAW, g, node.call, k, j)
                fast = np.broadcast_to(0.0 if share is None else share, node.call.inputs[k].shape)
            np.testing.assert_allclose(fast.reshape(-1), plain, rtol=1e-9, atol=1e-12)


@rows
def test_backward_is_the_sum_over_edges(row: Row) -> None:
    """The walk itself: .grad against the sum over the edges of all operations."""
    applied = apply(row)
    outputs = [t for t in floats(applied.outputs) if t.requires_grad]
    if not outputs or row.operation in REFUSED:
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


@rows
def test_questions_about_edges_agree(row: Row) -> None:
    """count, of_outputs, of_inputs and head against the list of all edges."""
    for node in apply(row).nodes:
        for k, j, relation, edges in relations(node):
            rows_of = np.column_stack([edges.output, edges.input])
            assert relation.count == edges.count
            assert np.array_equal(rows_of, np.unique(rows_of, axis=0)), "ordered by output, then input; no pair twice"
            for output in range(node.call.outputs[j].size):
                _same_edges(relation.of_outputs(np.array([output])), edges, edges.output == output)
            for input in range(node.call.inputs[k].size):
                _same_edges(relation.of_inputs(np.array([input])), edges, edges.input == input)
            if edges.count:
                few = np.unique(edges.output[:: max(1, edges.count // 2)])
                _same_edges(relation.of_outputs(few), edges, np.isin(edges.output, few))


def _same_edges(have: Edges, edges: Edges, mask: Array) -> None:
    for name in ("input", "output", "weight"):
        np.testing.assert_array_equal(getattr(have, name), getattr(edges, name)[mask])


@rows
def test_kind_and_units_are_those_of_the_connected_components(row: Row) -> None:
    for node in apply(row).nodes:
        for k, j, relation, edges in relations(node):
            groups = components(edges, node.call.inputs[k].size, node.call.outputs[j].size)
            several_in = edges.count and np.bincount(edges.output).max() > 1
            several_out = edges.count and np.bincount(edges.input).max() > 1
            kind = f"{'many' if several_in else 'one'}-to-{'many' if several_out else 'one'}" if edges.count else None
            assert relation.kind == kind
            assert relation.units.count == len(groups)
            if groups:
                assert (relation.units.inputs, relation.units.outputs) == groups[0]
            for limit in {1, 2, 5, max(edges.count - 1, 1), max(edges.count, 1)}:
                _check_head(relation.head(limit), edges, limit)


def _check_head(head: Edges | None, edges: Edges, limit: int) -> None:
    """Whole units, at most `limit` edges, and none left out that would fit next."""
    if head is None:
        assert edges.count > limit
        return
    have = set(zip(head.input.tolist(), head.output.tolist(), strict=True))
    every = list(zip(edges.input.tolist(), edges.output.tolist(), strict=True))
    assert len(have) <= max(limit, 0)
    assert have <= set(every)
    ins, outs = {i for i, _ in have}, {o for _, o in have}
    assert all((i in ins) == (o in outs) == ((i, o) in have) for i, o in every), "a unit is whole or absent"


@smooth_rows
def test_gradient_of_the_gradient(row: Row) -> None:
    """create_graph: s = Σ cᵢ·(∂y/∂xᵢ)², its own gradient against central differences."""
    if row.operation in REFUSED:
        return
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


@rows
def test_formulas_are_balanced_latex(row: Row) -> None:
    for node in apply(row).nodes:
        for k, x in enumerate(node.call.inputs):
            structure = node.operation.structure(k)
            if structure is None or x.dtype.kind != "f":
                continue
            local = structure.local(node.call, k, 0)
            assert local.symbols
            for text in (local.equation, *(s.tex for s in local.symbols)):
                assert text.strip()
                assert "@" not in text
                assert "Formula" not in text
                assert text.count("{") == text.count("}")
                assert len(re.findall(r"(?<!\\)\(|\\left", text)) == len(re.findall(r"(?<!\\)\)|\\right", text))


@rows
def test_what_is_saved_is_an_operand(row: Row) -> None:
    """Saved values exist; an operation that saves nothing may be walked twice, another may not."""
    for node in apply(row).nodes:
        for saved in node.saved:
            assert saved.position < len(node.inputs if saved.kind == "input" else node.call.outputs)
        if not node.recorded:
            assert not node.saved
