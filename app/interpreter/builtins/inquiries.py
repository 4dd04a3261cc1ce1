"""`isinstance`, `issubclass`, `callable`, `id`, and the decorators of methods."""

from __future__ import annotations

from app.interpreter import types
from app.interpreter.calls import of_metaclass
from app.interpreter.errors import type_error
from app.interpreter.exceptions import OBJECT
from app.interpreter.iteration import truth
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
    Union,
)
from app.interpreter.signatures import optional, positional
from app.interpreter.types import BOOL, INT, NONE

DEEPEST = 8


def is_instance(machine: Machine, value: object, kind: object, depth: int = 0) -> bool:
    """Whether `value` is of a type, of a class, or of one of a tuple of them."""
    if kind is OBJECT:
        return True
    if type(kind) is Type:
        return kind.holds(value) or _inherits(value, kind)
    if type(kind) is Class:
        result = of_metaclass(machine, kind, "__instancecheck__", value)
        if result is not MISSING:
            return truth(machine, result)
        own = value.cls if type(value) is Instance else value.meta if type(value) is Class else None
        return own is not None and own.derives(kind)
    if type(kind) is Union:
        kind = tuple(NONE if each is None else each for each in kind.members)
    if type(kind) is tuple and depth < DEEPEST:
        machine.budget.step(len(kind))
        return any(is_instance(machine, value, each, depth + 1) for each in kind)
    raise type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")


def _inherits(value: object, kind: Type) -> bool:
    """Whether the class of `value` derives from the built-in type `kind`."""
    layout = value.cls.layout if type(value) is Instance else None
    return layout is not None and layout.kind is kind


def _isinstance(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    value, kind = positional("isinstance", arguments, keywords, 2, 2)
    return is_instance(machine, value, kind)


def _issubclass(machine: Machine, arguments: Arguments, keywords: Keywords) -> bool:
    cls, kind = positional("issubclass", arguments, keywords, 2, 2)
    kinds = kind.members if type(kind) is Union else kind if type(kind) is tuple else (kind,)
    machine.budget.step(len(kinds))
    if not all(type(each) in (Type, Class) for each in kinds):
        raise type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union")
    if type(cls) is Type:
        return any(each in (cls, OBJECT) or (cls is BOOL and each is INT) for each in kinds)
    if type(cls) is not Class:
        raise type_error("issubclass() arg 1 must be a class")
    own = (*cls.mro, *(base.kind for base in cls.mro))
    return any(each in own for each in kinds)


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
    bound = optional("property", arguments, keywords, ("fget", "fset", "fdel", "doc"))
    doc = bound.get("doc")
    return Property(bound.get("fget"), bound.get("fset"), bound.get("fdel"), doc if type(doc) is str else None)


def _staticmethod(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return StaticMethod(positional("staticmethod", arguments, keywords, 1, 1)[0])


def _classmethod(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return ClassMethod(positional("classmethod", arguments, keywords, 1, 1)[0])


types.PROPERTY.make, types.STATIC_METHOD.make, types.CLASS_METHOD.make = _property, _staticmethod, _classmethod
INQUIRIES = {"isinstance": _isinstance, "issubclass": _issubclass, "callable": _callable, "id": _id}
