"""The methods of set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interpreter.exceptions import raised
from app.interpreter.hashing import key
from app.interpreter.machine import Machine
from app.interpreter.protocol import collect
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import positional

Run = Callable[[Machine, Any, Arguments, Keywords], object]


def _add(machine: Machine, value: set[object], arguments: Arguments, keywords: Keywords) -> None:
    (item,) = positional("set.add", arguments, keywords, 1, 1)
    machine.budget.container(1 if len(value) < machine.budget.limits.size else len(value) + 1)
    value.add(key(machine, item))


def _discard(machine: Machine, value: set[object], arguments: Arguments, keywords: Keywords) -> None:
    (item,) = positional("set.discard", arguments, keywords, 1, 1)
    value.discard(key(machine, item))


def _remove(machine: Machine, value: set[object], arguments: Arguments, keywords: Keywords) -> None:
    (item,) = positional("set.remove", arguments, keywords, 1, 1)
    if key(machine, item) not in value:
        raise raised(machine, "KeyError", item)
    value.discard(item)


def _pop(machine: Machine, value: set[object], arguments: Arguments, keywords: Keywords) -> object:
    positional("set.pop", arguments, keywords, 0, 0)
    if not value:
        raise raised(machine, "KeyError", "pop from an empty set")
    return value.pop()


def _clear(machine: Machine, value: set[object], arguments: Arguments, keywords: Keywords) -> None:
    positional("set.clear", arguments, keywords, 0, 0)
    value.clear()


def _copy(machine: Machine, value: set[object], arguments: Arguments, keywords: Keywords) -> object:
    positional("set.copy", arguments, keywords, 0, 0)
    machine.budget.container(len(value))
    return set(value)


def _keys(machine: Machine, source: object) -> set[object]:
    return {key(machine, item) for item in collect(machine, source)}


def _combined(function: Callable[..., object]) -> Run:
    """A method that takes iterables and compares or combines them with the set."""

    def run(machine: Machine, value: set[object], arguments: Arguments, keywords: Keywords) -> object:
        others = [_keys(machine, each) for each in positional("set method", arguments, keywords, 0, 64)]
        machine.budget.container(len(value) + sum(map(len, others)))
        return function(value, *others)

    return run


def _one(function: Callable[..., object]) -> Run:
    def run(machine: Machine, value: set[object], arguments: Arguments, keywords: Keywords) -> object:
        (source,) = positional("set method", arguments, keywords, 1, 1)
        other = _keys(machine, source)
        machine.budget.container(len(value) + len(other))
        return function(value, other)

    return run


SET: dict[str, Run] = {
    "add": _add, "discard": _discard, "remove": _remove, "pop": _pop, "clear": _clear, "copy": _copy,
    "union": _combined(set.union), "intersection": _combined(set.intersection),
    "difference": _combined(set.difference), "update": _combined(set.update),
    "intersection_update": _combined(set.intersection_update), "difference_update": _combined(set.difference_update),
    "symmetric_difference_update": _one(set.symmetric_difference_update),
    "symmetric_difference": _one(set.symmetric_difference), "issubset": _one(set.issubset),
    "issuperset": _one(set.issuperset), "isdisjoint": _one(set.isdisjoint),
}  # fmt: skip
FROZEN: dict[str, Run] = {
    "copy": lambda machine, value, arguments, keywords: value,
    "union": _combined(frozenset.union), "intersection": _combined(frozenset.intersection),
    "difference": _combined(frozenset.difference), "symmetric_difference": _one(frozenset.symmetric_difference),
    "issubset": _one(frozenset.issubset), "issuperset": _one(frozenset.issuperset),
    "isdisjoint": _one(frozenset.isdisjoint),
}  # fmt: skip
