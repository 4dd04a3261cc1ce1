"""The methods of str: the host's own, on plain arguments, charged before."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.primitive import host, plain
from app.interpreter.protocol import collect
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import positional
from app.interpreter.template import format_template
from app.interpreter.types import type_name

Run = Callable[[Machine, Any, Arguments, Keywords], object]


def _host(name: str, function: Callable[..., object]) -> Run:
    """A method whose result is no longer than its operands."""

    def run(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> object:
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
    pieces: list[str] = []
    for index, item in enumerate(collect(machine, source)):
        if type(item) is not str:
            raise type_error(f"sequence item {index}: expected str instance, {type_name(item)} found")
        pieces.append(item)
    machine.budget.container(sum(map(len, pieces)) + len(value) * max(0, len(pieces) - 1))
    return value.join(pieces)


def _format(machine: Machine, value: str, arguments: Arguments, keywords: Keywords) -> str:
    return format_template(machine, value, arguments, keywords)


STR: dict[str, Run] = {
    **{
        name: _host(name, function)
        for name, function in {
            "capitalize": str.capitalize, "casefold": str.casefold, "count": str.count, "endswith": str.endswith,
            "find": str.find, "index": str.index, "isalnum": str.isalnum, "isalpha": str.isalpha,
            "isascii": str.isascii, "isdecimal": str.isdecimal, "isdigit": str.isdigit,
            "isidentifier": str.isidentifier, "islower": str.islower, "isnumeric": str.isnumeric,
            "isprintable": str.isprintable, "isspace": str.isspace, "istitle": str.istitle, "isupper": str.isupper,
            "lower": str.lower, "lstrip": str.lstrip, "partition": str.partition,
            "removeprefix": str.removeprefix, "removesuffix": str.removesuffix, "rfind": str.rfind,
            "rindex": str.rindex, "rpartition": str.rpartition, "rsplit": str.rsplit, "rstrip": str.rstrip,
            "split": str.split, "splitlines": str.splitlines, "startswith": str.startswith, "strip": str.strip,
            "swapcase": str.swapcase, "title": str.title, "upper": str.upper,
        }.items()
    },
    **{
        name: _padded(name, function)
        for name, function in {
            "center": str.center, "ljust": str.ljust, "rjust": str.rjust, "zfill": str.zfill,
        }.items()
    },
    "replace": _replace,
    "join": _join,
    "format": _format,
}  # fmt: skip

