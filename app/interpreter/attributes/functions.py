"""Attributes of functions, methods, properties, types and modules."""

from __future__ import annotations

from collections.abc import Callable

from app.engine.errors import TorchError
from app.engine.registry import Function as EngineFunction
from app.interpreter.errors import attribute_error, no_attribute, type_error
from app.interpreter.library.deferred import resolve
from app.interpreter.library.nearest import unsupported
from app.interpreter.machine import MAIN, Machine
from app.interpreter.protocol import DELETE, READ, WRITE, read
from app.interpreter.records import (
    MISSING,
    Arguments,
    Builtin,
    BuiltinMethod,
    ClassMethod,
    Deferred,
    Function,
    Keywords,
    Method,
    Namespace,
    Property,
    Slot,
    StaticMethod,
    Wrapped,
)
from app.interpreter.signatures import positional
from app.interpreter.types import FUNCTION, METHOD

FACTS: dict[str, Callable[[Function], object]] = {
    "__name__": lambda function: function.name,
    "__qualname__": lambda function: function.qualname,
    "__doc__": lambda function: function.doc,
    "__module__": lambda function: MAIN if function.machine is None else function.machine.written_in,
    "__defaults__": lambda function: function.defaults or None,
    "__kwdefaults__": lambda function: dict(function.keyword_defaults) or None,
    "__dict__": lambda function: function.attributes,
    "__annotations__": lambda function: {},
    "__class__": lambda function: FUNCTION,
}


def _read_function(machine: Machine, function: Function, name: str) -> object:
    if name in function.attributes:
        return function.attributes[name]
    if name in FACTS:
        return FACTS[name](function)
    if name == "__get__":
        return Builtin(name, lambda machine, given, named: _get(function, positional("__get__", given, named, 1, 2)))
    if name == "__call__":
        return function
    raise no_attribute("function", name)


def _get(function: Function, given: Arguments) -> object:
    """`f.__get__(x)`: the function bound to x; of a class alone, the function itself."""
    return function if given[0] is None else Method(function, given[0], function.name)


def _write_function(machine: Machine, function: Function, name: str, new: object) -> None:
    if name in ("__name__", "__qualname__"):
        if type(new) is not str:
            raise type_error(f"{name} must be set to a string object")
        if name == "__name__":
            function.name = new
        else:
            function.qualname = new
    elif name == "__doc__":
        function.doc = new if type(new) is str else None
    elif name in FACTS and name != "__module__":
        raise attribute_error(f"attribute '{name}' of 'function' objects is not writable here")
    else:
        machine.budget.container(1)
        function.attributes[name] = new


def _delete_function(machine: Machine, function: Function, name: str) -> None:
    if name not in function.attributes:
        raise no_attribute("function", name)
    del function.attributes[name]


def _read_wrapped(machine: Machine, wrapped: Wrapped, name: str) -> object:
    if name == "__wrapped__":
        return wrapped.function
    return read(machine, wrapped.function, name)


def _read_method(machine: Machine, method: Method, name: str) -> object:
    if name == "__name__" and type(method.function) not in (Function, Wrapped):
        return method.name
    if name == "__self__":
        return method.receiver
    if name == "__func__":
        return method.function
    if name == "__call__":
        return method
    if name == "__class__":
        return METHOD
    if type(method.function) not in (Function, Wrapped):
        raise no_attribute("method", name)
    try:
        return read(machine, method.function, name)
    except TorchError:
        raise no_attribute("method", name) from None


def _read_property(machine: Machine, prop: Property, name: str) -> object:
    if name in PARTS:
        return _changed(prop, name)
    if name == "fget":
        return prop.get
    if name in ("fset", "fdel"):
        return prop.set if name == "fset" else prop.delete
    if name == "__doc__":
        return prop.doc if prop.doc is not None or prop.get is None else read(machine, prop.get, name)
    raise no_attribute("property", name)


PARTS = frozenset({"getter", "setter", "deleter"})


def _changed(prop: Property, name: str) -> Builtin:
    """`@x.setter` and its like: the property with one part replaced."""

    def run(machine: Machine, given: Arguments, named: Keywords) -> Property:
        (function,) = positional(name, given, named, 1, 1)
        parts = {"getter": prop.get, "setter": prop.set, "deleter": prop.delete, name: function}
        return Property(parts["getter"], parts["setter"], parts["deleter"], prop.doc)

    return Builtin(name, run)


def _read_builtin(machine: Machine, function: Builtin | BuiltinMethod | Slot, name: str) -> object:
    if name in ("__name__", "__qualname__"):
        return function.name
    if name == "__doc__":
        return None
    if name == "__module__":
        return "builtins"
    raise no_attribute("builtin_function_or_method", name)


def _read_static(machine: Machine, method: StaticMethod | ClassMethod, name: str) -> object:
    if name in ("__func__", "__wrapped__"):
        return method.function
    return read(machine, method.function, name)


def _read_namespace(machine: Machine, module: Namespace, name: str) -> object:
    found = module.entries.get(name, MISSING)
    if found is MISSING and name in ("__name__", "__doc__", "__version__"):
        return module.name if name == "__name__" else None
    if found is MISSING or not machine.sees(name):
        raise unsupported(module.name, name, module.entries)
    return resolve(machine, found) if type(found) is Deferred else found


def _write_namespace(machine: Machine, module: Namespace, name: str, new: object) -> None:
    raise TorchError("AttributeError", f"module '{module.name}' is read-only", "blocked-name", name=name)


def _read_engine_function(machine: Machine, function: EngineFunction, name: str) -> object:
    if name in ("__name__", "__qualname__"):
        return function.name
    if name == "__doc__":
        return None
    raise no_attribute("builtin_function_or_method", name)


READ.update(
    {
        Function: _read_function, Wrapped: _read_wrapped, Method: _read_method, Property: _read_property,
        Builtin: _read_builtin, BuiltinMethod: _read_builtin, Slot: _read_builtin, StaticMethod: _read_static,
        ClassMethod: _read_static, Namespace: _read_namespace, EngineFunction: _read_engine_function,
    }
)  # fmt: skip
WRITE.update({Function: _write_function, Namespace: _write_namespace})
DELETE[Function] = _delete_function
