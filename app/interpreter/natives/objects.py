"""`object.__setattr__`, `object.__new__`, `object.__repr__`, … on any value; the attributes go through our tables."""

from __future__ import annotations

from app.interpreter.attributes.objects import plain_delete, plain_read, plain_write
from app.interpreter.check.names import refuse_name
from app.interpreter.errors import type_error
from app.interpreter.exceptions import BASE
from app.interpreter.hashing import hash_of
from app.interpreter.inquiry import names_of
from app.interpreter.machine import Machine
from app.interpreter.natives.slots import slot
from app.interpreter.protocol import delete, read, write
from app.interpreter.records import Arguments, Class, Instance, Keywords, Type
from app.interpreter.text import default_text, to_text
from app.interpreter.types import type_name

ANY = 1 << 30


def _name(value: object) -> str:
    if type(value) is not str:
        raise type_error(f"attribute name must be string, not '{type_name(value)}'")
    refuse_name(value)
    return value


@slot("__setattr__", 3, 3)
def _setattr(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    owner, name, new = arguments
    if type(owner) is Instance:
        plain_write(machine, owner, _name(name), new)
    else:
        write(machine, owner, _name(name), new)


@slot("__delattr__", 2, 2)
def _delattr(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    owner, name = arguments
    if type(owner) is Instance:
        plain_delete(machine, owner, _name(name))
    else:
        delete(machine, owner, _name(name))


@slot("__getattribute__", 2, 2)
def _getattribute(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    owner, name = arguments
    if type(owner) is Instance:
        return plain_read(machine, owner, _name(name))
    return read(machine, owner, _name(name))


@slot("__repr__", 1, 1)
def _repr(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return default_text(machine, arguments[0])


@slot("__str__", 1, 1)
def _str(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return to_text(machine, arguments[0], own=False)


@slot("__format__", 2, 2)
def _format(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    if arguments[1] != "":
        raise type_error(f"unsupported format string passed to {type_name(arguments[0])}.__format__")
    return to_text(machine, arguments[0])


@slot("__eq__", 2, 2)
def _eq(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return True if arguments[0] is arguments[1] else NotImplemented


@slot("__ne__", 2, 2)
def _ne(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return False if arguments[0] is arguments[1] else NotImplemented


@slot("__hash__", 1, 1)
def _hash(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return hash_of(machine, arguments[0], own=False)


@slot("__dir__", 1, 1)
def _dir(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    return names_of(machine, arguments[0])


@slot("__new__", 1, ANY)
def _new(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    cls = arguments[0]
    if type(cls) is Type:
        raise type_error(f"object.__new__({cls.name}) is not safe, use {cls.name}.__new__()")
    if type(cls) is not Class:
        raise type_error(f"object.__new__(X): X is not a type object ({type_name(cls)})")
    if cls.layout is not None:
        raise type_error(f"object.__new__({cls.name}) is not safe, use {cls.layout.name}.__new__()")
    return Instance(cls, {"args": tuple(arguments[1:])} if cls.derives(BASE) else {})


@slot("__init_subclass__", 1, 1)
def _init_subclass(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    if keywords:
        shown = arguments[0].name if type(arguments[0]) is Class else "object"
        raise type_error(f"{shown}.__init_subclass__() takes no keyword arguments")
