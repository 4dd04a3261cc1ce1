"""What the library computes for itself: `_host.aside` keeps it off the tape; `_host.notice` tells the reader."""

from __future__ import annotations

from collections.abc import Callable

from app.engine.errors import TorchError
from app.engine.tape import Tape
from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords, Manager


@primitive("aside")
def _aside(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    """`with _host.aside():` no operation inside is recorded or listed; it is charged as any other."""

    def enter(machine: Machine) -> Callable[[], None]:
        run = machine.main.run
        tape, enabled = run.tape, run.grad_enabled
        run.tape, run.grad_enabled = Tape(), False

        def restore() -> None:
            run.tape, run.grad_enabled = tape, enabled

        return restore

    return Manager("aside", enter)


@primitive("notice")
def _notice(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """`notice(code, **values)` at the student's line; the texts are in the locales."""
    (code,) = arguments
    assert type(code) is str
    machine.run.notice(code, **keywords)


@primitive("refuse")
def _refuse(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """`refuse(message, code)`: an error with the hint that says why."""
    message, code = arguments
    assert type(message) is str
    assert type(code) is str
    raise TorchError("NotImplementedError", message, code)
