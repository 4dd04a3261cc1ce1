"""The entries of tensors and operations in the answer."""

from __future__ import annotations

from typing import Any

from app.engine.node import Node
from app.engine.value import Value
from app.interpreter import Span, argument_spans, source_of, span_of
from app.trace.graph import Graph
from app.trace.messages import place
from app.trace.numbers import Allowance, summary
from app.trace.params import shown
from app.trace.relations import Spender, described, pairs

Json = dict[str, Any]


class Entries:
    """Writes the entries of one graph; budgets go to the operations of the focus call first."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.numbers = Allowance(graph.limits.values, graph.limits.values_per_tensor)
        self.edges = Spender(graph.limits.edges)
        self.arguments: dict[int, dict[int | str, tuple[Span, str]]] = {}

    def ops(self) -> list[Json]:
        """The operations, in the order in which they ran."""
        relations = self._relations()
        return [self._op(n, relations[n]) for n in self.graph.described]

    def _op(self, number: int, relations: list[Json]) -> Json:
        applied = self.graph.applied(number)
        node = applied.node
        return {
            "id": number,
            "name": node.operation.name,
            "grad_fn": node.grad_fn,
            "params": shown(node.operation.name, node.call.params),
            "inputs": [self.graph.id_of(v) for v in node.inputs],
            "outputs": [self.graph.id_of(v) for v in applied.outputs],
            "saved": [{s.kind: s.position, "version": s.version} for s in node.saved],
            "relations": relations,
            "span": place(span_of(node.here)),
        }

    def _relations(self) -> dict[int, list[Json]]:
        """Relations of every described operation; those that carry are given edges before any other."""
        made: dict[int, list[tuple[int, Json]]] = {n: [] for n in self.graph.described}
        for carrying in (True, False):
            for n in self.graph.by_priority():
                for position, pair in enumerate(pairs(self.graph.applied(n).node)):
                    if pair.carries is not carrying:
                        continue
                    relation = pair.relation()
                    edges, complete = self.edges.take(relation) if pair.node.recorded else (None, False)
                    made[n].append((position, described(pair, relation, edges, complete)))
        return {n: [json for _, json in sorted(rows, key=lambda row: row[0])] for n, rows in made.items()}

    def tensors(self) -> list[Json]:
        """The values, in the order in which they came to be."""
        numbers = self._numbers()
        grads = self._grads()
        constants = self._constants()
        return [self._tensor(n, v, numbers, grads, constants) for n, v in enumerate(self.graph.values)]

    def _tensor(
        self, number: int, value: Value, numbers: dict[int, list[Any] | None], grads: dict[int, Any],
        constants: dict[int, tuple[Span, str]],
    ) -> Json:  # fmt: skip
        tape = self.graph.tape
        key = id(value)
        here = tape.places.get(key)
        span, label = constants.get(key) or (span_of(here), source_of(here))
        constant = key in tape.constants
        entry: Json = {
            "id": number,
            "name": tape.names.get(key),
            "label": label,
            "version": value.version,
            "constant": constant,
            "shape": list(value.array.shape),
            "dtype": value.array.dtype.name,
            "requires_grad": value.requires_grad,
            "is_leaf": value.node is None,
            "op": self.graph.makers.get(key),
            "values": numbers[key],
            "grad": grads.get(key),
            "span": place(span),
        }
        if numbers[key] is None:
            entry["summary"] = summary(value.array)
        return entry

    def _numbers(self) -> dict[int, list[Any] | None]:
        """The elements that are sent, tensors of the focus call first."""
        numbers: dict[int, list[Any] | None] = {}
        for value in (*self._focused(), *self.graph.values):
            if id(value) not in numbers:
                numbers[id(value)] = self.numbers.take(value.array)
        return numbers

    def _focused(self) -> list[Value]:
        applied = (self.graph.applied(n) for n in self.graph.walked if n in self.graph.numbers.values())
        return [v for a in applied for v in (*a.node.inputs, *a.outputs) if self.graph.id_of(v) is not None]

    def _grads(self) -> dict[int, Any]:
        """`.grad` as the program left it, on the newest value of its tensor."""
        newest: dict[int, Value] = {}
        for value in self.graph.values:
            if value.meta is not None:
                newest[id(value.meta)] = value
        return {
            id(value): self.numbers.take(value.meta.grad.array)
            for value in newest.values()
            if value.meta is not None and value.meta.grad is not None
        }

    def _constants(self) -> dict[int, tuple[Span, str]]:
        """Where the numbers stand that became operands: `2` in `x + 2`."""
        tape = self.graph.tape
        found: dict[int, tuple[Span, str]] = {}
        for n in self.graph.described:
            node = self.graph.applied(n).node
            for k, value in enumerate(node.inputs):
                if id(value) in tape.constants and id(value) not in found:
                    at = _argument(node, k, value)
                    if at is not None:
                        found[id(value)] = at
        return found


def _argument(node: Node, k: int, value: Value) -> tuple[Span, str] | None:
    """The operand of the written expression that became input k: the one at its place, or the one that reads so."""
    arguments = argument_spans(node.here)
    number = value.array.item()
    for key in (k, *arguments):
        at = arguments.get(key)
        if at is not None and _reads_as(at[1], number):
            return at
    return arguments.get(k) or arguments.get(1)


def _reads_as(text: str, number: object) -> bool:
    try:
        return float(text) == float(str(number))
    except ValueError:
        return text == str(number)
