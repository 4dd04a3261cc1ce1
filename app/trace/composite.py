"""The relation between any two tensors of a run: the product of the relations on the way, summed over all paths."""

from __future__ import annotations

import numpy as np

from app.engine.errors import LimitError
from app.engine.node import Node
from app.engine.relation.edges import Edges, Ints
from app.engine.relation.listed import Listed
from app.engine.value import Value
from app.trace.graph import Graph
from app.trace.numbers import Array
from app.trace.relations import Pair, pairs

CELLS = 4_000_000
"""How many numbers the Jacobians on the way may have together."""
TERMS = 20_000_000
"""How many products of weights may be formed."""


class Jacobian:
    """∂to/∂value as a dense matrix, with the pattern of the pairs that some path joins."""

    def __init__(self, rows: int, columns: int) -> None:
        self.weight = np.zeros((rows, columns))
        self.joined = np.zeros((rows, columns), bool)

    def add(self, later: Jacobian, edges: Edges) -> None:
        """later · (the relation's Jacobian), added. Pairs that no path joins give nothing, whatever the weight."""
        if not edges.count:
            return
        order = np.argsort(edges.input, kind="stable")
        inputs, outputs = edges.input[order], edges.output[order]
        joined = later.joined[:, outputs]
        terms = np.where(joined, later.weight[:, outputs] * edges.weight[order], 0)
        firsts: Ints = np.flatnonzero(np.r_[True, inputs[1:] != inputs[:-1]])
        self.weight[:, inputs[firsts]] += np.add.reduceat(terms, firsts, axis=1)
        self.joined[:, inputs[firsts]] |= np.logical_or.reduceat(joined, firsts, axis=1)


class Budget:
    """What finding a composite relation may cost. Asked before the work."""

    def __init__(self) -> None:
        self.cells = CELLS
        self.terms = TERMS

    def matrix(self, rows: int, columns: int) -> Jacobian:
        """A new Jacobian."""
        self.cells -= rows * columns
        if self.cells < 0:
            raise _over("numbers in the Jacobians between the two tensors", CELLS)
        return Jacobian(rows, columns)

    def product(self, rows: int, edges: int) -> None:
        """Passing `rows` through a relation."""
        self.terms -= rows * edges
        if self.terms < 0:
            raise _over("products of weights between the two tensors", TERMS)


def composite(graph: Graph, start: Value, end: Value) -> Listed:
    """The edges from `start` to `end`; a pair exists where a path does, also when its weights cancel."""
    rows = end.array.size
    budget = Budget()
    found = {id(end): budget.matrix(rows, rows)}
    np.fill_diagonal(found[id(end)].weight, 1)
    np.fill_diagonal(found[id(end)].joined, True)
    for node in _between(graph, start, end):
        made = graph.applied(graph.number_of(node)).outputs
        for pair in pairs(node, graph.call_of(node)):
            later = found.get(id(made[pair.output]))
            if later is not None:
                _pass(pair, later, found, budget)
    reached = found.get(id(start)) or budget.matrix(rows, start.array.size)
    outputs, inputs = np.nonzero(reached.joined)
    weight: Array = reached.weight[outputs, inputs].astype(end.array.dtype)
    return Listed(inputs, outputs, weight, start.array.size, rows)


def _between(graph: Graph, start: Value, end: Value) -> list[Node]:
    """The operations on paths from `start` to `end`, newest first."""
    reached = {id(start)}
    leading: list[Node] = []
    for applied in graph.all:
        if any(id(v) in reached for v in applied.node.inputs):
            reached.update(id(v) for v in applied.outputs)
            leading.append(applied.node)
    return leading[::-1]


def _pass(pair: Pair, later: Jacobian, found: dict[int, Jacobian], budget: Budget) -> None:
    relation, value = pair.relation(), pair.node.inputs[pair.input]
    rows = len(later.weight)
    budget.product(rows, relation.count)
    if id(value) not in found:
        found[id(value)] = budget.matrix(rows, value.array.size)
    found[id(value)].add(later, relation.edges())


def _over(what: str, limit: int) -> LimitError:
    return LimitError("edges", limit, f"edges: more than {limit} {what}")
