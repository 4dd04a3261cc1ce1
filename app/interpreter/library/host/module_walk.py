"""Walking a module's tree: submodules, parameters and buffers with their qualified names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.engine.tensor import Tensor
from app.interpreter.library.host import primitive
from app.interpreter.library.host.module_attributes import drawer, is_module, receiver, text
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Instance, Keywords
from app.interpreter.types import type_name

Named = list[tuple[str, object]]


def named_modules(module: object, prefix: str = "", once: bool = True, known: set[int] | None = None) -> Named:
    """The module and all below it, depth first; a shared one under its first name unless `once` is False."""
    found: Named = []
    seen: set[int] = set() if known is None else known
    stack: list[tuple[str, object]] = [(prefix, module)]
    while stack:
        name, each = stack.pop()
        if once:
            if id(each) in seen:
                continue
            seen.add(id(each))
        found.append((name, each))
        below = [(_joined(name, key), child) for key, child in drawer(each, "_modules").items() if child is not None]
        stack.extend(reversed(below))
    return found


def _joined(prefix: str, name: object) -> str:
    shown = str(name) if type(name) in (str, int) else type_name(name)
    return f"{prefix}.{shown}" if prefix else shown


def named_members(module: Instance, held: str, prefix: str, recurse: bool, once: bool) -> Named:
    """What lies in the dict `held` ("_parameters", "_buffers") of the module, and of all below if `recurse`."""
    owners = named_modules(module, prefix, once) if recurse else [(prefix, module)]
    found: Named = []
    seen: set[int] = set()
    for path, owner in owners:
        for key, value in drawer(owner, held).items():
            if value is None or (once and id(value) in seen):
                continue
            seen.add(id(value))
            found.append((_joined(path, key), value))
    return found


@primitive("module_named_modules")
def _named_modules(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    module, (prefix, once) = receiver("named_modules", arguments, 2)
    return _charged(machine, named_modules(module, text(prefix), bool(once)))


@primitive("module_named_children")
def _named_children(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    module, _ = receiver("named_children", arguments, 0)
    first: dict[int, tuple[str, object]] = {}
    for name, child in drawer(module, "_modules").items():
        if child is not None:
            first.setdefault(id(child), (_joined("", name), child))
    return _charged(machine, list(first.values()))


@primitive("module_named_members")
def _named_members(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    module, (held, prefix, recurse, once) = receiver("named_parameters", arguments, 4)
    return _charged(machine, named_members(module, text(held), text(prefix), bool(recurse), bool(once)))


@primitive("module_members")
def _members(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    module, (held, recurse) = receiver("parameters", arguments, 2)
    return _charged(machine, [value for _, value in named_members(module, text(held), "", bool(recurse), True)])


def _charged(machine: Machine, found: list[Any]) -> object:
    machine.budget.container(len(found))
    return found


@dataclass(frozen=True)
class Part:
    """A module of a tree: its dotted name, what it is, and the tensors of its own by their names."""

    name: str
    module: object
    tensors: tuple[tuple[str, Tensor], ...]


def parts(module: object, name: str) -> list[Part]:
    """The module, known by `name`, and all below it."""
    found = []
    for path, each in named_modules(module, name) if is_module(module) else []:
        own = {**drawer(each, "_buffers"), **drawer(each, "_parameters")}
        tensors = tuple((_joined("", key), value) for key, value in own.items() if type(value) is Tensor)
        found.append(Part(path, each, tensors))
    return found


def class_name(module: object) -> str:
    """The name of a module's class."""
    return type_name(module)


def name_modules(machine: Machine) -> None:
    """Call modules after the variables of the program that hold them at its end: "net", "layers[0]", "nets['a']".

    These are what a reader sees on top; a function that made the network may have called it something else.
    """
    run, seen = machine.main.run, set[int]()
    for name, value in machine.main.globals.items():
        shelf = [(f"{name}[{key!r}]", each) for key, each in _shelf(value) if type(key) in (int, str)]
        for shown, module in shelf or [(name, value)]:
            if id(module) not in seen and is_module(module):
                seen.add(id(module))
                run.tape.owners[id(module)] = (shown, module)


def _shelf(value: object) -> Iterable[tuple[object, object]]:
    """What stands in a dict, list or tuple, with its key or number."""
    if type(value) is dict:
        return value.items()
    return enumerate(value) if type(value) is list or type(value) is tuple else ()
