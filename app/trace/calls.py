"""Backward calls as JSON: what was asked, what was walked, every score, and what was booked in `.grad`."""

from __future__ import annotations

from typing import Any

from app.engine.backward import BackwardCall
from app.engine.tensor import Tensor
from app.interpreter import span_of
from app.trace.graph import Graph
from app.trace.messages import call_error, place
from app.trace.numbers import Allowance, Array

Json = dict[str, Any]


class Calls:
    """Writes the backward calls of one graph; the focus call's scores are sent first."""

    def __init__(self, graph: Graph, numbers: Allowance) -> None:
        self.graph = graph
        self.numbers = numbers

    def all(self) -> list[Json]:
        """The calls, in order."""
        calls = self.graph.tape.calls
        made: dict[int, Json] = {}
        for number, call in sorted(enumerate(calls), key=lambda pair: pair[1] is not self.graph.focus):
            made[number] = self._call(number, call)
        return [made[n] for n in range(len(calls))]

    def _call(self, number: int, call: BackwardCall) -> Json:
        failed = None if call.failed is None else self.graph.number_of(call.failed)
        entry: Json = {
            "id": number,
            "call": call.kind,
            "span": place(span_of(call.here)),
            "after_op": call.after,
            "roots": [
                {"tensor": self.graph.id_of(v), "gradient": self._gradient(g)} for v, g in call.roots
            ],
            "inputs": None if call.inputs is None else [self.graph.id_of(v) for v in call.inputs],
            "retain_graph": call.retain_graph,
            "create_graph": call.create_graph,
            "order": [self.graph.number_of(node) for node in call.order],
            "scores": self._scores(call),
            "accumulated": self._accumulated(call),
            "error": None if call.error is None else call_error(call.error, call.here, failed),
        }
        if call.kind == "grad":
            entry["results"] = None if call.results is None else [self._maybe(r) for r in call.results]
        return entry

    def _gradient(self, gradient: Any) -> list[Any] | None:
        return self._maybe(gradient.array if isinstance(gradient, Tensor) else gradient)

    def _maybe(self, array: Array | None) -> list[Any] | None:
        return None if array is None else self.numbers.take(array)

    def _scores(self, call: BackwardCall) -> list[Json]:
        reached = call.scores.values() if call.order or call.error is None else ()
        rows = ((self.graph.id_of(value), array) for value, array in reached)
        return [{"tensor": n, "values": self.numbers.take(array)} for n, array in rows if n is not None]

    def _accumulated(self, call: BackwardCall) -> list[Json]:
        return [
            {"tensor": self.graph.id_of(e.value), "before": self._maybe(e.before), "after": self.numbers.take(e.after)}
            for e in call.accumulated
        ]
