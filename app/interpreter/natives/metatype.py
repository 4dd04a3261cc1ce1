"""`type(x)`, and `type(name, bases, namespace)`: a class without a `class` statement."""

from __future__ import annotations

from app.interpreter import types
from app.interpreter.check.names import refuse_name
from app.interpreter.classes import make_class
from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords
from app.interpreter.types import type_of


def _type(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    if len(arguments) == 1 and not keywords:
        return type_of(arguments[0])
    if len(arguments) != 3 or keywords:
        raise type_error("type() takes 1 or 3 arguments")
    name, bases, namespace = arguments
    if type(name) is not str or type(bases) is not tuple or type(namespace) is not dict:
        raise type_error("type.__new__() takes a str, a tuple and a dict")
    for each in namespace:
        if type(each) is not str:
            raise type_error("the names in a class are texts")
        refuse_name(each)
    machine.budget.container(1 + len(namespace))
    return make_class(machine, name, name, list(bases), dict(namespace))


types.TYPE.make = _type
