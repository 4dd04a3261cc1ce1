"""Python's protocols on the closed universe: call, read and write attributes, iterate. One function each,
with a table keyed by exact type, used by every path that needs it. The rooms around fill the tables when
imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.interpreter.budget import exceeded
from app.interpreter.errors import no_attribute, type_error
from app.interpreter.machine import Machine
from app.interpreter.records import MISSING, Arguments, Class, Instance, Keywords, Lazy
from app.interpreter.types import type_name, type_of


def _apart(machine: Machine, *_: object) -> object:
    return MISSING


def _true(machine: Machine, value: object) -> bool:
    return True


def _refused(machine: Machine, first: object, second: object = None, *_: object) -> Any:
    value = second if type(first) is str else first
    raise type_error(f"'{type_name(value)}' object does not support this operation")


def _no_number(value: object, wanted: str) -> Any:
    if wanted == "index":
        raise type_error(f"'{type_name(value)}' object cannot be interpreted as an integer")
    raise type_error(f"{wanted}() argument must be a string or a real number, not '{type_name(value)}'")


@dataclass(frozen=True)
class Conduct:
    """How values of a type that a library adds (numpy's) take part in Python's syntax.

    Each but `number` gets the machine first. `binary`, `in_place` and `compare` answer `MISSING` where the two
    values do not go together. `number` turns a value into the int or float that Python's functions want: "int",
    "float" or "index".
    """

    text: Callable[[Machine, Any], str]
    binary: Callable[[Machine, str, Any, Any], object] = _apart
    in_place: Callable[[Machine, str, Any, Any], object] = _apart
    unary: Callable[[Machine, str, Any], Any] = _refused
    compare: Callable[[Machine, str, Any, Any], object] = _apart
    truth: Callable[[Machine, Any], bool] = _true
    length: Callable[[Machine, Any], int] = _refused
    get_item: Callable[[Machine, Any, Any], object] = _refused
    set_item: Callable[[Machine, Any, Any, Any], Any] = _refused
    format: Callable[[Machine, Any, str], str] = _refused
    number: Callable[[Any, str], Any] = _no_number


CONDUCT: dict[type, Conduct] = {}
CALL: dict[type, Callable[[Machine, Any, Arguments, Keywords], object]] = {}
READ: dict[type, Callable[[Machine, Any, str], object]] = {}
WRITE: dict[type, Callable[[Machine, Any, str, object], None]] = {}
DELETE: dict[type, Callable[[Machine, Any, str], None]] = {}
ITERATE: dict[type, Callable[[Machine, Any], Iterator[object]]] = {}


def call(machine: Machine, function: object, arguments: Arguments, keywords: Keywords | None = None) -> object:
    """`function(*arguments, **keywords)`; TypeError when it cannot be called."""
    handler = CALL.get(type(function))
    if handler is None:
        raise type_error(f"'{type_name(function)}' object is not callable")
    return handler(machine, function, arguments, {} if keywords is None else keywords)


def read(machine: Machine, value: object, name: str) -> object:
    """`value.name`; AttributeError when there is no such attribute."""
    if name == "__class__":
        return type_of(value)
    handler = READ.get(type(value))
    if handler is None:
        raise no_attribute(type_name(value), name)
    return handler(machine, value, name)


def write(machine: Machine, value: object, name: str, new: object) -> None:
    """`value.name = new`; AttributeError where the type takes no attributes."""
    handler = WRITE.get(type(value))
    if handler is None:
        raise no_attribute(type_name(value), name)
    handler(machine, value, name, new)


def delete(machine: Machine, value: object, name: str) -> None:
    """`del value.name`; AttributeError where there is none."""
    handler = DELETE.get(type(value))
    if handler is None:
        raise no_attribute(type_name(value), name)
    handler(machine, value, name)


def iterate(machine: Machine, value: object) -> Iterator[object]:
    """`iter(value)`; TypeError when it is not iterable. The caller charges a step per item."""
    handler = ITERATE.get(type(value))
    if handler is None:
        raise type_error(f"'{type_name(value)}' object is not iterable")
    return handler(machine, value)


def lazy(machine: Machine, shown: str, items: Iterator[object], *sources: object) -> Lazy:
    """An iterator that draws from `sources`; LimitError when too many draw from each other.

    Drawing goes down the whole chain inside the host, whose stack must not run out.
    """
    depth = 1 + max((source.depth for source in sources if type(source) is Lazy), default=0)
    if depth > machine.budget.limits.nesting:
        raise exceeded("nesting", machine.budget.limits.nesting)
    return Lazy(shown, items, depth)


def is_iterable(value: object) -> bool:
    """Whether `iterate` has a way."""
    if type(value) is Instance:
        return any(value.cls.find(name) is not MISSING for name in ("__iter__", "__getitem__"))
    if type(value) is Class:
        return value.meta is not None and value.meta.find("__iter__") is not MISSING
    return type(value) in ITERATE


def collect(machine: Machine, value: object) -> list[object]:
    """All items of an iterable as a new list, charged."""
    budget = machine.budget
    if type(value) in SIZED:
        budget.container(len(value))  # type: ignore[arg-type]
        return list(iterate(machine, value))
    items: list[object] = []
    for item in iterate(machine, value):
        budget.step()
        items.append(item)
        if len(items) & 255 == 0:
            budget.container(256 if len(items) <= budget.limits.size else len(items))
    return items


SIZED: frozenset[type] = frozenset({list, tuple, str, dict, set, frozenset, range})
