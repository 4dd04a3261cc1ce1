"""Relations of an application as JSON: described always, with edges as far as the budget goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.node import Call, Node
from app.engine.relation.edges import Edges, Relation
from app.engine.relation.structure import Local, Structure
from app.trace.numbers import numbers_of
from app.trace.own import own_told
from app.trace.rules import local

Json = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """One input and one output of an application between which scores could flow."""

    node: Node
    call: Call
    structure: Structure
    input: int
    output: int

    @property
    def carries(self) -> bool:
        return self.node.needs[self.input]

    def relation(self) -> Relation:
        return self.structure.relation(self.call, self.input, self.output)

    def local(self) -> Local:
        return local(self.structure, self.call, self.input, self.output)


def pairs(node: Node, call: Call) -> list[Pair]:
    """Every floating input with every differentiable output; none for indices and masks. `call`: its operands."""
    fixed = node.operation.fixed
    floating = [j for j, made in enumerate(call.outputs) if made.dtype.kind == "f" and j not in fixed]
    found: list[Pair] = []
    for k, value in enumerate(node.inputs):
        structure = node.operation.structure(k)
        if structure is not None and value.array.dtype.kind == "f" and call.inputs[k].dtype.kind == "f":
            found.extend(Pair(node, call, structure, k, j) for j in floating)
    return found


class Spender:
    """Gives out the edges of one response, whole units at a time."""

    def __init__(self, edges: int) -> None:
        self.left = edges

    def take(self, relation: Relation) -> tuple[Edges | None, bool]:
        """(the first whole units that fit, whether those are all)."""
        edges = relation.head(self.left)
        if edges is None:
            return None, False
        self.left -= edges.count
        return edges, edges.count == relation.count


def described(pair: Pair, relation: Relation, edges: Edges | None, complete: bool) -> Json:
    """The relation object of the API."""
    units, rule = relation.units, pair.local()
    own = own_told(pair.structure, pair.call, pair.input, pair.output)
    return {
        **own,
        "input": pair.input,
        "output": pair.output,
        "carries": pair.carries,
        "selects": pair.structure.selects,
        "structure": pair.structure.name,
        "kind": relation.kind,
        "units": {"count": units.count, "inputs": units.inputs, "outputs": units.outputs},
        "edge_count": relation.count,
        "complete": complete and "unknown" not in own,
        "edges": None if edges is None else columns(edges),
        "local": rule.equation,
        "symbols": [{"where": s.where, "tex": s.tex} for s in rule.symbols],
    }


def columns(edges: Edges) -> Json:
    """Edges as three lists of the same length."""
    return {
        "input": np.asarray(edges.input).tolist(),
        "output": np.asarray(edges.output).tolist(),
        "weight": numbers_of(edges.weight),
    }
