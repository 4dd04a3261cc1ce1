"""`type` as the base of the library's own metaclasses, such as that of Enum. Programs cannot derive from it."""

from __future__ import annotations

from app.interpreter import types
from app.interpreter.calls import construct
from app.interpreter.errors import type_error
from app.interpreter.exceptions import OBJECT
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Class, Keywords, Slot


def _call(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    cls = arguments[0] if arguments else None
    if type(cls) is not Class:
        raise type_error("descriptor '__call__' requires a 'type' object")
    return construct(machine, cls, arguments[1:], keywords)


TYPE_CLASS = Class("type", (OBJECT,), {"__call__": Slot("__call__", _call, "type")}, builtin=True, kind=types.TYPE)
TYPE_CLASS.qualname = "type"
TYPE_CLASS.mro = (TYPE_CLASS, *OBJECT.mro)
