"""Attributes of student objects, and of `super()`."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.interpreter.attributes.binding import bound, from_class, is_attribute_error, is_data_descriptor
from app.interpreter.errors import RaisedError, attribute_error, no_attribute, type_error
from app.interpreter.exceptions import is_exception
from app.interpreter.library.nearest import about
from app.interpreter.machine import Machine
from app.interpreter.natives.slots import OBJECT_SLOTS
from app.interpreter.protocol import DELETE, READ, WRITE, call, collect
from app.interpreter.records import MISSING, Class, Instance, Method, Property, Super
from app.interpreter.types import type_name


def _read_instance(machine: Machine, instance: Instance, name: str) -> object:
    found = instance.cls.find(name)
    kind = type(found)
    if kind is not Property and kind is not Instance:
        own = instance.attributes.get(name, MISSING)
        if own is not MISSING:
            return own
        if found is not MISSING:
            return bound(machine, found, instance, instance.cls, name)
    return _read_with_fallback(machine, instance, name)


def _read_with_fallback(machine: Machine, instance: Instance, name: str) -> object:
    """The rarer ways: descriptors, facts about the object, and `__getattr__` where all others fail."""
    fallback = instance.cls.find("__getattr__")
    if fallback is MISSING:
        return plain_read(machine, instance, name)
    try:
        found = _find(machine, instance, name)
    except (TorchError, RaisedError) as error:
        if not is_attribute_error(error):
            raise
        found = MISSING
    return call(machine, fallback, [instance, name]) if found is MISSING else found


def plain_read(machine: Machine, instance: Instance, name: str) -> object:
    """What `object.__getattribute__` finds: a property, the object's own attribute, or its class's."""
    found = _find(machine, instance, name)
    if found is MISSING:
        raise _lacks(instance, name)
    return found


def _find(machine: Machine, instance: Instance, name: str) -> object:
    """The same; `MISSING` where there is none, since an error for nobody to see would cost more than the search."""
    cls = instance.cls
    found = cls.find(name)
    if found is not MISSING and is_data_descriptor(found):
        return bound(machine, found, instance, cls, name)
    if name in instance.attributes:
        return instance.attributes[name]
    if found is not MISSING:
        return bound(machine, found, instance, cls, name)
    if name in FACTS:
        return FACTS[name](instance)
    if name in OBJECT_SLOTS:
        return Method(OBJECT_SLOTS[name], instance, name)
    return MISSING


def attributes_of(instance: Instance) -> dict[str, object]:
    """`vars(instance)`: the attributes themselves; of an exception, those that are not Python's own."""
    if not is_exception(instance):
        return instance.attributes
    return {name: value for name, value in instance.attributes.items() if name != "args" and name[:2] != "__"}


FACTS: dict[str, Any] = {
    "__class__": lambda instance: instance.cls,
    "__dict__": attributes_of,
    "__doc__": lambda instance: instance.cls.namespace.get("__doc__"),
    "__module__": lambda instance: instance.cls.module,
}


def _lacks(instance: Instance, name: str) -> TorchError:
    known = [*instance.attributes, *(name for base in instance.cls.mro if not base.builtin for name in base.namespace)]
    error = no_attribute(instance.cls.name, name)
    return about(error, "undefined-name", name, [each for each in known if type(each) is str])


def _write_instance(machine: Machine, instance: Instance, name: str, new: object) -> None:
    hook = instance.cls.find("__setattr__")
    if hook is MISSING:
        plain_write(machine, instance, name, new)
    else:
        call(machine, hook, [instance, name, new])


def plain_write(machine: Machine, instance: Instance, name: str, new: object) -> None:
    """What `object.__setattr__` does: a property's setter, or the object's own attribute."""
    found = instance.cls.find(name)
    if type(found) is Property:
        if found.set is None:
            raise attribute_error(f"property '{name}' of '{instance.cls.name}' object has no setter")
        call(machine, found.set, [instance, new])
        return
    if type(found) is Instance and (setter := found.cls.find("__set__")) is not MISSING:
        call(machine, setter, [found, instance, new])
        return
    if name in ("__class__", "__dict__"):
        _replace(instance, name, new)
        return
    if name not in instance.attributes:
        machine.budget.container(1)
    if name == "args" and is_exception(instance):
        new = tuple(collect(machine, new))
    instance.attributes[name] = new


def _replace(instance: Instance, name: str, new: object) -> None:
    """`x.__class__ = Other`, `x.__dict__ = {…}`."""
    if name == "__class__":
        if type(new) is not Class:
            raise type_error(f"__class__ must be set to a class, not '{type_name(new)}' object")
        if new.builtin or instance.held is not None or is_exception(instance) or new.layout is not instance.cls.layout:
            raise type_error("__class__ assignment only supported for mutable types or ModuleType subclasses")
        instance.cls = new
    elif type(new) is dict and all(type(key) is str for key in new) and not is_exception(instance):
        instance.attributes = new
    else:
        raise type_error(f"__dict__ must be set to a dictionary, not a '{type_name(new)}'")


def _delete_instance(machine: Machine, instance: Instance, name: str) -> None:
    hook = instance.cls.find("__delattr__")
    if hook is MISSING:
        plain_delete(machine, instance, name)
    else:
        call(machine, hook, [instance, name])


def plain_delete(machine: Machine, instance: Instance, name: str) -> None:
    """What `object.__delattr__` does."""
    found = instance.cls.find(name)
    if type(found) is Property:
        if found.delete is None:
            raise attribute_error(f"property '{name}' of '{instance.cls.name}' object has no deleter")
        call(machine, found.delete, [instance])
        return
    if type(found) is Instance and (deleter := found.cls.find("__delete__")) is not MISSING:
        call(machine, deleter, [found, instance])
        return
    if name not in instance.attributes:
        raise no_attribute(instance.cls.name, name)
    del instance.attributes[name]


def _read_super(machine: Machine, proxy: Super, name: str) -> object:
    receiver = proxy.receiver
    of_object = type(receiver) is Instance
    cls = receiver.cls if type(receiver) is Instance else receiver
    assert type(cls) is Class
    of_metaclass = proxy.cls not in cls.mro and cls.meta is not None
    order = cls.meta.mro if of_metaclass and cls.meta is not None else cls.mro
    if proxy.cls not in order:  # its class was changed since
        raise type_error("super(type, obj): obj must be an instance or subtype of type")
    for base in order[order.index(proxy.cls) + 1 :]:
        found = base.namespace.get(name, MISSING)
        if found is not MISSING:
            if of_object or of_metaclass:
                return bound(machine, found, receiver, cls, name)
            return from_class(machine, found, cls, name)
    if name in FACTS and of_object:
        return FACTS[name](receiver)
    if name in OBJECT_SLOTS:
        return OBJECT_SLOTS[name] if name == "__new__" else Method(OBJECT_SLOTS[name], receiver, name)
    raise no_attribute("super", name)


READ.update({Instance: _read_instance, Super: _read_super})
WRITE[Instance] = _write_instance
DELETE[Instance] = _delete_instance
