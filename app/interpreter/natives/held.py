"""The built-in value that an object of a derived class holds."""

from __future__ import annotations

from typing import Any

from app.interpreter.errors import type_error
from app.interpreter.records import Arguments, Instance, Type
from app.interpreter.types import type_name


def bare(value: Any) -> Any:
    """The built-in value that `value` holds, or `value` itself."""
    if type(value) is Instance and value.held is not None:
        return value.held
    return value


def held_by(kind: Type, name: str, arguments: Arguments) -> Any:
    """The value of `kind` that a slot's first argument is or holds; Python's TypeError when it is none."""
    if not arguments:
        raise type_error(f"unbound method {kind.name}.{name}() needs an argument")
    value = bare(arguments[0])
    if not kind.holds(value):
        shown = type_name(arguments[0])
        raise type_error(f"descriptor '{name}' for '{kind.name}' objects doesn't apply to a '{shown}' object")
    return value
