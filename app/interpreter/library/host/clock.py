"""The clock of a run: it starts at a fixed time and goes on by a little at each look, so that the same program
prints the same."""

from __future__ import annotations

from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords

START = 1_700_000_000.0
TICK = 0.001
NAME = ".looks"


@primitive("clock")
def _clock(machine: Machine, arguments: Arguments, keywords: Keywords) -> float:
    """Seconds since 1970 at the fixed clock; every look costs a millisecond."""
    held = machine.main.modules["time"].globals if "time" in machine.main.modules else machine.globals
    looks = held.get(NAME, 0)
    assert type(looks) is int
    held[NAME] = looks + 1
    return round(START + TICK * looks, 3)


@primitive("notice")
def _notice(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """Tell the reader something at the student's line."""
    machine.main.run.notice(str(arguments[0]))


@primitive("write")
def _write(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """Add a text to what the program printed."""
    from app.interpreter.builtins.output import emit

    emit(machine, str(arguments[0]))
