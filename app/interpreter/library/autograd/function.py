"""torch.autograd.Function: a learner's class with a forward and a backward becomes one operation per `apply`."""

from __future__ import annotations

from app.engine.errors import TorchError
from app.engine.own import Application, Own
from app.engine.run import grad_mode
from app.engine.tensor import Tensor
from app.interpreter.exceptions import OBJECT
from app.interpreter.library.autograd.aside import aside_of
from app.interpreter.library.autograd.context import Context
from app.interpreter.library.autograd.learned import Learned
from app.interpreter.machine import Machine
from app.interpreter.parameters import bind
from app.interpreter.records import (
    MISSING,
    Arguments,
    Builtin,
    Class,
    ClassMethod,
    Function,
    Keywords,
    Method,
    StaticMethod,
)

LEGACY = (
    "Legacy autograd function with non-static forward method is deprecated. Please use new-style autograd function "
    "with static forward method. (Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
)
NO_FORWARD = "You must implement the forward function for custom autograd.Function."
NO_BACKWARD = (
    "You must implement either the backward or vjp method for your custom autograd.Function to use it with backward "
    "mode AD."
)


def _refusing(name: str, kind: str, message: str) -> StaticMethod:
    def run(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        raise TorchError(kind, message)

    return StaticMethod(Builtin(name, run))


def static(cls: Class, name: str) -> object:
    """`cls.name` as it is called on the class."""
    found = cls.find(name)
    if type(found) is StaticMethod:
        return found.function
    return Method(found.function, cls, name) if type(found) is ClassMethod else found


def _apply(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """Run the forward without recording it, and make what it returns the outputs of one operation."""
    machine = machine.main
    cls, *given = arguments
    assert type(cls) is Class
    forward, setup = static(cls, "forward"), static(cls, "setup_context")
    after = setup if setup is not NONE_SET else None
    given = _bound(forward, given, keywords, after is not None)
    inputs = [value for value in given if type(value) is Tensor]
    ctx = Context(f"{cls.name}Backward", tuple(type(v) is Tensor and v.requires_grad for v in given))
    run = machine.run
    ctx.application = Application.begin(inputs)
    learned = Learned(machine, cls, forward, after, list(given), ctx)
    arrays = tuple(value.array for value in ctx.application.values)
    with grad_mode(False), run.tape.hiding():
        result = learned.forward(ctx, given)
    run.here = ctx.application.here
    row = result if type(result) is tuple else (result,)
    if not any(type(value) is Tensor for value in row):
        return result
    learned.outputs = [type(value) is Tensor for value in row]
    marks = ctx.marks()
    ctx.own = Own(cls.name, arrays, learned.backward, learned.again, aside_of(machine), ctx)
    ctx.own.materialize = ctx.materialize
    made = iter(ctx.application.finish(ctx.own, [v for v in row if type(v) is Tensor], marks))
    results = tuple(next(made) if type(value) is Tensor else value for value in row)
    return results if type(result) is tuple else results[0]


def _bound(forward: object, given: Arguments, keywords: Keywords, has_setup: bool) -> Arguments:
    """The arguments by position: those given by name, and with setup_context the defaults as well, in their places."""
    if type(forward) is not Function or not (keywords or has_setup):
        return given
    found = bind(forward, given if has_setup else [None, *given], keywords)
    parameters = forward.parameters
    row = [found[name] for name in parameters.positional]
    rest = found[parameters.rest] if parameters.rest is not None else ()
    assert type(rest) is tuple
    return [*(row if has_setup else row[1:]), *rest]


def _call(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    raise TorchError("RuntimeError", LEGACY)


NONE_SET = Builtin("setup_context", lambda machine, arguments, keywords: None)
FUNCTION = Class(
    "Function",
    (OBJECT,),
    {
        "apply": ClassMethod(Builtin("apply", _apply)),
        "forward": _refusing("forward", "NotImplementedError", NO_FORWARD),
        "backward": _refusing("backward", "NotImplementedError", NO_BACKWARD),
        "vjp": _refusing("vjp", "NotImplementedError", NO_BACKWARD),
        "setup_context": StaticMethod(NONE_SET),
        "__call__": Builtin("__call__", _call),
    },
    builtin=True,
    qualname="torch.autograd.function.Function",
)
FUNCTION.mro = (FUNCTION, OBJECT)
assert FUNCTION.find("apply") is not MISSING
