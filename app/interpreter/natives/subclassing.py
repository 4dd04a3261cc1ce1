"""Making an object of a class that derives from a built-in type: mutable values are filled by `__init__`, the others
made by `__new__`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interpreter import types
from app.interpreter.builtins.constructors import pairs
from app.interpreter.errors import type_error
from app.interpreter.hashing import key
from app.interpreter.machine import Machine
from app.interpreter.natives.held import bare, held_by
from app.interpreter.primitive import host
from app.interpreter.protocol import call, collect
from app.interpreter.records import Arguments, Class, Instance, Keywords, Slot, StaticMethod, Type
from app.interpreter.signatures import positional
from app.interpreter.types import type_name

FRESH: dict[str, Callable[[], Any]] = {"list": list, "dict": dict, "set": set}


def _class_of(kind: Type, arguments: Arguments) -> Class | None:
    """The class to make an object of; None for the type itself."""
    if not arguments:
        raise type_error(f"{kind.name}.__new__(): not enough arguments")
    cls = arguments[0]
    if cls is kind:
        return None
    if type(cls) is not Class or cls.layout is None or cls.layout.kind is not kind:
        shown = cls.name if type(cls) is Class else type_name(cls)
        raise type_error(f"{kind.name}.__new__({shown}): {shown} is not a subtype of {kind.name}")
    return cls


def _made(kind: Type) -> StaticMethod:
    """`__new__` of a type whose values never change."""

    def new(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        cls = _class_of(kind, arguments)
        value = call(machine, kind, [bare(each) for each in arguments[1:]], keywords)
        return value if cls is None else Instance(cls, {}, value)

    return StaticMethod(Slot("__new__", new, kind.name))


def _filled(kind: Type) -> StaticMethod:
    """`__new__` of a type that `__init__` fills."""

    def new(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        cls = _class_of(kind, arguments)
        value = FRESH[kind.name]()
        return value if cls is None else Instance(cls, {}, value)

    return StaticMethod(Slot("__new__", new, kind.name))


def _init_list(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    held = held_by(types.LIST, "__init__", arguments)
    (source,) = positional("list", arguments[1:], keywords, 0, 1) or ((),)
    held[:] = collect(machine, source)


def _init_set(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    held = held_by(types.SET, "__init__", arguments)
    (source,) = positional("set", arguments[1:], keywords, 0, 1) or ((),)
    entries = {key(machine, item) for item in collect(machine, source)}
    held.clear()
    held.update(entries)


def _init_dict(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    held = held_by(types.DICT, "__init__", arguments)
    (source,) = positional("dict", arguments[1:], {}, 0, 1) or ((),)
    new = pairs(machine, source)
    machine.budget.container(len(held) + len(new) + len(keywords))
    held.update(new)
    held.update(keywords)


def _from_keys(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    source, *rest = positional("fromkeys", arguments, keywords, 1, 2)
    value = rest[0] if rest else None
    return {key(machine, item): value for item in collect(machine, source)}


def _make_table(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """`str.maketrans`."""
    given = positional("maketrans", arguments, keywords, 1, 3)
    if len(given) == 1:
        table = given[0]
        if type(table) is not dict:
            raise type_error("if you give only one argument to maketrans it must be a dict")
        return {ord(name) if type(name) is str and len(name) == 1 else name: entry for name, entry in table.items()}
    if not all(type(each) is str for each in given):
        raise type_error("maketrans() arguments must be str")
    machine.budget.container(sum(len(each) for each in given if type(each) is str))
    return host(str.maketrans, *given)


def _nothing(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    return None


MAKE: dict[type, dict[str, object]] = {
    list: {"__new__": _filled(types.LIST), "__init__": Slot("__init__", _init_list, "list")},
    set: {"__new__": _filled(types.SET), "__init__": Slot("__init__", _init_set, "set")},
    dict: {
        "__new__": _filled(types.DICT),
        "__init__": Slot("__init__", _init_dict, "dict"),
        "fromkeys": StaticMethod(Slot("fromkeys", _from_keys, "dict")),
    },
    **{
        each: {"__new__": _made(kind), "__init__": Slot("__init__", _nothing, kind.name)}
        for each, kind in ((tuple, types.TUPLE), (str, types.STR), (int, types.INT), (float, types.FLOAT))
    },
}
MAKE[str]["maketrans"] = StaticMethod(Slot("maketrans", _make_table, "str"))
