"""What a tensor's entry is labelled with: the source text that made it, and where that stands."""

from __future__ import annotations

from app.engine.backward import Source, source_of
from app.engine.node import Node
from app.engine.value import Value
from app.trace.graph import Graph
from app.trace.modules import Names
from app.trace.places import Label, Places

WRITES = frozenset({"copy_slices", "index_put", "index_put_"})
"""What `y[…] = number` runs: the number stands behind the place that is written to."""


class Labels:
    """Names and labels of one graph's values."""

    def __init__(self, graph: Graph, places: Places, modules: Names) -> None:
        self.graph = graph
        self.places = places
        self.modules = modules
        self.names = self._names()
        self.operands = self._operands()

    def of(self, value: Value) -> Label:
        """(span, source text). A view that was read again after a write has its own name for a text."""
        key = id(value)
        if key in self.operands:
            return self.operands[key]
        label = self.places.label(self.graph.tape.places.get(key))
        name = self.names.get(key)
        if name is not None and value.node is not None and value.node.operation.name == "as_strided":
            return label[0], name
        maker = self.graph.makers.get(key)
        if maker is None or "=" in label[1]:
            return label
        return label[0], label[1] + self._written(self.graph.applied(maker).node)

    def _written(self, node: Node) -> str:
        """` = v` behind the place that `y[0] = v` writes to."""
        if node.operation.name not in WRITES:
            return ""
        value = node.inputs[1]
        return f" = {self.names.get(id(value)) or self.of(value)[1]}"

    def _names(self) -> dict[int, str]:
        """Names by value; a tensor whose numbers were changed unseen by autograd (`x.data`) keeps its own.

        What belongs to a module has its qualified name, whatever variables it was bound to on the way.
        """
        given = self.graph.tape.names
        own: dict[Source, str] = {}
        found: dict[int, str] = {}
        for value in self.graph.values:
            source = source_of(value) if value.node is not None or value.meta is not None else None
            held = self.modules.of(value)
            name = given.get(id(value), None if source is None else own.get(source)) if held is None else held.name
            if name is not None:
                found[id(value)] = name
                if source is not None:
                    own[source] = name
        return found

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
        whole = self.places.label(node.here)
        constant = id(value) in self.graph.tape.constants
        if number in self.graph.derivers:
            return (whole[0], f"{value.array.item():g}") if constant else whole
        arguments = self.places.arguments(node.here)
        if not constant:
            return arguments.get(1 if node.operation.name in WRITES else k, whole)
        element = value.array.item()
        for key in (k, *arguments):
            if key in arguments and _reads_as(arguments[key][1], element):
                return arguments[key]
        if node.operation.name in WRITES or len(arguments) < len(node.inputs):
            return whole[0], f"{element:g}"
        return arguments.get(k) or list(arguments.values())[-1]


def _reads_as(text: str, number: object) -> bool:
    """Whether a text is a literal of that number: 2. for 2.0, 1e-3 for 0.001."""
    try:
        return float(text) == float(str(number))
    except ValueError:
        return text == str(number)
