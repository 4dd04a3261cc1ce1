"""`@once_differentiable`: a backward that is not recorded, and says so when it is differentiated."""

from __future__ import annotations

from app.engine.errors import TorchError
from app.engine.ops.autograd import detached
from app.engine.own import Application, Marks, Own
from app.engine.run import grad_mode
from app.engine.tensor import Tensor
from app.interpreter.library.autograd.aside import aside_of
from app.interpreter.machine import Machine
from app.interpreter.protocol import call
from app.interpreter.records import Arguments, Builtin, Keywords
from app.interpreter.signatures import positional

TWICE = "trying to differentiate twice a function that was marked with @once_differentiable"


def _refuse(gradients: list[Tensor | None]) -> list[Tensor | None]:
    raise TorchError("RuntimeError", TWICE)


def _delayed(machine: Machine, given: list[Tensor]) -> list[Tensor]:
    """The same tensors with a history that raises when a score comes to it."""
    leaves = [detached(t, None) for t in given]
    for leaf in leaves:
        leaf.value.requires_grad, leaf.value.meta = True, leaf.meta
    application = Application.begin(leaves)
    arrays = tuple(leaf.array for leaf in leaves)
    own = Own("once_differentiable", arrays, _refuse, lambda again: again, aside_of(machine), None)
    own.grad_fn = "Error"
    return application.finish(own, [detached(leaf, None) for leaf in leaves], Marks())


def _once(machine: Machine, arguments: Arguments, keywords: Keywords) -> Builtin:
    (function,) = positional("once_differentiable", arguments, keywords, 1, 1)

    def run(machine: Machine, given: Arguments, named: Keywords) -> object:
        recording = machine.main.run.grad_enabled
        with grad_mode(False):
            result = call(machine, function, given, named)
        if not recording or not any(type(value) is Tensor and value.requires_grad for value in given):
            return result
        row = result if type(result) is tuple else (result,)
        made = iter(_delayed(machine, [value for value in row if type(value) is Tensor]))
        delayed = tuple(next(made) if type(value) is Tensor else value for value in row)
        return delayed if type(result) is tuple else delayed[0]

    return Builtin("once_differentiable", run)


ONCE = Builtin("once_differentiable", _once)
