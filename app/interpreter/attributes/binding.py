"""What a value found in a class becomes when it is read from an object: methods bind, descriptors answer."""

from __future__ import annotations

from app.engine.errors import TorchError
from app.interpreter.errors import RaisedError, attribute_error
from app.interpreter.exceptions import EXCEPTIONS
from app.interpreter.machine import Machine
from app.interpreter.protocol import call
from app.interpreter.records import (
    MISSING,
    Builtin,
    Class,
    ClassMethod,
    Function,
    Instance,
    Method,
    Property,
    Slot,
    StaticMethod,
    Wrapped,
)

BINDS = frozenset({Function, Wrapped, Slot})
ATTRIBUTE_ERROR = EXCEPTIONS["AttributeError"]


def bound(machine: Machine, found: object, receiver: object, cls: Class, name: str) -> object:
    """`found`, read under `name` from `receiver`, an object of `cls`."""
    kind = type(found)
    if kind in BINDS or (kind is Builtin and name[:2] == "__"):  # the library gives its classes host functions
        return Method(found, receiver, name)
    if kind is Property:
        return got(machine, found, receiver, name)  # type: ignore[arg-type]
    if kind is Instance:
        getter = found.cls.find("__get__")  # type: ignore[attr-defined]
        return found if getter is MISSING else call(machine, getter, [found, receiver, cls])
    return from_class(machine, found, cls, name)


def from_class(machine: Machine, found: object, cls: Class, name: str) -> object:
    """`found`, read under `name` from the class `cls` itself."""
    kind = type(found)
    if kind is StaticMethod:
        return found.function  # type: ignore[attr-defined]
    if kind is ClassMethod:
        return Method(found.function, cls, name)  # type: ignore[attr-defined]
    if kind is Instance:
        getter = found.cls.find("__get__")  # type: ignore[attr-defined]
        return found if getter is MISSING else call(machine, getter, [found, None, cls])
    return found


def got(machine: Machine, prop: Property, receiver: object, name: str) -> object:
    """What the property answers."""
    if prop.get is None:
        shown = receiver.cls.name if type(receiver) is Instance else "object"
        raise attribute_error(f"property '{name}' of '{shown}' object has no getter")
    return call(machine, prop.get, [receiver])


def is_data_descriptor(found: object) -> bool:
    """Whether `found` in a class comes before the object's own attribute."""
    if type(found) is Property:
        return True
    return type(found) is Instance and found.cls.find("__set__") is not MISSING


def is_attribute_error(error: TorchError | RaisedError) -> bool:
    """Whether `getattr` with a default, `hasattr` and `__getattr__` take the error for "there is none"."""
    if isinstance(error, RaisedError):
        return error.value.cls.derives(ATTRIBUTE_ERROR)
    return error.type == "AttributeError" or (error.code or "").startswith("unsupported-name")
