"""Backward calls as JSON: what was asked, what was walked, every score, and what was booked in `.grad`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.engine.backward import Accumulated, BackwardCall, Hooked, source_of
from app.engine.tensor import Tensor
from app.engine.value import Value
from app.interpreter import span_of
from app.trace.graph import Graph
from app.trace.messages import call_error, place
from app.trace.numbers import Allowance, Array, summary

Json = dict[str, Any]


class Calls:
    """Writes the backward calls of one graph."""

    def __init__(self, graph: Graph, numbers: Allowance) -> None:
        self.graph = graph
        self.numbers = numbers
        self.made: dict[int, Json] = {}
        self.summaries = 0

    def take_focused(self) -> None:
        """Write the focus call before the budget goes to anything else."""
        for number, call in enumerate(self.graph.tape.calls):
            if call is self.graph.focus:
                self.made[number] = self._call(number, call)

    def all(self) -> list[Json]:
        """The calls, in order."""
        return [self.made.get(n) or self._call(n, call) for n, call in enumerate(self.graph.tape.calls)]

    def _call(self, number: int, call: BackwardCall) -> Json:
        if not self.graph.is_told(call):
            return self._mentioned(number, call)
        failed = None if call.failed is None else self.graph.numbers.get(id(call.failed))
        entry: Json = {
            "id": number,
            "call": call.kind,
            "span": place(span_of(call.here)),
            "after_op": self.graph.after(call),
            "roots": [{"tensor": self.graph.id_of(v), "gradient": self._gradient(g)} for v, g in call.roots],
            "inputs": None if call.inputs is None else [self.graph.id_of(v) for v in call.inputs],
            "retain_graph": call.retain_graph,
            "create_graph": call.create_graph,
            "order": self.graph.order_of(call),
            "scores": self._scores(call),
            "accumulated": self._bookings(call.accumulated),
            "retained": self._bookings(call.retained.values()),
            "hooks": [self._hooked(h) for h in call.hooks],
            "error": None if call.error is None else call_error(call.error, call.here, failed),
        }
        if call.kind == "grad":
            entry["results"] = None if call.results is None else [self._maybe(r) for r in call.results]
        return entry

    def _mentioned(self, number: int, call: BackwardCall) -> Json:
        """A call none of whose operations has an entry: that it was, where, and what it walked."""
        return {
            "id": number, "call": call.kind, "span": place(span_of(call.here)), "after_op": self.graph.after(call),
            "roots": [], "inputs": None, "retain_graph": call.retain_graph, "create_graph": call.create_graph,
            "order": self.graph.order_of(call), "scores": [], "accumulated": [], "retained": [], "hooks": [],
            "error": None if call.error is None else call_error(call.error, call.here, None), "told": False,
            **({"results": None} if call.kind == "grad" else {}),
        }  # fmt: skip

    def _hooked(self, hooked: Hooked) -> Json:
        """What a hook changed, and where the program registered it."""
        entry: Json = {
            "tensor": None if hooked.value is None else self.graph.id_of(hooked.value),
            "op": None if hooked.node is None else self.graph.numbers.get(id(hooked.node)),
            "before": self._maybe(hooked.before),
            "after": self._maybe(hooked.after),
            "span": place(span_of(hooked.here)),
        }
        sides = {"input": hooked.input, "output": hooked.output}
        return entry | {side: position for side, position in sides.items() if position is not None}

    def _gradient(self, gradient: Any) -> list[Any] | None:
        return self._maybe(gradient.array if isinstance(gradient, Tensor) else gradient)

    def _maybe(self, array: Array | None) -> list[Any] | None:
        return None if array is None else self.numbers.take(array)

    def score_of(self, value: Value) -> Array | None:
        """Its score in the focus call; None where none came."""
        if self.graph.focus is None:
            return None
        scores, _, _ = self._arrived(self.graph.focus)
        return scores.get(id(value))

    def _arrived(self, call: BackwardCall) -> tuple[dict[int, Array], list[Value], dict[int, list[int | None]]]:
        """The scores by id of their value, the values in the order of the walk, and whose scores passed silently."""
        scores = {key: array for key, (_, array) in call.scores.items()}
        order = [value for value, _ in call.scores.values()]
        return scores, order, self._pass_silently(call, order, scores)

    def _scores(self, call: BackwardCall) -> list[Json]:
        scores, order, silent = self._arrived(call)
        entries = []
        for value in order:
            number = self.graph.id_of(value)
            if number is not None:
                passed = {"through": silent[id(value)]} if id(value) in silent else {}
                entries.append({"tensor": number, **self._told(scores[id(value)]), **passed})
        return entries

    def _told(self, score: Array) -> Json:
        """The numbers of a score, or a summary where there are too many."""
        values = self.numbers.take(score)
        if values is not None:
            return {"values": values}
        self.summaries += 1
        return {"values": None, "summary": summary(score, self.summaries - 1)}

    def _pass_silently(
        self, call: BackwardCall, order: list[Value], scores: dict[int, Array]
    ) -> dict[int, list[int | None]]:
        """Give one value of each tensor the scores of its other values too; says from which ids, per value.

        Numbers that were changed behind autograd's back (under no_grad, through `.data`) are a new value of the same
        tensor. Scores meet in the value that the operation made, or that was booked in the leaf's drawer.
        """
        booked = {source_of(entry.value): entry.value for entry in call.accumulated}
        through: dict[int, list[int | None]] = {}
        for value in list(order):
            keeper = self._maker(value) or booked.get(source_of(value), value)
            if keeper is value:
                continue
            if id(keeper) not in scores:
                order.insert(order.index(value) + 1, keeper)
                scores[id(keeper)] = scores[id(value)]
            else:
                scores[id(keeper)] = scores[id(keeper)] + scores[id(value)]
            through.setdefault(id(keeper), []).append(self.graph.id_of(value))
        return through

    def _maker(self, value: Value) -> Value | None:
        """The value that the operation behind it made first; None for a leaf."""
        number = None if value.node is None else self.graph.numbers.get(id(value.node))
        return None if number is None else self.graph.applied(number).outputs[value.index]

    def _bookings(self, entries: Iterable[Accumulated]) -> list[Json]:
        return [
            {"tensor": number, "before": self._maybe(e.before), "after": self.numbers.take(e.after)}
            for e in entries
            if (number := self.graph.id_of(e.value)) is not None
        ]
