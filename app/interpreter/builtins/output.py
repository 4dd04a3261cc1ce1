"""`print`, `repr`, `format`."""

from __future__ import annotations

from app.interpreter.errors import type_error
from app.interpreter.formatting import format_value
from app.interpreter.machine import Machine
from app.interpreter.protocol import call, read
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import only, positional
from app.interpreter.text import represent, to_text
from app.interpreter.types import type_name


def _print(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    only("print", keywords, "sep", "end", "file", "flush")
    into = keywords.get("file")
    if into is not None:
        _print_into(machine, into, arguments, keywords)
        return
    sep = _separator(keywords, "sep", " ")
    end = _separator(keywords, "end", "\n")
    for index, value in enumerate(arguments):
        if index:
            emit(machine, sep)
        emit(machine, to_text(machine, value))
    emit(machine, end)


def _print_into(machine: Machine, into: object, arguments: Arguments, keywords: Keywords) -> None:
    """`print(…, file=into)`: one text for the `write` of what is given, such as sys.stderr."""
    pieces = [to_text(machine, value) for value in arguments]
    text = _separator(keywords, "sep", " ").join(pieces) + _separator(keywords, "end", "\n")
    machine.budget.container(len(text))
    call(machine, read(machine, into, "write"), [text])


def _separator(keywords: Keywords, name: str, default: str) -> str:
    value = keywords.get(name)
    if value is None:
        return default
    if type(value) is not str:
        raise type_error(f"{name} must be None or a string, not {type_name(value)}")
    return value


def emit(machine: Machine, text: str) -> None:
    """Add to the cell's output; what fits is kept when the budget ends."""
    room = machine.budget.characters
    if len(text) > room:
        machine.out.append(text[:room])
    machine.budget.output(len(text))
    machine.out.append(text)


def _repr(machine: Machine, arguments: Arguments, keywords: Keywords) -> str:
    (value,) = positional("repr", arguments, keywords, 1, 1)
    return represent(machine, value)


def _ascii(machine: Machine, arguments: Arguments, keywords: Keywords) -> str:
    (value,) = positional("ascii", arguments, keywords, 1, 1)
    return represent(machine, value).encode("ascii", "backslashreplace").decode()


def _format(machine: Machine, arguments: Arguments, keywords: Keywords) -> str:
    value, *rest = positional("format", arguments, keywords, 1, 2)
    spec = rest[0] if rest else ""
    if type(spec) is not str:
        raise type_error(f"format() argument 2 must be str, not {type_name(spec)}")
    return format_value(machine, value, spec)


OUTPUT = {"print": _print, "repr": _repr, "ascii": _ascii, "format": _format}
