"""The entries of tensors and operations in the answer."""

from __future__ import annotations

from typing import Any

from app.engine.own import Own
from app.engine.value import Value
from app.trace.graph import Graph
from app.trace.labels import Labels
from app.trace.modules import Modules
from app.trace.numbers import Allowance, summary
from app.trace.own import told_of
from app.trace.params import shown, title
from app.trace.places import Places
from app.trace.relations import Spender, described, pairs
from app.trace.rules import forward

Json = dict[str, Any]


class Entries:
    """Writes the entries of one graph; budgets go to the operations of the focus call first."""

    def __init__(self, graph: Graph, numbers: Allowance) -> None:
        self.graph = graph
        self.numbers = numbers
        self.edges = Spender(graph.limits.edges)
        self.places = Places()
        self.summaries: dict[int, Json] = {}
        self.taken: dict[int, list[Any] | None] = {}
        self.modules = Modules(graph)

    def ops(self) -> list[Json]:
        """The operations, in the order in which they ran."""
        relations = self._relations()
        return [self._op(n, relations[n]) for n in self.graph.described]

    def _op(self, number: int, relations: list[Json]) -> Json:
        applied = self.graph.applied(number)
        node = applied.node
        entry: Json = {
            "id": number,
            "name": title(node.operation.name),
            "grad_fn": node.grad_fn,
            "params": shown(node.operation, node.call.params),
            "inputs": [self.graph.id_of(v) for v in node.inputs],
            "outputs": [self.graph.id_of(v) for v in applied.outputs],
            "saved": [{s.kind: s.position, "version": s.version} for s in node.saved],
            "relations": relations,
            "forward": forward(node.operation, node.call),
            "module": applied.module,
            "span": self.places.span(node.here),
        }
        if number in self.graph.derivers:
            entry["derives"], entry["of_op"] = self.graph.derivers[number]
        if isinstance(node.operation, Own):
            entry.update(told_of(node.operation))
        return entry

    def _relations(self) -> dict[int, list[Json]]:
        """Relations of every described operation; those that carry are given edges before any other."""
        graph = self.graph
        found = [(n, pairs(node, graph.call_of(node))) for n in graph.by_priority() if (node := graph.applied(n).node)]
        made: dict[int, list[Json]] = {n: [{}] * len(rows) for n, rows in found}
        for carrying in (True, False):
            for n, rows in found:
                for position, pair in enumerate(rows):
                    if pair.carries is not carrying:
                        continue
                    relation = pair.relation()
                    known = pair.node.recorded and not pair.node.forgotten
                    edges, complete = self.edges.take(relation) if known else (None, False)
                    made[n][position] = described(pair, relation, edges, complete)
        return made

    def take_focused(self) -> None:
        """Reserve the numbers of the tensors that the focus call's operations use and make."""
        for n in self.graph.walked:
            applied = self.graph.applied(n)
            for value in (*applied.node.inputs, *applied.outputs):
                if self.graph.id_of(value) is not None and self._take(value) is None:
                    self._summary(value)

    def _take(self, value: Value) -> list[Any] | None:
        key = id(value)
        if key not in self.taken:
            self.taken[key] = self.numbers.take(value.array)
        return self.taken[key]

    def tensors(self) -> list[Json]:
        """The values, in the order in which they came to be."""
        labels, grads = Labels(self.graph, self.places, self.modules.names), self._grads()
        return [self._tensor(n, value, labels, grads) for n, value in enumerate(self.graph.values)]

    def _tensor(self, number: int, value: Value, labels: Labels, grads: dict[int, list[Any] | None]) -> Json:
        tape = self.graph.tape
        span, label = labels.of(value)
        values = self._take(value)
        entry: Json = {
            "id": number,
            "name": labels.names.get(id(value)),
            "label": label,
            "version": value.version,
            "constant": id(value) in tape.constants,
            "shape": list(value.array.shape),
            "dtype": value.array.dtype.name,
            "requires_grad": value.requires_grad,
            "is_leaf": value.is_leaf,
            "op": self.graph.makers.get(id(value)),
            "values": values,
            "grad": grads.get(id(value)),
            "span": span,
        }
        if values is None:
            entry["summary"] = self._summary(value)
        return entry

    def _summary(self, value: Value) -> Json:
        key = id(value)
        if key not in self.summaries:
            self.summaries[key] = summary(value.array, len(self.summaries))
        return self.summaries[key]

    def _grads(self) -> dict[int, list[Any] | None]:
        """`.grad` as the program left it, on the newest value of its tensor."""
        newest = {id(value.meta): value for value in self.graph.values if value.meta is not None}
        drawers = ((value, value.meta.grad) for value in newest.values() if value.meta is not None)
        return {id(value): self.numbers.take(grad.array) for value, grad in drawers if grad is not None}
