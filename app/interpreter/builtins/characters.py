"""`chr`, `ord`, `bin`, `hex`, `oct`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interpreter.errors import type_error
from app.interpreter.indices import integer
from app.interpreter.machine import Machine
from app.interpreter.primitive import host
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import positional
from app.interpreter.types import INTEGERS, type_name


def _of_integer(name: str, function: Callable[[Any], str]) -> Callable[[Machine, Arguments, Keywords], object]:
    def run(machine: Machine, arguments: Arguments, keywords: Keywords) -> str:
        value = integer(machine, positional(name, arguments, keywords, 1, 1)[0])
        if type(value) not in INTEGERS:
            raise type_error(f"'{type_name(value)}' object cannot be interpreted as an integer")
        return host(function, value)

    return run


def _ord(machine: Machine, arguments: Arguments, keywords: Keywords) -> int:
    (value,) = positional("ord", arguments, keywords, 1, 1)
    if type(value) is not str:
        raise type_error(f"ord() expected string of length 1, but {type_name(value)} found")
    return host(ord, value)


CHARACTERS: dict[str, Callable[[Machine, Arguments, Keywords], object]] = {
    "chr": _of_integer("chr", chr), "bin": _of_integer("bin", bin), "hex": _of_integer("hex", hex),
    "oct": _of_integer("oct", oct), "ord": _ord,
}  # fmt: skip
