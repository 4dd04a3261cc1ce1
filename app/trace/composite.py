"""The relation between any two tensors of a run: the product of the relations on the way, summed over all paths."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.node import Node
from app.engine.relation.edges import Edges
from app.engine.relation.listed import Listed
from app.engine.value import Value
from app.trace.graph import Graph
from app.trace.relations import pairs

Array = np.ndarray[Any, np.dtype[Any]]
CELLS = 4_000_000
"""How many numbers the Jacobians on the way may have together."""


class Jacobian:
    """∂to/∂value as a dense matrix, with the pattern of the pairs that some path joins."""

    def __init__(self, rows: int, columns: int) -> None:
        self.weight = np.zeros((rows, columns))
        self.joined = np.zeros((rows, columns), bool)

    def add(self, later: Jacobian, edges: Edges) -> None:
        """later · (the relation's Jacobian), added."""
        np.add.at(self.weight.T, edges.input, (later.weight[:, edges.output] * edges.weight).T)
        np.logical_or.at(self.joined.T, edges.input, later.joined[:, edges.output].T)


def composite(graph: Graph, start: Value, end: Value) -> Listed:
    """The edges from `start` to `end`; a pair exists where a path does, also when its weights cancel."""
    rows = end.array.size
    found = {id(end): Jacobian(rows, rows)}
    np.fill_diagonal(found[id(end)].weight, 1)
    np.fill_diagonal(found[id(end)].joined, True)
    spent = rows * rows
    makers = {id(v): a.node for a in graph.tape.applied for v in a.outputs}
    for node in _between(graph, makers, end):
        spent += _pass(node, graph, found, rows, spent)
    reached = found.get(id(start)) or Jacobian(rows, start.array.size)
    outputs, inputs = np.nonzero(reached.joined)
    weight = reached.weight[outputs, inputs].astype(end.array.dtype)
    return Listed(inputs, outputs, weight, start.array.size, rows)


def _between(graph: Graph, makers: dict[int, Node], end: Value) -> list[Node]:
    """The operations that lead to `end`, newest first."""
    seen: dict[int, Node] = {}
    stack = [makers[id(end)]] if id(end) in makers else []
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen[id(node)] = node
            stack.extend(makers[id(v)] for v in node.inputs if id(v) in makers)
    return sorted(seen.values(), key=graph.number_of, reverse=True)


def _pass(node: Node, graph: Graph, found: dict[int, Jacobian], rows: int, spent: int) -> int:
    made = 0
    outputs = graph.applied(graph.number_of(node)).outputs
    for pair in pairs(node):
        later = found.get(id(outputs[pair.output]))
        if later is None:
            continue
        value = node.inputs[pair.input]
        if id(value) not in found:
            made += rows * value.array.size
            if spent + made > CELLS:
                raise LimitError("edges", CELLS, f"edges: the Jacobians between the two tensors need more than {CELLS} numbers")
            found[id(value)] = Jacobian(rows, value.array.size)
        found[id(value)].add(later, pair.relation().edges())
    return made
