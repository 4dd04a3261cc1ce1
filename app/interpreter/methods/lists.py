"""The methods of list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interpreter.builtins.sorting import ordered
from app.interpreter.compare import equal
from app.interpreter.errors import type_error, value_error
from app.interpreter.machine import Machine
from app.interpreter.primitive import host
from app.interpreter.protocol import collect
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import positional
from app.interpreter.text import represent
from app.interpreter.types import INTEGERS, type_name

Run = Callable[[Machine, Any, Arguments, Keywords], object]


def _append(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> None:
    (item,) = positional("list.append", arguments, keywords, 1, 1)
    _grow(machine, value, 1)
    value.append(item)


def _grow(machine: Machine, value: list[object], count: int) -> None:
    size = len(value) + count
    machine.budget.container(count if size <= machine.budget.limits.size else size)


def _extend(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> None:
    (source,) = positional("list.extend", arguments, keywords, 1, 1)
    items = collect(machine, source)
    _grow(machine, value, len(items))
    value.extend(items)


def _insert(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> None:
    place, item = positional("insert", arguments, keywords, 2, 2)
    if type(place) not in INTEGERS:
        raise type_error(f"'{type_name(place)}' object cannot be interpreted as an integer")
    machine.budget.bulk(len(value))
    _grow(machine, value, 1)
    value.insert(_small(place), item)


def _small(place: Any) -> int:
    return max(-(1 << 62), min(int(place), 1 << 62))


def _pop(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> object:
    (place,) = positional("pop", arguments, keywords, 0, 1) or (-1,)
    if type(place) not in INTEGERS:
        raise type_error(f"'{type_name(place)}' object cannot be interpreted as an integer")
    machine.budget.bulk(len(value) if place != -1 else 0)
    return host(list.pop, value, place)


def _find(machine: Machine, value: list[object], item: object, start: int = 0, stop: int = 1 << 62) -> int:
    for index, entry in enumerate(value[:stop]):
        machine.budget.step()
        if index >= start and (entry is item or equal(machine, entry, item)):
            return index
    return -1


def _remove(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> None:
    (item,) = positional("list.remove", arguments, keywords, 1, 1)
    index = _find(machine, value, item)
    if index < 0:
        raise value_error("list.remove(x): x not in list")
    del value[index]


def index_of(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> int:
    """`index` of a list or tuple."""
    item, *bounds = positional("index", arguments, keywords, 1, 3)
    start, stop = ([_bound(value, bound) for bound in bounds] + [0, len(value)][len(bounds) :])[:2]
    index = _find(machine, list(value), item, start, stop)
    if index < 0:
        if type(value) is list:
            raise value_error(f"{represent(machine, item)} is not in list")
        raise value_error("tuple.index(x): x not in tuple")
    return index


def _bound(value: Any, bound: Any) -> int:
    if type(bound) not in INTEGERS:
        raise type_error("slice indices must be integers or have an __index__ method")
    return max(0, _small(bound) + len(value)) if bound < 0 else _small(bound)


def count_of(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> int:
    """`count` of a list or tuple."""
    (item,) = positional("count", arguments, keywords, 1, 1)
    machine.budget.step(len(value))
    return sum(entry is item or equal(machine, entry, item) for entry in list(value))


def _sort(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> None:
    if arguments:
        raise type_error("sort() takes no positional arguments")
    value[:] = ordered(machine, "sort", list(value), keywords)


def _reverse(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> None:
    positional("list.reverse", arguments, keywords, 0, 0)
    machine.budget.bulk(len(value))
    value.reverse()


def _clear(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> None:
    positional("list.clear", arguments, keywords, 0, 0)
    value.clear()


def _copy(machine: Machine, value: list[object], arguments: Arguments, keywords: Keywords) -> list[object]:
    positional("list.copy", arguments, keywords, 0, 0)
    machine.budget.container(len(value))
    return list(value)


LIST: dict[str, Run] = {
    "append": _append, "extend": _extend, "insert": _insert, "pop": _pop, "remove": _remove, "index":
    index_of,
    "count": count_of, "sort": _sort, "reverse": _reverse, "clear": _clear, "copy": _copy,
}  # fmt: skip
