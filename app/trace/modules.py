"""The modules of a run: what their parameters are called, and which operations each of their calls holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.engine.tape import ModuleCall, Tape
from app.engine.value import Value
from app.interpreter import Part, class_name, parts
from app.trace.graph import Graph
from app.trace.places import Places

Json = dict[str, Any]


@dataclass
class Held:
    """A tensor that modules hold: what a reader calls it, and the modules, by id."""

    name: str
    owners: set[int] = field(default_factory=set)


class Names:
    """What a reader calls modules and their tensors: the variable that holds the outermost module, then the path."""

    def __init__(self, tape: Tape) -> None:
        self.modules: dict[int, str] = {}
        self._tensors: dict[int, Held] = {}
        self._earlier = tape.earlier()
        trees = self._trees(tape)
        inner = {id(part.module) for tree in trees for part in tree[1:]}
        for tree in trees:
            if id(tree[0].module) not in inner:
                for part in tree:
                    self._take(part)

    def _trees(self, tape: Tape) -> list[list[Part]]:
        """The modules that were bound to a variable, or called, each with all that is below it."""
        found = [parts(module, name) for name, module in tape.owners.values()]
        known = {id(part.module) for tree in found for part in tree}
        for call in tape.modules:
            if id(call.owner) not in known:
                found.append(parts(call.owner, ""))
                known.update(id(part.module) for part in found[-1])
        return [tree for tree in found if tree]

    def _take(self, part: Part) -> None:
        if part.name:
            self.modules.setdefault(id(part.module), part.name)
        for name, tensor in part.tensors:
            held = self.of(tensor.value) or Held(f"{part.name}.{name}" if part.name else name)
            held.owners.add(id(part.module))
            self._hold(tensor.value, held)

    def _hold(self, value: Value | None, held: Held) -> None:
        """Every version of the tensor; those that only share its `.grad` drawer (`x.data = …`) are found by that."""
        if value is not None and value.meta is not None and value.node is None:
            self._tensors[id(value.meta)] = held
        while value is not None:
            self._tensors[id(value)] = held
            value = self._earlier.get(id(value))

    def of(self, value: Value) -> Held | None:
        """The tensor of a module that the value is a version of."""
        found = self._tensors.get(id(value))
        if found is None and value.meta is not None and value.node is None:
            found = self._tensors.get(id(value.meta))
        return found


class Members:
    """What one call holds: operations and tensors by their numbers, in the order in which they came."""

    def __init__(self) -> None:
        self.ops: list[int] = []
        self.inputs: dict[int, None] = {}
        self.outputs: dict[int, None] = {}
        self.parameters: dict[int, None] = {}


class Modules:
    """The calls of modules in which a described operation ran."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.calls = graph.tape.modules
        self.names = Names(graph.tape)
        self.members: dict[int, Members] = {}
        self.born = {id(value): number for number, value in enumerate(graph.tape.values)} if self.calls else {}
        for number in graph.described if self.calls else ():
            self._operation(number)
        self._returned()

    def entries(self, places: Places) -> list[Json]:
        """The calls in the order in which they began."""
        return [self._entry(number, places) for number in sorted(self.members)]

    def _entry(self, number: int, places: Places) -> Json:
        call, members = self.calls[number], self.members[number]
        return {
            "id": number,
            "name": self.names.modules.get(id(call.owner)),
            "class": class_name(call.owner),
            "parent": call.parent,
            "ops": members.ops,
            "inputs": list(members.inputs),
            "outputs": list(members.outputs),
            "parameters": list(members.parameters),
            "span": places.span(call.here),
        }

    def _around(self, number: int | None) -> Iterator[int]:
        """The call and those around it, innermost first."""
        while number is not None:
            yield number
            number = self.calls[number].parent

    def _inside(self, operation: int | None) -> int | None:
        """The innermost call that an operation ran in."""
        return None if operation is None else self.graph.applied(operation).module

    def _operation(self, number: int) -> None:
        applied = self.graph.applied(number)
        around = list(self._around(applied.module))
        for call in around:
            self.members.setdefault(call, Members()).ops.append(number)
        for value in applied.node.inputs:
            self._used(value, around)

    def _used(self, value: Value, around: list[int]) -> None:
        """An operation inside the calls `around` took a value: it flows into those that it does not come from."""
        key, held = self.graph.id_of(value), self.names.of(value)
        maker = self.graph.makers.get(id(value))
        if key is None:
            return
        if maker is not None:
            makers = list(self._around(self._inside(maker)))
            for call in makers:
                if call not in around and call in self.members:
                    self.members[call].outputs.setdefault(key)
        else:
            makers = []
        for call in around:
            if call in makers:
                break
            if held is not None and id(self.calls[call].owner) in held.owners:
                self.members[call].parameters.setdefault(key)
                break
            if maker is not None or self._is_given(value, self.calls[call]):
                self.members[call].inputs.setdefault(key)

    def _is_given(self, value: Value, call: ModuleCall) -> bool:
        """Whether a value that no operation made was there before the call, not written in its code."""
        if id(value) in self.graph.tape.constants:
            return False
        return self.born[id(value)] < call.before or any(value is each for each in call.given)

    def _returned(self) -> None:
        for number, members in self.members.items():
            inside = set(members.ops)
            for value in self.calls[number].returned:
                key = self.graph.id_of(value)
                if key is not None and self.graph.makers.get(id(value)) in inside:
                    members.outputs.setdefault(key)
