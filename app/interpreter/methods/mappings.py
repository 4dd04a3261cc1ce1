"""The methods of dict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interpreter.builtins.constructors import pairs
from app.interpreter.exceptions import raised
from app.interpreter.hashing import key
from app.interpreter.machine import Machine
from app.interpreter.records import MISSING, Arguments, Keywords, View
from app.interpreter.signatures import positional

Run = Callable[[Machine, Any, Arguments, Keywords], object]
Mapping = dict[object, object]


def _get(machine: Machine, value: Mapping, arguments: Arguments, keywords: Keywords) -> object:
    name, *default = positional("get", arguments, keywords, 1, 2)
    return value.get(key(machine, name), default[0] if default else None)


def _pop(machine: Machine, value: Mapping, arguments: Arguments, keywords: Keywords) -> object:
    name, *default = positional("pop", arguments, keywords, 1, 2)
    found = value.pop(key(machine, name), default[0] if default else MISSING)
    if found is MISSING:
        raise raised(machine, "KeyError", name)
    return found


def _set_default(machine: Machine, value: Mapping, arguments: Arguments, keywords: Keywords) -> object:
    name, *default = positional("setdefault", arguments, keywords, 1, 2)
    machine.budget.container(1 if len(value) < machine.budget.limits.size else len(value) + 1)
    return value.setdefault(key(machine, name), default[0] if default else None)


def _update(machine: Machine, value: Mapping, arguments: Arguments, keywords: Keywords) -> None:
    (other,) = positional("update", arguments, {}, 0, 1) or ({},)
    new = pairs(machine, other)
    machine.budget.container(len(value) + len(new) + len(keywords))
    value.update(new)
    value.update(keywords)


def _pop_item(machine: Machine, value: Mapping, arguments: Arguments, keywords: Keywords) -> object:
    positional("dict.popitem", arguments, keywords, 0, 0)
    if not value:
        raise raised(machine, "KeyError", "popitem(): dictionary is empty")
    return value.popitem()


def _clear(machine: Machine, value: Mapping, arguments: Arguments, keywords: Keywords) -> None:
    positional("dict.clear", arguments, keywords, 0, 0)
    value.clear()


def _copy(machine: Machine, value: Mapping, arguments: Arguments, keywords: Keywords) -> Mapping:
    positional("dict.copy", arguments, keywords, 0, 0)
    machine.budget.container(len(value))
    return dict(value)


def _view(kind: str) -> Run:
    def run(machine: Machine, value: Mapping, arguments: Arguments, keywords: Keywords) -> View:
        positional(f"dict.{kind}", arguments, keywords, 0, 0)
        return View(kind, value)

    return run


DICT: dict[str, Run] = {
    "get": _get, "pop": _pop, "setdefault": _set_default, "update": _update, "popitem": _pop_item, "clear":
    _clear,
    "copy": _copy, "keys": _view("keys"), "values": _view("values"), "items": _view("items"),
}  # fmt: skip
