"""Making a module's first numbers. That they are drawn is no step of the program's: the tape shows the result only."""

from __future__ import annotations

from collections.abc import Callable

from app.engine.tape import Tape
from app.engine.tensor import Tensor
from app.interpreter.library.host import primitive
from app.interpreter.library.host.module_attributes import drawer, receiver
from app.interpreter.machine import Machine
from app.interpreter.protocol import is_iterable
from app.interpreter.records import Arguments, Keywords, Manager


@primitive("making")
def _making(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    """`with _host.making(module):` the operations inside go to a tape that is dropped."""
    module, _ = receiver("__init__", arguments, 0)

    def enter(machine: Machine) -> Callable[[], None]:
        run = machine.main.run
        kept, run.tape = run.tape, Tape()

        def restore() -> None:
            run.tape = kept
            for each in ("_parameters", "_buffers"):
                for tensor in drawer(module, each).values():
                    if type(tensor) is Tensor:
                        kept.made(tensor.value, run.here)

        return restore

    return Manager("making", enter)


@primitive("is_iterable")
def _is_iterable(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    return is_iterable(arguments[0])
