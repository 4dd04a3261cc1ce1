"""A finished run as numbered operations and tensors: which are described, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.engine.backward import BackwardCall
from app.engine.node import Call, Node
from app.engine.tape import Applied, Tape
from app.engine.value import Value

RELATIONS = 5_000
"""A loop over the rows of a tensor has thousands of outputs, each with a relation: operations with very many are told
only while there is room."""
TENSORS = 6_000
"""Tensors that no operation uses are told up to here."""


@dataclass(frozen=True)
class Limits:
    """The budgets of one response. A request may lower them, never raise them."""

    edges: int = 20_000
    values: int = 50_000
    ops: int = 2_000
    values_per_tensor: int = 1_000

    def lowered(self, wanted: dict[str, int]) -> Limits:
        """These limits, each at most what was asked for."""
        return Limits(
            min(self.edges, wanted.get("edges", self.edges)),
            min(self.values, wanted.get("values", self.values)),
            min(self.ops, wanted.get("ops", self.ops)),
        )


class Graph:
    """The tape with numbers. `focus` is the backward call whose operations the budgets serve first.

    What ran inside a learner's own function or a hook has no number: it is no operation of its own.
    """

    def __init__(self, tape: Tape, limits: Limits, focus: int | None) -> None:
        self.tape = tape
        self.limits = limits
        self.all = [a for n, a in enumerate(tape.applied) if n not in tape.hidden] if tape.hidden else tape.applied
        self.numbers = {id(applied.node): n for n, applied in enumerate(self.all)}
        self.focus = self._focus(focus)
        self.described = self._described()
        self.makers = {id(value): n for n in self.described for value in self.all[n].outputs}
        self.values = self._values()
        self.ids = {id(value): n for n, value in enumerate(self.values)}
        self.derivers = self._derivers()

    def _focus(self, wanted: int | None) -> BackwardCall | None:
        calls = self.tape.calls
        if wanted is not None and 0 <= wanted < len(calls):
            return calls[wanted]
        return calls[-1] if calls else None

    @cached_property
    def walked(self) -> list[int]:
        """The operations that the focus call walked, by number."""
        return sorted(self.order_of(self.focus)) if self.focus else []

    def order_of(self, call: BackwardCall) -> list[int]:
        """The operations that a call walked, by number, as walked."""
        return [self.numbers[id(node)] for node in call.order if id(node) in self.numbers]

    def is_told(self, call: BackwardCall) -> bool:
        """Whether a call is told in full: the focus call, and every other that walked an operation with an entry.

        A training loop calls backward thousands of times; of most only where and when is told.
        """
        return call is self.focus or not call.order or any(n in self.has_entry for n in self.order_of(call))

    @cached_property
    def has_entry(self) -> frozenset[int]:
        """The described operations, for looking up."""
        return frozenset(self.described)

    @property
    def total(self) -> int:
        """How many operations the program ran, described or not."""
        return len(self.all)

    def _described(self) -> list[int]:
        """The operations that get an entry: those of the focus call first, then the others by number."""
        first = self.walked[-self.limits.ops :] if self.limits.ops else []
        chosen: set[int] = set()
        relations = RELATIONS
        for n in (*reversed(first), *range(self.total)):
            if len(chosen) >= self.limits.ops:
                break
            if n not in chosen and (not chosen or self._relations_of(n) <= relations):
                chosen.add(n)
                relations -= self._relations_of(n)
        return sorted(chosen)

    def _relations_of(self, number: int) -> int:
        """How many relations an operation may have, each input with each output, and more where there are many: each
        looks through all inputs or outputs."""
        applied = self.all[number]
        count = len(applied.node.inputs) * len(applied.outputs)
        return count + count * count // 200

    def _values(self) -> list[Value]:
        """The values that get an entry, in order of creation."""
        everything = len(self.described) == self.total
        if everything and not self.tape.hidden and len(self.tape.values) <= TENSORS:
            return self.tape.values
        listed = set(map(id, self.tape.values[:TENSORS])) - self.tape.inner if everything else set()
        used = {id(v) for n in self.described for v in (*self.applied(n).node.inputs, *self.applied(n).outputs)}
        for call in filter(self.is_told, self.tape.calls):
            used.update(id(value) for value, _ in call.roots)
            used.update(id(value) for value in call.inputs or ())
            used.update(id(entry.value) for entry in call.accumulated)
        return [v for v in self.tape.values if id(v) in used or id(v) in listed]

    def _derivers(self) -> dict[int, tuple[int, int]]:
        """For each operation that a call under create_graph ran, by number: that call, and the operation it passed."""
        calls = {id(call): number for number, call in enumerate(self.tape.calls)}
        return {
            self.numbers[id(self.tape.applied[n].node)]: (calls[id(call)], self.numbers[id(node)])
            for n, (call, node) in self.tape.derived.items()
            if id(call) in calls and id(node) in self.numbers
        }

    def applied(self, number: int) -> Applied:
        return self.all[number]

    def call_of(self, node: Node) -> Call:
        """The operands of a node, as the focus call found them where they had been changed since forward; those of an
        operation that it did not walk, as the last call did."""
        return self._reread.get(id(node), node.call)

    @cached_property
    def _reread(self) -> dict[int, Call]:
        found: dict[int, Call] = {}
        for call in self.tape.calls:
            found.update(call.reread)
        if self.focus is not None:
            for node in self.focus.order:
                found.pop(id(node), None)
            found.update(self.focus.reread)
        return found

    def number_of(self, node: Node) -> int:
        return self.numbers[id(node)]

    def after(self, call: BackwardCall) -> int:
        """How many operations had run before a call."""
        return call.after - sum(n < call.after for n in self.tape.hidden)

    def id_of(self, value: Value) -> int | None:
        return self.ids.get(id(value))

    def by_priority(self) -> list[int]:
        """The described operations in the order in which budgets are spent on them."""
        first = set(self.walked)
        return [n for n in self.described if n in first] + [n for n in self.described if n not in first]
