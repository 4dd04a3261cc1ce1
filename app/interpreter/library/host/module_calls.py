"""Calling a module: the tape notes which operations ran inside, hooks run around, forward does the work."""

from __future__ import annotations

from typing import Any

from app.engine.tensor import Tensor
from app.engine.value import Value
from app.interpreter.library.host import primitive
from app.interpreter.library.host.module_attributes import as_module
from app.interpreter.machine import Machine
from app.interpreter.protocol import call, read
from app.interpreter.records import Arguments, Function, Instance, Keywords

HOOKS = ("_forward_pre_hooks", "_forward_hooks", "_backward_pre_hooks", "_backward_hooks")
DEEPEST = 3


@primitive("module_call")
def _call(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """`module(*arguments)`."""
    module = as_module("__call__", arguments[0] if arguments else None)
    tape = machine.main.run.tape
    opened = tape.entered(module, machine.main.run.here, _values([arguments[1:], list(keywords.values())]))
    result: object = None
    try:
        if _is_hooked(machine, module):
            result = call(machine, module.cls.find("_call_with_hooks"), arguments, keywords)
        else:
            result = _forward(machine, module, arguments, keywords)
        return result
    finally:
        tape.left(opened, _values(result))


def _is_hooked(machine: Machine, module: Instance) -> bool:
    attributes = module.attributes
    everywhere: Any = machine.modules[EVERYWHERE[0]].globals[EVERYWHERE[1]]
    return any(attributes.get(name) for name in HOOKS) or any(everywhere.values())


EVERYWHERE = "torch.nn.modules._module.hooks", "_everywhere"
"""The library's module, and its dicts of the hooks on every module."""


def _forward(machine: Machine, module: Instance, arguments: Arguments, keywords: Keywords) -> object:
    forward = module.cls.find("forward")
    if type(forward) is Function and "forward" not in module.attributes:
        return call(machine, forward, arguments, keywords)
    return call(machine, read(machine, module, "forward"), arguments[1:], keywords)


def _values(given: object, depth: int = 0) -> tuple[Value, ...]:
    """The values of the tensors in what a call is given or answers: alone, or in a few layers of containers."""
    kind = type(given)
    if kind is Tensor:
        return (given.value,)  # type: ignore[attr-defined]
    if depth < DEEPEST and (kind is tuple or kind is list):
        return tuple(value for item in given for value in _values(item, depth + 1))  # type: ignore[attr-defined]
    if depth < DEEPEST and kind is dict:
        return _values(list(given.values()), depth)  # type: ignore[attr-defined]
    return ()
