"""Sorting with the interpreter's own order."""

from __future__ import annotations

from typing import Any

from app.interpreter.compare import less
from app.interpreter.iteration import truth
from app.interpreter.machine import Machine
from app.interpreter.protocol import call
from app.interpreter.records import Keywords
from app.interpreter.signatures import only
from app.interpreter.types import NUMBERS


class Ranked:
    """An item with its key; the host's sort asks `<` and nothing else."""

    __slots__ = ("item", "key", "machine")

    def __init__(self, machine: Machine, item: object, key: object) -> None:
        self.machine = machine
        self.item = item
        self.key = key

    def __lt__(self, other: Ranked) -> bool:
        self.machine.budget.step()
        return less(self.machine, self.key, other.key)


def ordered(machine: Machine, name: str, items: list[object], keywords: Keywords) -> list[object]:
    """The items in order, as a new list; `key` and `reverse` as in `sorted`."""
    only(name, keywords, "key", "reverse")
    key = keywords.get("key")
    reverse = truth(machine, keywords.get("reverse", False))
    count = len(items)
    machine.budget.container(count)
    machine.budget.bulk(count * count.bit_length())
    kinds = set(map(type, items))
    if key is None and (kinds <= NUMBERS or kinds == {str}):
        plain: list[Any] = items
        return sorted(plain, reverse=reverse)
    ranked = [Ranked(machine, item, item if key is None else call(machine, key, [item])) for item in items]
    return [each.item for each in sorted(ranked, reverse=reverse)]
