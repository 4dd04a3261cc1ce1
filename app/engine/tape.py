"""The record of a run: every value, operation and backward call, in the order in which they happened.

The tape owns what it lists. Nodes point to values and values to the node that made them, never further, so a
tape that is dropped frees the whole run without the cyclic garbage collector.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engine.backward import BackwardCall
    from app.engine.node import Node
    from app.engine.parts import Part
    from app.engine.tensor import Tensor
    from app.engine.value import Value


@dataclass(slots=True, eq=False)
class Applied:
    """One operation that ran: its node, the values that it made, and the innermost module call that it ran in."""

    node: Node
    outputs: tuple[Value, ...]
    module: int | None = None


@dataclass(slots=True)
class ModuleCall:
    """One call of a module: a group of the operations that ran until it returned.

    `owner` is the module as the interpreter knows it, `before` how many values there were when it was called,
    `given` and `returned` are the values that the call was given and answered.
    """

    owner: object
    parent: int | None
    here: object
    before: int
    given: tuple[Value, ...]
    returned: tuple[Value, ...] = ()


class Tape:
    """What happened in one run.

    `hidden`: numbers of operations that ran inside another one (a learner's own function) or inside a hook;
    `inner`: values that first came up there.
    `walking`: the backward calls under way, of which hooks and learners' own functions may start others.
    `focus`: number of a backward call whose operations the reader asked for.
    `derived`: by number, the backward call under create_graph that ran an operation, and the node it then passed.
    """

    def __init__(self) -> None:
        self.values: list[Value] = []
        self.applied: list[Applied] = []
        self.calls: list[BackwardCall] = []
        self.modules: list[ModuleCall] = []
        self.inside: int | None = None
        self.owners: dict[int, tuple[str, object]] = {}
        self.names: dict[int, str] = {}
        self.bindings: list[tuple[str, Value, object]] = []
        self.read_outs: list[tuple[int, str, object]] = []
        self.places: dict[int, object] = {}
        self.constants: set[int] = set()
        self.hidden: set[int] = set()
        self.inner: set[int] = set()
        self.deriving: tuple[BackwardCall, Node] | None = None
        self.derived: dict[int, tuple[BackwardCall, Node]] = {}
        self.handles: dict[int, object] = {}
        self.parts: dict[int, Sequence[Value | Part | None]] = {}
        self.inference = False
        self.focus: int | None = None
        self.walking: list[BackwardCall] = []
        self._hiding = 0
        self._known: set[int] = set()
        self._sighted: list[Value] = []
        self._next: dict[int, tuple[Value, Value]] = {}

    def made(self, value: Value, here: object, constant: bool = False) -> None:
        """List a value once; `here` is the source that made it."""
        key = id(value)
        if key in self._known:
            return
        self._known.add(key)
        value.inference = value.inference or self.inference
        self.values.append(value)
        if self._hiding:
            self.inner.add(key)
        self.places.setdefault(key, here)
        if constant:
            self.constants.add(key)

    def sighted(self, value: Value, here: object) -> None:
        """A value came into view at `here` (`x.grad`). It is listed only once the program computes with it."""
        if id(value) not in self.places:
            self._sighted.append(value)
            self.places[id(value)] = here

    def ran(self, node: Node, outputs: tuple[Value, ...]) -> None:
        """List an operation, the values that it used if they are new, and the values that it made."""
        for value in node.inputs:
            if id(value) not in self._known:
                self.made(value, node.here)
        if self._hiding:
            self.hidden.add(len(self.applied))
        elif self.deriving is not None:
            self.derived[len(self.applied)] = self.deriving
        self.applied.append(Applied(node, outputs, self.inside))
        for value in outputs:
            self.made(value, node.here)

    def entered(self, owner: object, here: object, given: tuple[Value, ...]) -> ModuleCall:
        """A module was called: what runs until it is left belongs to it."""
        call = ModuleCall(owner, self.inside, here, len(self.values), given)
        self.inside = len(self.modules)
        self.modules.append(call)
        return call

    def left(self, call: ModuleCall, returned: tuple[Value, ...]) -> None:
        """The module call answered, or failed."""
        call.returned = returned
        self.inside = call.parent

    def walked(self, call: BackwardCall) -> None:
        """List a backward call before it walks, so that a failure leaves it here; not one inside another operation."""
        if not self._hiding:
            self.calls.append(call)

    @contextlib.contextmanager
    def hiding(self) -> Iterator[None]:
        """Operations and backward calls in this block belong to another operation."""
        self._hiding += 1
        try:
            yield
        finally:
            self._hiding -= 1

    def read_out(self, value: Value, how: str, here: object) -> None:
        """Bare numbers were taken out of a tensor with a history: `.item()`, `float(x)`."""
        if value.requires_grad:
            self.read_outs.append((len(self.values), how, here))

    def order_of(self, value: Value) -> int:
        """How many values had been listed before this one."""
        return next((n for n, listed in enumerate(self.values) if listed is value), len(self.values))

    def named(self, tensor: Tensor, name: str, here: object = None) -> None:
        """A variable or dotted attribute was bound to `tensor`; the first name stays."""
        value = tensor.value
        self.bindings.append((name, value, here))
        self.made(value, None)
        self.names.setdefault(id(value), name)

    def owned(self, owner: object, name: str) -> None:
        """A variable or dotted attribute was bound to a module; the first name stays."""
        self.owners.setdefault(id(owner), (name, owner))

    def succeeded(self, old: Value, new: Value) -> None:
        """`new` is the next version of the tensor whose value was `old`: it keeps the name."""
        self._next[id(old)] = (old, new)
        name = self.names.get(id(old))
        if name is not None:
            self.names.setdefault(id(new), name)

    def earlier(self) -> dict[int, Value]:
        """By id of a value: the value that its tensor had before."""
        return {id(new): old for old, new in self._next.values()}

    def newest(self, value: Value) -> Value:
        """What the tensor whose value once was this one holds by now."""
        while id(value) in self._next:
            value = self._next[id(value)][1]
        return value
