"""The methods of str: the host's own, on plain arguments, charged before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.natives.held import bare
from app.interpreter.primitive import host, plain
from app.interpreter.protocol import collect, is_iterable
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import optional, positional
from app.interpreter.template import format_template
from app.interpreter.types import type_name

Run = Callable[[Machine, Any, Arguments, Keywords], object]


def _host(name: str, function: Callable[..., object]) -> Run:
    """A method whose result is no longer than its operands."""

    def run(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> object:
        arguments = [bare(each) for each in arguments]
        _check(name, [*arguments, *keywords.values()])
        machine.budget.container(len(value) + sum(len(each) for each in arguments if type(each) is str))
        return host(function, value, *arguments, **keywords)

    return run


def _check(name: str, values: list[object]) -> None:
    """Plain values only, also inside the tuple that `startswith` takes."""
    for value in values:
        if not plain(value) or (type(value) is tuple and not plain(*value)):
            raise type_error(f"{name}() takes text and numbers, not {type_name(value)}")


def _padded(name: str, function: Callable[..., object]) -> Run:
    def run(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> object:
        _check(name, arguments)
        positional(name, arguments, keywords, 1, 1 if name == "zfill" else 2)
        width = arguments[0]
        if type(width) is int:
            machine.budget.container(max(width, len(value)))
        return host(function, value, *arguments)

    return run


def _replace(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> object:
    _check("replace", arguments)
    positional("replace", arguments, keywords, 2, 3)
    old, new = arguments[:2]
    machine.budget.bulk(len(value))
    if type(old) is str and type(new) is str:
        found = value.count(old)
        machine.budget.container(len(value) + found * max(0, len(new) - len(old)))
    return host(str.replace, value, *arguments)


def _join(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> str:
    (source,) = positional("str.join", arguments, keywords, 1, 1)
    if not is_iterable(source):
        raise type_error("can only join an iterable")
    pieces: list[str] = []
    for index, item in enumerate(collect(machine, source)):
        item = bare(item)
        if type(item) is not str:
            raise type_error(f"sequence item {index}: expected str instance, {type_name(item)} found")
        pieces.append(item)
    machine.budget.container(sum(map(len, pieces)) + len(value) * max(0, len(pieces) - 1))
    return value.join(pieces)


def _format(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> str:
    return format_template(machine, value, arguments, keywords)


def _format_map(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> str:
    (mapping,) = positional("str.format_map", arguments, keywords, 1, 1)
    held = bare(mapping)
    if type(held) is not dict:
        raise type_error("format_map() takes a mapping here")
    return format_template(machine, value, [], {name: each for name, each in held.items() if type(name) is str})


def _expand_tabs(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> object:
    size = optional("expandtabs", arguments, keywords, ("tabsize",)).get("tabsize", 8)
    if type(size) is not int:
        raise type_error(f"'{type_name(size)}' object cannot be interpreted as an integer")
    machine.budget.container(len(value) + value.count("\t") * max(size, 0))
    return host(str.expandtabs, value, size)


def _translate(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> str:
    """Character by character through a dict from numbers of characters; None leaves one out."""
    (table,) = positional("str.translate", arguments, keywords, 1, 1)
    held = bare(table)
    if type(held) is not dict:
        raise type_error(f"'{type_name(table)}' object is not subscriptable")
    machine.budget.container(len(value))
    pieces = []
    for character in value:
        found = held.get(ord(character), character)
        if found is not None:
            pieces.append(chr(found) if type(found) is int and 0 <= found < 0x110000 else str(found))
    if not all(type(each) in (int, str, type(None)) for each in held.values()):
        raise type_error("character mapping must return integer, None or str")
    machine.budget.container(sum(map(len, pieces)))
    return "".join(pieces)


SHORTENING: tuple[Callable[..., object], ...] = (
    str.capitalize, str.casefold, str.count, str.endswith, str.find, str.index, str.isalnum, str.isalpha,
    str.isascii, str.isdecimal, str.isdigit, str.isidentifier, str.islower, str.isnumeric, str.isprintable,
    str.isspace, str.istitle, str.isupper, str.lower, str.lstrip, str.partition, str.removeprefix,
    str.removesuffix, str.rfind, str.rindex, str.rpartition, str.rsplit, str.rstrip, str.split,
    str.splitlines, str.startswith, str.strip, str.swapcase, str.title, str.upper,
)  # fmt: skip
PADDING: tuple[Callable[..., object], ...] = (str.center, str.ljust, str.rjust, str.zfill)
STR: dict[str, Run] = {
    **{function.__name__: _host(function.__name__, function) for function in SHORTENING},
    **{function.__name__: _padded(function.__name__, function) for function in PADDING},
    "replace": _replace,
    "join": _join,
    "format": _format,
    "format_map": _format_map,
    "expandtabs": _expand_tabs,
    "translate": _translate,
}
