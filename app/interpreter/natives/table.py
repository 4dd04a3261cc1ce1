"""One class per built-in type that may be a base, with the type's methods and operators as slots."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

from app.interpreter import types
from app.interpreter.errors import type_error
from app.interpreter.exceptions import OBJECT
from app.interpreter.machine import Machine
from app.interpreter.methods import METHODS
from app.interpreter.natives.held import held_by
from app.interpreter.natives.operations import COMMON, OPERATIONS, Operation
from app.interpreter.natives.subclassing import MAKE
from app.interpreter.records import Arguments, Class, Keywords, Slot, Type

KINDS = {
    types.LIST: list, types.DICT: dict, types.SET: set, types.TUPLE: tuple, types.STR: str, types.INT: int,
    types.FLOAT: float,
}  # fmt: skip
Run = Callable[[Machine, Any, Arguments, Keywords], object]


def _slot(kind: Type, name: str, run: Run) -> Slot:
    def go(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        return run(machine, held_by(kind, name, arguments), arguments[1:], keywords)

    return Slot(name, go, kind.name)


def _operation(kind: Type, name: str, operation: Operation) -> Slot:
    wanted = len(signature(operation).parameters) - 2  # the machine and the held value come first

    def go(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        if arguments and (len(arguments) != wanted or keywords):
            plural = "s" if wanted != 2 else ""
            raise type_error(f"expected {wanted - 1} argument{plural}, got {len(arguments) - 1}")
        return operation(machine, held_by(kind, name, arguments), *arguments)

    return Slot(name, go, kind.name)


def _namespace(kind: Type, host: type) -> dict[str, object]:
    space: dict[str, object] = {name: _slot(kind, name, run) for name, run in METHODS[host].items()}
    for name, operation in {**COMMON, **OPERATIONS[host]}.items():
        space[name] = _operation(kind, name, operation)
    space.update(MAKE[host])
    if host in (list, dict, set):
        space["__hash__"] = None
    return space


def _native(kind: Type, namespace: dict[str, object]) -> Class:
    cls = Class(kind.name, (OBJECT,), namespace, builtin=True, qualname=kind.name, kind=kind)
    cls.mro = (cls, *OBJECT.mro)
    cls.layout = cls
    return cls


NATIVES: dict[Type, Class] = {kind: _native(kind, _namespace(kind, host)) for kind, host in KINDS.items()}


def native_class(kind: object) -> Class | None:
    """The class that a built-in type is as a base; None when it may not be one."""
    return NATIVES.get(kind) if type(kind) is Type else None
