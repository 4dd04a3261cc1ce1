"""Hooks: functions of the program that see a score on its way, and may put another one in its place.

A hook of a tensor belongs to what receives the score: an output of a node, or a leaf's drawer. The functions are
plain callables here; what they call is the interpreter's business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

_numbers = count()


@dataclass(eq=False)
class Hook:
    """One registered function; `name` is what errors call it, `here` where it was registered."""

    run: Callable[..., Any]
    name: str
    here: object


@dataclass
class Hooks:
    """The hooks of one node or drawer. `tensor[j]` see the score of output j (0 for a drawer) before it is used,
    `before` and `after` see what goes into and comes out of the node, `booked` run once a drawer has been added to.
    """

    tensor: dict[int, list[Hook]] = field(default_factory=dict)
    before: list[Hook] = field(default_factory=list)
    after: list[Hook] = field(default_factory=list)
    booked: list[Hook] = field(default_factory=list)


class Handle:
    """What registering gives back: `remove()` takes the hooks away again."""

    __slots__ = ("id", "rows")

    def __init__(self, rows: list[tuple[list[Hook], Hook]]) -> None:
        self.rows = rows
        self.id = next(_numbers)

    def remove(self) -> bool:
        """Take the hook away; a second time does nothing. As the end of a block it swallows no error: False."""
        for row, hook in self.rows:
            if hook in row:
                row.remove(hook)
        return False


def registered(row: list[Hook], hook: Hook) -> Handle:
    """The hook stands last in its row."""
    row.append(hook)
    return Handle([(row, hook)])
