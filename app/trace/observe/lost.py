"""A leaf lost by `w = w - lr * w.grad`: the name moves to a new tensor, and the leaf with its drawer stays behind."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.node import Node
from app.engine.run import Notice
from app.engine.tape import Tape
from app.engine.value import Value
from app.interpreter import Execution

NEAR = 4
"""Operations to look back through: `w - lr * w.grad / n` has three."""


def lost_leaves(execution: Execution) -> Iterator[Notice]:
    """At every assignment that gives the name of a leaf to an update of that leaf."""
    tape = execution.run.tape
    makers = {id(value): applied.node for applied in tape.applied for value in applied.outputs}
    held: dict[str, Value] = {}
    for name, value, here in tape.bindings:
        before = held.get(name)
        held[name] = value
        if before is None or before.meta is value.meta or not _is_leaf(before) or id(value) not in makers:
            continue
        near = _near(value, makers)
        if id(before) in near and any(id(gradient) in near for gradient in _drawer(tape, before)):
            yield Notice("leaf-lost", {"name": name, "grad": value.requires_grad}, here)


def _is_leaf(value: Value) -> bool:
    return value.requires_grad and value.node is None


def _drawer(tape: Tape, leaf: Value) -> list[Value]:
    grad = None if leaf.meta is None else leaf.meta.grad
    return [] if grad is None else [value for value in tape.values if value.memory is grad.value.memory]


def _near(value: Value, makers: dict[int, Node]) -> set[int]:
    """The ids of the values that `value` was computed from, a few operations back."""
    found: set[int] = set()
    edge = [value]
    for _ in range(NEAR):
        edge = [source for one in edge if id(one) in makers for source in makers[id(one)].inputs]
        found.update(id(source) for source in edge)
    return found
