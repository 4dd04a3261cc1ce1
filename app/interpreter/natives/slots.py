"""The methods of `object`: what `super()` and `object.__setattr__` find when no class defines them."""

from __future__ import annotations

from collections.abc import Callable

from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords, Slot

Run = Callable[[Machine, Arguments, Keywords], object]
OBJECT_SLOTS: dict[str, Slot] = {}
"""Filled by `natives.objects`; kept apart from the class `object`, so that looking for a student's own special method
does not find these."""


def slot(name: str, least: int, most: int) -> Callable[[Run], Run]:
    """Register a method of `object` that takes itself and `least` to `most` - 1 more arguments."""

    def register(run: Run) -> Run:
        def checked(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
            given = len(arguments)
            if not given:
                raise type_error(f"descriptor '{name}' of 'object' object needs an argument")
            if not least <= given <= most:
                wanted = least - 1 if given < least else most - 1
                plural = "s" if wanted != 1 else ""
                raise type_error(f"expected {wanted} argument{plural}, got {given - 1}")
            return run(machine, arguments, keywords)

        OBJECT_SLOTS[name] = Slot(name, checked)
        return run

    return register
