"""Attributes of classes, and of the built-in types."""

from __future__ import annotations

from typing import Any

from app.engine.registry import METHODS as TENSOR_METHODS
from app.interpreter.attributes.binding import bound, from_class
from app.interpreter.errors import attribute_error, type_error
from app.interpreter.machine import Machine
from app.interpreter.natives.slots import OBJECT_SLOTS
from app.interpreter.natives.table import NATIVES
from app.interpreter.protocol import DELETE, READ, WRITE
from app.interpreter.records import MISSING, Class, Type, Union
from app.interpreter.types import TENSOR, TYPE, type_name


def shown_class(cls: Class) -> object:
    """A built-in type in its part as a base class is the type again where a program sees it."""
    return cls.kind if cls.kind is not None else cls


def _shown(classes: tuple[Class, ...]) -> tuple[object, ...]:
    return tuple(shown_class(cls) for cls in classes)


FACTS: dict[str, Any] = {
    "__name__": lambda cls: cls.name,
    "__qualname__": lambda cls: cls.qualname or cls.name,
    "__module__": lambda cls: "builtins" if cls.builtin else cls.module,
    "__mro__": lambda cls: _shown(cls.mro),
    "__bases__": lambda cls: _shown(cls.bases),
    "__dict__": lambda cls: dict(cls.namespace),
    "__doc__": lambda cls: cls.namespace.get("__doc__"),
    "__class__": lambda cls: cls.meta or TYPE,
}


def _read_class(machine: Machine, cls: Class, name: str) -> object:
    if name == "__doc__":
        return FACTS[name](cls)
    found = cls.find(name)
    if found is not MISSING:
        return from_class(machine, found, cls, name)
    if name in FACTS:
        return FACTS[name](cls)
    if cls.meta is not None and (found := cls.meta.find(name)) is not MISSING:
        return bound(machine, found, cls, cls.meta, name)
    if name in OBJECT_SLOTS:
        return OBJECT_SLOTS[name]
    raise attribute_error(f"type object '{cls.name}' has no attribute '{name}'")


def _write_class(machine: Machine, cls: Class, name: str, new: object) -> None:
    if cls.builtin:
        raise type_error(f"cannot set '{name}' attribute of immutable type '{cls.name}'")
    if name in ("__name__", "__qualname__"):
        _rename(cls, name, new)
        return
    if name in FACTS and name not in ("__doc__", "__module__"):
        raise attribute_error(f"attribute '{name}' of 'type' objects is not writable")
    if name == "__module__" and type(new) is str:
        cls.module = new
        return
    if name not in cls.namespace:
        machine.budget.container(1)
    cls.namespace[name] = new


def _rename(cls: Class, name: str, new: object) -> None:
    if type(new) is not str:
        raise type_error(f"can only assign string to {cls.name}.{name}, not '{type_name(new)}'")
    if name == "__name__":
        cls.name = new
    else:
        cls.qualname = new


def _delete_class(machine: Machine, cls: Class, name: str) -> None:
    if cls.builtin or name not in cls.namespace:
        raise attribute_error(f"type object '{cls.name}' has no attribute '{name}'")
    del cls.namespace[name]


def _read_type(machine: Machine, kind: Type, name: str) -> object:
    native = NATIVES.get(kind)
    if name in ("__name__", "__qualname__"):
        return kind.name
    if name == "__module__":
        return kind.shown.rpartition(".")[0].removeprefix("<class '") or "builtins"
    if name == "__class__":
        return TYPE
    if name == "__doc__":
        return None
    if kind is TENSOR and name in TENSOR_METHODS:
        return TENSOR_METHODS[name]
    if native is not None:
        found = native.find(name)
        if found is not MISSING:
            return from_class(machine, found, native, name)
        if name in ("__mro__", "__bases__"):
            return FACTS[name](native)
        if name in OBJECT_SLOTS:
            return OBJECT_SLOTS[name]
    raise attribute_error(f"type object '{kind.name}' has no attribute '{name}'")


def _read_union(machine: Machine, union: Union, name: str) -> object:
    if name == "__args__":
        return union.members
    raise attribute_error(f"'types.UnionType' object has no attribute '{name}'")


READ.update({Class: _read_class, Type: _read_type, Union: _read_union})
WRITE[Class] = _write_class
DELETE[Class] = _delete_class
