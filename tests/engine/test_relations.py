"""Every row's relations: their questions agree with their edges, their units with connected components."""

from __future__ import annotations

import re

import numpy as np
import pytest

from app.engine.arrays import Array
from app.engine.relation.edges import Edges
from tests.engine.rows import ROWS
from tests.engine.rows.applied import apply, relations
from tests.engine.rows.components import components
from tests.engine.rows.row import Row

rows = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)


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
