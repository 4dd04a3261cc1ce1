"""What a tensor's entry is labelled with: the source text that made it, and where that stands."""

from __future__ import annotations

from app.engine.node import Node
from app.engine.value import Value
from app.interpreter import Span, argument_spans, source_of, span_of
from app.trace.graph import Graph

Label = tuple[Span | None, str]


class Labels:
    """Labels of one graph's values."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.operands = self._operands()

    def of(self, value: Value) -> Label:
        """(place, source text). A view that was read again after a write has its own name for a text."""
        key = id(value)
        if key in self.operands:
            return self.operands[key]
        here = self.graph.tape.places.get(key)
        name = self.graph.tape.names.get(key)
        if name is not None and value.node is not None and value.node.operation.name == "as_strided":
            return span_of(here), name
        return span_of(here), source_of(here)

    def _operands(self) -> dict[int, Label]:
        """Values that came to be as an operand of the operation that first used them: `2` in `x + 2`, `[0, 1]` in
        `x[[0, 1]]`."""
        tape = self.graph.tape
        found: dict[int, Label] = {}
        for n in self.graph.described:
            node = self.graph.applied(n).node
            for k, value in enumerate(node.inputs):
                key = id(value)
                if key not in found and key not in self.graph.makers and tape.places.get(key) is node.here:
                    found[key] = self._operand(n, node, k, value)
        return found

    def _operand(self, number: int, node: Node, k: int, value: Value) -> Label:
        constant = id(value) in self.graph.tape.constants
        if constant and number in self.graph.derivers:
            return span_of(node.here), f"{value.array.item():g}"
        arguments = argument_spans(node.here)
        if not constant:
            return arguments.get(k) or (span_of(node.here), source_of(node.here))
        element = value.array.item()
        for key in (k, *arguments):
            at = arguments.get(key)
            if at is not None and _reads_as(at[1], element):
                return at
        return arguments.get(k) or arguments.get(1) or (span_of(node.here), source_of(node.here))


def _reads_as(text: str, number: object) -> bool:
    """Whether a text is a literal of that number: 2. for 2.0, 1e-3 for 0.001."""
    try:
        return float(text) == float(str(number))
    except ValueError:
        return text == str(number)
