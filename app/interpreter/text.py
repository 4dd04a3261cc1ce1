"""`str` and `repr` of every kind of value: ours, budgeted, with counted addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine import printing
from app.engine.device import Device
from app.engine.dtypes import DType
from app.engine.gradfn import GradFn
from app.engine.hooks import Handle
from app.engine.ops import python
from app.engine.ops.attributes import Layout
from app.engine.ops.element_types import Limits
from app.engine.random.generator import Generator as RandomGenerator
from app.engine.registry import Function as EngineFunction
from app.engine.returns import ReturnType
from app.engine.tensor import Size, Tensor
from app.interpreter import addresses
from app.interpreter.calls import of_metaclass, special
from app.interpreter.errors import type_error
from app.interpreter.exceptions import is_exception
from app.interpreter.iteration import view_items
from app.interpreter.library.autograd.context import Context
from app.interpreter.machine import Machine
from app.interpreter.protocol import CONDUCT
from app.interpreter.records import (
    MISSING,
    Builtin,
    BuiltinMethod,
    Class,
    ClassMethod,
    Function,
    Generator,
    Instance,
    Lazy,
    Manager,
    Method,
    Namespace,
    Property,
    Slot,
    StaticMethod,
    Super,
    Type,
    Union,
    View,
    Wrapped,
)
from app.interpreter.types import type_name

DEEPEST = 40
Open = tuple[int, ...]  # the ids of the containers being shown, outermost first
SHOW: dict[type, Callable[[Machine, Any, Open], str]] = {}


def represent(machine: Machine, value: object, open: Open = ()) -> str:
    """`repr(value)`."""
    machine.budget.step()
    show = SHOW.get(type(value))
    if show is not None:
        return show(machine, value, open)
    return f"<{type_name(value)} object{addresses.at(machine, value)}>"


def to_text(machine: Machine, value: object, own: bool = True) -> str:
    """`str(value)`; not `own`: as if its class had no `__str__`."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[return-value]
    if kind is Instance:
        return _instance_text(machine, value, own)  # type: ignore[arg-type]
    if kind is Device:
        return str(value)
    if kind in CONDUCT:
        return CONDUCT[kind].text(machine, value)
    return represent(machine, value)


def _instance_text(machine: Machine, value: Instance, own: bool) -> str:
    result = special(machine, value, "__str__") if own else MISSING
    if result is not MISSING:
        return _checked("__str__", result)
    if not is_exception(value):
        return represent(machine, value)
    return exception_text(machine, value)


def exception_text(machine: Machine, value: Instance) -> str:
    """The message of an exception: what `str(e)` gives."""
    args = value.attributes.get("args", ())
    if type(args) is not tuple or not args:
        return ""
    if len(args) > 1:
        return represent(machine, args)
    if any(base.name == "KeyError" for base in value.cls.mro):
        return represent(machine, args[0])
    return to_text(machine, args[0])


def _checked(name: str, result: object) -> str:
    if type(result) is not str:
        raise type_error(f"{name} returned non-string (type {type_name(result)})")
    return result


def _plain(machine: Machine, value: object, open: Open) -> str:
    return repr(value)


def _string(machine: Machine, value: str, open: Open) -> str:
    machine.budget.container(len(value))
    return repr(value)


def _entries(machine: Machine, items: Any, open: Open) -> str:
    return ", ".join([represent(machine, item, open) for item in items])


def _nested(show: Callable[[Machine, Any, Open], str], loop: str) -> Callable[[Machine, Any, Open], str]:
    """`show` for containers: "[...]" for one that is being shown already or stands too deep."""

    def guarded(machine: Machine, value: Any, open: Open) -> str:
        if id(value) in open or len(open) > DEEPEST:
            return loop
        machine.budget.bulk(len(value))
        text = show(machine, value, (*open, id(value)))
        machine.budget.container(min(len(text), machine.budget.limits.size))
        machine.budget.bulk(len(text))
        return text

    return guarded


def _list(machine: Machine, value: list[object], open: Open) -> str:
    return f"[{_entries(machine, value, open)}]"


def _tuple(machine: Machine, value: tuple[object, ...], open: Open) -> str:
    return f"({_entries(machine, value, open)}{',' if len(value) == 1 else ''})"


def _dict(machine: Machine, value: dict[object, object], open: Open) -> str:
    pairs = [f"{represent(machine, k, open)}: {represent(machine, v, open)}" for k, v in value.items()]
    return "{" + ", ".join(pairs) + "}"


def _set(machine: Machine, value: set[object], open: Open) -> str:
    return "{" + _entries(machine, value, open) + "}" if value else "set()"


def _frozen_set(machine: Machine, value: frozenset[object], open: Open) -> str:
    return "frozenset({" + _entries(machine, value, open) + "})" if value else "frozenset()"


def _view(machine: Machine, value: View, open: Open) -> str:
    return f"dict_{value.kind}([{_entries(machine, list(view_items(value)), open)}])"


def _slice(machine: Machine, value: slice, open: Open) -> str:
    return f"slice{_tuple(machine, (value.start, value.stop, value.step), open)}"


def _tensor(machine: Machine, value: Tensor, open: Open) -> str:
    return python.tensor_repr(value)


def _grad_fn(machine: Machine, value: GradFn, open: Open) -> str:
    prefix = "torch.autograd.function." if value.is_own else ""
    return f"<{prefix}{value.name} object{addresses.at(machine, value)}>"


def _context(machine: Machine, value: Context, open: Open) -> str:
    return f"<torch.autograd.function.{value.name} object{addresses.at(machine, value)}>"


def _handle(machine: Machine, value: Handle, open: Open) -> str:
    return f"<torch.utils.hooks.RemovableHandle object{addresses.at(machine, value)}>"


def _return_type(machine: Machine, value: ReturnType, open: Open) -> str:
    entries = zip(value.fields, value, strict=True)
    return printing.return_type_text(value.name, [(name, represent(machine, entry, open)) for name, entry in entries])


def _instance(machine: Machine, value: Instance, open: Open) -> str:
    result = special(machine, value, "__repr__")
    if result is not MISSING:
        return _checked("__repr__", result)
    return default_text(machine, value, open)


def default_text(machine: Machine, value: object, open: Open = ()) -> str:
    """What `object.__repr__` gives; of an exception what `BaseException.__repr__` gives."""
    if type(value) is not Instance:
        return represent(machine, value, open)
    if is_exception(value):
        return f"{value.cls.name}({_entries(machine, value.attributes.get('args', ()), open)})"
    place = "" if value.cls.builtin else f"{value.cls.module}."
    return f"<{place}{value.cls.qualname} object{addresses.at(machine, value)}>"


def _method(machine: Machine, value: Method, open: Open) -> str:
    """A method of a program's or the library's class shows its object, too, as do the tensor methods in Python."""
    function = value.function
    if type(function) is EngineFunction and type(value.receiver) is Tensor:
        return addresses.tensor_method(machine, value)
    if type(function) is not Function or id(value.receiver) in open:
        return f"<bound method {value.name}>"
    receiver = represent(machine, value.receiver, (*open, id(value.receiver)))
    return f"<bound method {function.qualname} of {receiver}>"


def _class(machine: Machine, value: Class, open: Open) -> str:
    shown = of_metaclass(machine, value, "__repr__")
    if shown is not MISSING:
        return _checked("__repr__", shown)
    return (
        f"<class '{value.qualname or value.name}'>" if value.builtin else f"<class '{value.module}.{value.qualname}'>"
    )


def _wrapped(machine: Machine, value: Wrapped, open: Open) -> str:
    return represent(machine, value.function, open)


def _union(machine: Machine, value: Union, open: Open) -> str:
    return " | ".join(_member(machine, each, open) for each in value.members)


def _member(machine: Machine, value: object, open: Open) -> str:
    if type(value) is Type:
        return value.shown.removeprefix("<class '").removesuffix("'>")
    return "None" if value is None else represent(machine, value, open)


SHOW.update(
    {
        type(None): _plain, bool: _plain, int: _plain, float: _plain, range: _plain, type(...): _plain,
        Size: _plain, Context: _context, Handle: _handle,
        RandomGenerator: addresses.generator,
        DType: _plain, Device: _plain, Layout: _plain, Limits: _plain,
        GradFn: _grad_fn, ReturnType: _return_type, str: _string, slice:
        _slice, Tensor: _tensor, Instance: _instance, Class: _class,
        Wrapped: _wrapped, View: _view,
        list: _nested(_list, "[...]"), tuple: _nested(_tuple, "(...)"), dict: _nested(_dict, "{...}"),
        set: _nested(_set, "{...}"), frozenset: _nested(_frozen_set, "frozenset(...)"),
        Type: lambda machine, value, open: value.shown,
        Function: lambda machine, value, open: f"<function {value.qualname}{addresses.at(machine, value)}>",
        Builtin: lambda machine, value, open: f"<built-in function {value.name}>",
        EngineFunction: addresses.engine_function,
        BuiltinMethod: addresses.builtin_method,
        Method: _method,
        Namespace: lambda machine, value, open: f"<module '{value.name}'>",
        Lazy: addresses.lazy,
        Manager: addresses.manager,
        Property: lambda machine, value, open: "<property object>",
        StaticMethod: lambda machine, value, open: "<staticmethod object>",
        ClassMethod: lambda machine, value, open: "<classmethod object>",
        Super: lambda machine, value, open: "<super object>",
        Slot: lambda machine, value, open: f"<slot wrapper '{value.name}' of '{value.owner}' objects>",
        Generator: lambda machine, value, open: f"<generator object {value.qualname}{addresses.at(machine, value)}>",
        Union: _union,
    }
)  # fmt: skip
