"""What must hold of every application: the edges are the derivative, and the vjp is the sum over the edges."""

from __future__ import annotations

from functools import partial

import numpy as np

from app.engine.arrays import Array
from app.engine.namespaces import RAW
from app.engine.node import Node
from app.engine.relation.elementwise import Once, Refused
from app.engine.relation.write import Write
from tests.engine.rows.applied import (
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
from tests.engine.rows.row import Row


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


def assert_vjp_is_the_sum_over_edges(applied: Applied) -> None:
    for node in applied.nodes:
        for k, j, _, edges in relations(node):
            if isinstance(node.operation.structure(k), (Refused, Once)):
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
