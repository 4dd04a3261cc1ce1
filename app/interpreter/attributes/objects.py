"""Attributes of student objects and classes, and of `super()`."""

from __future__ import annotations

from app.engine.errors import TorchError
from app.interpreter.errors import attribute_error, no_attribute, type_error
from app.interpreter.exceptions import is_exception
from app.interpreter.library.nearest import about
from app.interpreter.machine import Machine
from app.interpreter.protocol import DELETE, READ, WRITE, call, collect
from app.interpreter.records import (
    MISSING,
    Builtin,
    Class,
    ClassMethod,
    Function,
    Instance,
    Method,
    Property,
    StaticMethod,
    Super,
    Wrapped,
)

BINDS = frozenset({Function, Wrapped})


def _bound(found: object, receiver: object, cls: Class, name: str) -> object:
    kind = type(found)
    if kind in BINDS or (kind is Builtin and name[:2] == "__"):
        return Method(found, receiver, name)
    if kind is StaticMethod:
        return found.function  # type: ignore[attr-defined]
    if kind is ClassMethod:
        return Method(found.function, cls, name)  # type: ignore[attr-defined]
    return found


def _read_instance(machine: Machine, instance: Instance, name: str) -> object:
    found = instance.cls.find(name)
    if type(found) is Property:
        return call(machine, found.get, [instance])
    if name in instance.attributes:
        return instance.attributes[name]
    if found is not MISSING:
        return _bound(found, instance, instance.cls, name)
    fallback = instance.cls.find("__getattr__")
    if fallback is not MISSING:
        return call(machine, fallback, [instance, name])
    raise _object_lacks(instance.cls.name, name, [*instance.attributes, *_class_names(instance.cls)])


def _class_names(cls: Class) -> list[str]:
    return [name for base in cls.mro if not base.builtin for name in base.namespace]


def _object_lacks(shown: str, name: str, known: list[str]) -> TorchError:
    return about(no_attribute(shown, name), "undefined-name", name, known)


def _write_instance(machine: Machine, instance: Instance, name: str, new: object) -> None:
    hook = instance.cls.find("__setattr__")
    if hook is MISSING:
        plain_write(machine, instance, name, new)
    else:
        call(machine, hook, [instance, name, new])


def plain_write(machine: Machine, instance: Instance, name: str, new: object) -> None:
    found = instance.cls.find(name)
    if type(found) is Property:
        if found.set is None:
            raise attribute_error(f"property '{name}' of '{instance.cls.name}' object has no setter")
        call(machine, found.set, [instance, new])
        return
    if name not in instance.attributes:
        machine.budget.container(1)
    if name == "args" and is_exception(instance):
        new = tuple(collect(machine, new))
    instance.attributes[name] = new


def _delete_instance(machine: Machine, instance: Instance, name: str) -> None:
    hook = instance.cls.find("__delattr__")
    if hook is not MISSING:
        call(machine, hook, [instance, name])
        return
    if name not in instance.attributes:
        raise no_attribute(instance.cls.name, name)
    del instance.attributes[name]


def _read_class(machine: Machine, cls: Class, name: str) -> object:
    if name in ("__name__", "__qualname__"):
        return cls.name
    found = cls.find(name)
    if type(found) is StaticMethod:
        return found.function
    if type(found) is ClassMethod:
        return Method(found.function, cls, name)
    if found is MISSING:
        if name == "__doc__":
            return None
        raise attribute_error(f"type object '{cls.name}' has no attribute '{name}'")
    return found


def _write_class(machine: Machine, cls: Class, name: str, new: object) -> None:
    if cls.builtin:
        raise type_error(f"cannot set '{name}' attribute of immutable type '{cls.name}'")
    if name not in cls.namespace:
        machine.budget.container(1)
    cls.namespace[name] = new


def _delete_class(machine: Machine, cls: Class, name: str) -> None:
    if cls.builtin or name not in cls.namespace:
        raise attribute_error(f"type object '{cls.name}' has no attribute '{name}'")
    del cls.namespace[name]


def _read_super(machine: Machine, proxy: Super, name: str) -> object:
    receiver = proxy.receiver
    cls = receiver.cls if type(receiver) is Instance else receiver
    assert type(cls) is Class
    order = cls.mro[cls.mro.index(proxy.cls) + 1 :]
    for base in order:
        if name in base.namespace:
            found = base.namespace[name]
            if type(found) is Property:
                return call(machine, found.get, [receiver])
            return _bound(found, receiver, cls, name)
    raise no_attribute("super", name)


READ.update({Instance: _read_instance, Class: _read_class, Super: _read_super})
WRITE.update({Instance: _write_instance, Class: _write_class})
DELETE.update({Instance: _delete_instance, Class: _delete_class})
