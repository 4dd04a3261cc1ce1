"""Texts that hold an address: of functions, methods, iterators and managers."""

from __future__ import annotations

from app.engine.ops import python
from app.engine.random.generator import Generator as RandomGenerator
from app.engine.registry import Function as EngineFunction
from app.engine.tensor import Tensor
from app.interpreter.machine import Machine
from app.interpreter.records import BuiltinMethod, Lazy, Manager, Method
from app.interpreter.types import type_name

FIRST_ADDRESS = 0x7F0000000000  # addresses are counted, so that the same program prints the same text
Open = tuple[int, ...]
IN_PYTHON = frozenset({"norm", "register_hook", "split", "unique", "register_post_accumulate_grad_hook"})
"""Tensor methods that PyTorch writes in Python, besides those with Python's own words for wrong arguments."""


def at(machine: Machine, value: object) -> str:
    """`" at 0x…"`, with the address that a value keeps for the run."""
    known = machine.identities.setdefault(id(value), (len(machine.identities) + 1, value))
    return f" at 0x{FIRST_ADDRESS + 16 * known[0]:012x}"


def lazy(machine: Machine, value: Lazy, open: Open) -> str:
    own = " <genexpr>" if value.shown == "generator" else ""
    return f"<{value.shown} object{own}{at(machine, value)}>"


def builtin_method(machine: Machine, value: BuiltinMethod, open: Open) -> str:
    if type(value.receiver) is Tensor and value.name in IN_PYTHON:
        return f"<bound method Tensor.{value.name} of {python.tensor_repr(value.receiver)}>"
    return f"<built-in method {value.name} of {type_name(value.receiver)} object{at(machine, value.receiver)}>"


def manager(machine: Machine, value: Manager, open: Open) -> str:
    return value.shown or f"<torch.autograd.grad_mode.{value.name} object{at(machine, value)}>"


def tensor_method(machine: Machine, value: Method) -> str:
    """A method of the engine, bound to a tensor."""
    function, x = value.function, value.receiver
    in_python = isinstance(function, EngineFunction) and function.overloads[0].signature.python
    if isinstance(x, Tensor) and (in_python or value.name in IN_PYTHON):
        return f"<bound method Tensor.{value.name} of {python.tensor_repr(x)}>"
    return f"<built-in method {value.name} of {type_name(x)} object{at(machine, x)}>"


def engine_function(machine: Machine, value: EngineFunction, open: Open) -> str:
    if value.overloads[0].signature.python:
        return f"<function {value.name}{at(machine, value)}>"
    return f"<built-in method {value.name} of type object{at(machine, value)}>"


def generator(machine: Machine, value: RandomGenerator, open: Open) -> str:
    return f"<torch._C.Generator object{at(machine, value)}>"
