"""The whole derivative of a result, composed of nothing but the edges of the operations between."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.backward import source_of
from app.engine.node import Node
from app.engine.tensor import Tensor
from tests.live.oracle import torch


def by_edges(output: Tensor, leaf: Tensor) -> Array:
    """∂output/∂leaf: the sum over all paths of the products of the weights along them."""
    root = output.value
    rows: dict[Any, Array] = {source_of(root): np.eye(root.array.size)}
    for node in _above(output):
        for k, value in enumerate(node.inputs):
            if node.needs[k]:
                for j, made in enumerate(node.call.outputs):
                    before = rows.get((id(node), j))
                    if before is not None and made.dtype.kind == "f":
                        rows[source_of(value)] = rows.get(source_of(value), 0) + before @ _weights(node, k, j)
    return rows.get(source_of(leaf.value), np.zeros((root.array.size, leaf.numel)))


def _weights(node: Node, k: int, j: int) -> Array:
    structure = node.operation.structure(k)
    assert structure is not None
    matrix = np.zeros((node.call.outputs[j].size, node.call.inputs[k].size))
    edges = structure.relation(node.call, k, j).edges()
    matrix[edges.output, edges.input] = edges.weight
    return matrix


def _above(output: Tensor) -> list[Node]:
    """The operations that lead to a result, newest first."""
    found: dict[int, Node] = {}
    waiting = [output.value.node]
    while waiting:
        node = waiting.pop()
        if node is not None and id(node) not in found:
            found[id(node)] = node
            waiting.extend(v.node for v, n in zip(node.inputs, node.needs, strict=True) if n)
    return sorted(found.values(), key=lambda n: -n.sequence)


def by_pytorch(output: Any, leaf: Any) -> Array:
    """One backward pass per element of the result."""
    rows = []
    for place in range(output.numel()):
        unit = torch.zeros(output.numel(), dtype=output.dtype)
        unit[place] = 1
        (row,) = torch.autograd.grad(output, leaf, unit.view(output.shape), retain_graph=True, allow_unused=True)
        rows.append(np.zeros(leaf.numel()) if row is None else row.detach().numpy().reshape(-1))
    return np.array(rows).reshape(output.numel(), leaf.numel())
