"""POST /api/edges: the edges of some elements of one operation, or the relation between two tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.engine.errors import LimitError
from app.engine.relation.edges import Edges, Ints, Relation, ordered
from app.trace.calls import Calls
from app.trace.composite import composite
from app.trace.curve import curve
from app.trace.graph import Graph
from app.trace.numbers import Allowance, numbers_of
from app.trace.relations import Pair, columns, described, pairs

Json = dict[str, Any]


class BadRequest(ValueError):
    """The request names an operation, a tensor or an element that the program does not have."""


def of_operation(
    graph: Graph, op: int, input: int, output: int, outputs: Sequence[int] | None, inputs: Sequence[int] | None,
    curved: bool = False,
) -> Json:  # fmt: skip
    """The edges of just those elements; of all of them when none are named. `curved`: with f and f′ around them."""
    pair = _pair(graph, op, input, output)
    relation, limit = pair.relation(), graph.limits.edges
    if outputs is not None:
        wanted = _elements(outputs, pair.call.outputs[output].size, "of_outputs")
        edges = _gathered(relation.of_outputs, wanted, limit, relation)
    elif inputs is not None:
        wanted = _elements(inputs, pair.call.inputs[input].size, "of_inputs")
        edges = _gathered(relation.of_inputs, wanted, limit, relation)
    else:
        check(relation.count, limit)
        edges = relation.edges()
    found = described(pair, relation, edges, edges.count == relation.count)
    more = {"curve": curve(pair, np.asarray(edges.input))} if curved else {}
    return {**found, "numbers": _numbers(graph, op, pair, edges), **more}


def _numbers(graph: Graph, op: int, pair: Pair, edges: Edges) -> Json:
    """Values and scores of the elements that the edges join: the trace has none of a large tensor."""
    applied = graph.applied(op)
    calls = Calls(graph, Allowance(graph.limits.values, graph.limits.values_per_tensor))
    ends = {
        "input": (applied.node.inputs[pair.input], edges.input),
        "output": (applied.outputs[pair.output], edges.output),
    }
    told: Json = {}
    for side, (value, joined) in ends.items():
        elements, score = np.unique(np.asarray(joined)), calls.score_of(value)
        told[side] = {
            "elements": elements.tolist(),
            "values": numbers_of(value.array.reshape(-1)[elements]),
            "scores": None if score is None else numbers_of(np.asarray(score).reshape(-1)[elements]),
        }
    return told


def _gathered(find: Callable[[Ints], Edges], wanted: Ints, limit: int, relation: Relation) -> Edges:
    """The edges of the wanted elements, asked for in growing portions so that too many are never built."""
    if relation.count <= limit:
        return find(wanted)
    parts: list[Edges] = []
    start = total = 0
    while start < len(wanted):
        parts.append(find(wanted[start : 2 * start + 1]))
        total += parts[-1].count
        check(total, limit)
        start = 2 * start + 1
    if not parts:
        return find(wanted)
    return ordered(
        np.concatenate([e.input for e in parts]),
        np.concatenate([e.output for e in parts]),
        np.concatenate([e.weight for e in parts]),
    )


def between(graph: Graph, start: int, end: int) -> Json:
    """The composite relation from tensor `start` to tensor `end`."""
    for name, number in (("from", start), ("to", end)):
        if not 0 <= number < len(graph.values):
            raise BadRequest(f"{name}: the program has {len(graph.values)} tensors, counted from 0")
    relation = composite(graph, graph.values[start], graph.values[end])
    check(relation.count, graph.limits.edges)
    return _composite(relation, relation.edges(), start, end)


def check(count: int, limit: int) -> None:
    """The budget of edges."""
    if count > limit:
        raise LimitError("edges", limit, f"edges: {count} or more asked for, at most {limit} can be sent")


def _pair(graph: Graph, op: int, input: int, output: int) -> Pair:
    total = graph.total
    if not 0 <= op < total:
        raise BadRequest(f"op: the program has {total} operations, counted from 0")
    node = graph.applied(op).node
    for pair in pairs(node, graph.call_of(node)):
        if (pair.input, pair.output) == (input, output):
            return pair
    raise BadRequest(f"input, output: operation {op} has no relation between these two")


def _elements(wanted: Sequence[int], size: int, name: str) -> Ints:
    if any(not 0 <= n < size for n in wanted):
        raise BadRequest(f"{name}: the tensor has {size} elements, counted from 0")
    return np.unique(np.asarray(list(wanted), np.int64))


def _composite(relation: Relation, edges: Edges, start: int, end: int) -> Json:
    units = relation.units
    return {
        "from": start,
        "to": end,
        "composite": True,
        "kind": relation.kind,
        "units": {"count": units.count, "inputs": units.inputs, "outputs": units.outputs},
        "edge_count": relation.count,
        "complete": True,
        "edges": columns(edges),
    }
