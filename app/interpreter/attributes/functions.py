"""Attributes of functions, methods, properties, types and modules."""

from __future__ import annotations

from app.engine.errors import TorchError
from app.engine.registry import Function as EngineFunction
from app.interpreter.errors import attribute_error, no_attribute
from app.interpreter.library.deferred import resolve
from app.interpreter.library.nearest import unsupported
from app.interpreter.machine import Machine
from app.interpreter.protocol import READ, WRITE
from app.interpreter.records import (
    MISSING,
    Builtin,
    Deferred,
    Function,
    Method,
    Namespace,
    Property,
    Type,
    Wrapped,
)
from app.interpreter.signatures import positional


def _read_function(machine: Machine, function: Function, name: str) -> object:
    if name == "__name__":
        return function.name
    if name == "__doc__":
        return function.doc
    if name not in function.attributes:
        raise no_attribute("function", name)
    return function.attributes[name]


def _write_function(machine: Machine, function: Function, name: str, new: object) -> None:
    machine.budget.container(1)
    function.attributes[name] = new


def _read_wrapped(machine: Machine, wrapped: Wrapped, name: str) -> object:
    if type(wrapped.function) is Function:
        return _read_function(machine, wrapped.function, name)
    raise no_attribute("function", name)


def _read_method(machine: Machine, method: Method, name: str) -> object:
    if name == "__name__":
        return method.name
    raise no_attribute("method", name)


def _read_property(machine: Machine, prop: Property, name: str) -> object:
    if name == "setter":
        return Builtin(
            "setter", lambda machine, given, named: Property(prop.get, *positional("setter", given, named, 1, 1))
        )
    raise no_attribute("property", name)


def _read_type(machine: Machine, kind: Type, name: str) -> object:
    if name in ("__name__", "__qualname__"):
        return kind.name
    raise attribute_error(f"type object '{kind.name}' has no attribute '{name}'")


def _read_namespace(machine: Machine, module: Namespace, name: str) -> object:
    found = module.entries.get(name, MISSING)
    if found is MISSING:
        raise unsupported(module.name, name, module.entries)
    return resolve(machine, found) if type(found) is Deferred else found


def _write_namespace(machine: Machine, module: Namespace, name: str, new: object) -> None:
    raise TorchError("AttributeError", f"module '{module.name}' is read-only", "blocked-name", name=name)


def _read_engine_function(machine: Machine, function: EngineFunction, name: str) -> object:
    if name == "__name__":
        return function.name
    raise no_attribute("builtin_function_or_method", name)


READ.update(
    {
        Function: _read_function, Wrapped: _read_wrapped, Method: _read_method, Property: _read_property,
        Type: _read_type, Namespace: _read_namespace, EngineFunction: _read_engine_function,
    }
)  # fmt: skip
WRITE.update({Function: _write_function, Namespace: _write_namespace})
