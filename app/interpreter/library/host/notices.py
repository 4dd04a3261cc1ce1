"""What PyTorch warns of in its own Python code."""

from __future__ import annotations

from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords


@primitive("notice")
def _notice(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """`_host.notice(code, name=value, …)`: a notice at the student's call; the words are in the locales."""
    machine.run.notice(str(arguments[0]), **keywords)
