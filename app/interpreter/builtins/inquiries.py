"""`isinstance`, `issubclass`, `callable`, `id`, and the decorators of methods."""

from __future__ import annotations

from app.interpreter.errors import type_error
from app.interpreter.exceptions import OBJECT
from app.interpreter.machine import Machine
from app.interpreter.protocol import CALL
from app.interpreter.records import (
    MISSING,
    Arguments,
    Class,
    ClassMethod,
    Instance,
    Keywords,
    Property,
    StaticMethod,
    Type,
)
from app.interpreter.signatures import optional, positional
from app.interpreter.types import BOOL, INT

DEEPEST = 8


def is_instance(machine: Machine, value: object, kind: object, depth: int = 0) -> bool:
    """Whether `value` is of a type, of a class, or of one of a tuple of them."""
    if kind is OBJECT:
        return True
    if type(kind) is Type:
        return kind.holds(value)
    if type(kind) is Class:
        return type(value) is Instance and value.cls.derives(kind)
    if type(kind) is tuple and depth < DEEPEST:
        machine.budget.step(len(kind))
        return any(is_instance(machine, value, each, depth + 1) for each in kind)
    raise type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")


def _isinstance(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    value, kind = positional("isinstance", arguments, keywords, 2, 2)
    return is_instance(machine, value, kind)


def _issubclass(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    cls, kind = positional("issubclass", arguments, keywords, 2, 2)
    kinds = kind if type(kind) is tuple else (kind,)
    machine.budget.step(len(kinds))
    if type(cls) is Type:
        return any(each in (cls, OBJECT) or (cls is BOOL and each is INT) for each in kinds)
    if type(cls) is not Class:
        raise type_error("issubclass() arg 1 must be a class")
    return any(type(each) is Class and cls.derives(each) for each in kinds)


def _callable(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    (value,) = positional("callable", arguments, keywords, 1, 1)
    if type(value) is Instance:
        return value.cls.find("__call__") is not MISSING
    return type(value) in CALL


def _id(machine: Machine, arguments: Arguments, keywords: Keywords) -> int:
    """Numbers in order of asking instead of addresses: the same program always gives the same answer."""
    (value,) = positional("id", arguments, keywords, 1, 1)
    known = machine.identities.get(id(value))
    if known is None:
        machine.budget.container(1)
        known = machine.identities[id(value)] = (len(machine.identities) + 1, value)
    return known[0] * 16


def _property(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    bound = optional("property", arguments, keywords, ("fget", "fset"), 1)
    return Property(bound["fget"], bound.get("fset"))


def _staticmethod(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return StaticMethod(positional("staticmethod", arguments, keywords, 1, 1)[0])


def _classmethod(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return ClassMethod(positional("classmethod", arguments, keywords, 1, 1)[0])


INQUIRIES = {
    "isinstance": _isinstance, "issubclass": _issubclass, "callable": _callable, "id": _id, "property":
    _property,
    "staticmethod": _staticmethod, "classmethod": _classmethod,
}  # fmt: skip
