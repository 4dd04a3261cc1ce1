"""`abs`, `round`, `sum`, `min`, `max`, `pow`, `divmod`."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.registry import METHODS, UNARY
from app.engine.tensor import Tensor
from app.interpreter.calls import special
from app.interpreter.compare import compare
from app.interpreter.errors import type_error, value_error
from app.interpreter.iteration import truth
from app.interpreter.machine import Machine
from app.interpreter.natives.held import bare
from app.interpreter.numbers import arithmetic
from app.interpreter.operators import binary
from app.interpreter.primitive import host
from app.interpreter.protocol import CONDUCT, call, iterate, read
from app.interpreter.records import MISSING, Arguments, Instance, Keywords
from app.interpreter.signatures import only, optional, positional
from app.interpreter.types import INTEGERS, NUMBERS, type_name


def _abs(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    (value,) = positional("abs", arguments, keywords, 1, 1)
    if type(value) is Tensor:
        return UNARY["abs"](value)
    if type(value) in CONDUCT:
        return CONDUCT[type(value)].unary(machine, "abs", value)
    if type(value) in NUMBERS:
        return abs(value)  # type: ignore[arg-type]
    result = special(machine, value, "__abs__")
    if result is MISSING:
        raise type_error(f"bad operand type for abs(): '{type_name(value)}'")
    return result


def _round(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    bound = optional("round", arguments, keywords, ("number", "ndigits"), 1)
    number, digits = bound["number"], bound.get("ndigits")
    if type(number) is Tensor and "round" in METHODS:
        return METHODS["round"](number) if digits is None else METHODS["round"](number, decimals=digits)
    if type(number) is Instance:
        result = special(machine, number, "__round__", *(() if digits is None else (digits,)))
        if result is not MISSING:
            return result
        number = bare(number)
    if type(number) in CONDUCT:
        whole = digits is None and isinstance(number, np.generic)
        rounded = call(machine, read(machine, number, "round"), [0 if digits is None else digits])
        return CONDUCT[type(rounded)].number(rounded, "int") if whole else rounded
    if type(number) not in NUMBERS:
        raise type_error(f"type {type_name(number)} doesn't define __round__ method")
    if digits is not None and type(digits) not in INTEGERS:
        raise type_error(f"'{type_name(digits)}' object cannot be interpreted as an integer")
    places: Any = digits
    if places is not None and abs(places) > 1000:
        places = 1000 if places > 0 else -1000
    return host(round, number, places)


def _sum(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    bound = optional("sum", arguments, keywords, ("iterable", "start"), 1)
    total = bound.get("start", 0)
    if type(total) is str:
        raise type_error("sum() can't sum strings [use ''.join(seq) instead]")
    for item in iterate(machine, bound["iterable"]):
        machine.budget.step()
        total = binary(machine, "+", total, item)
    return total


def _extreme(name: str, symbol: str) -> Any:
    def run(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        only(name, keywords, "key", "default")
        if not arguments:
            raise type_error(f"{name} expected at least 1 argument, got 0")
        if len(arguments) > 1 and "default" in keywords:
            raise type_error(f"Cannot specify a default for {name}() with multiple positional arguments")
        items = iterate(machine, arguments[0]) if len(arguments) == 1 else iter(arguments)
        key = keywords.get("key")
        best = best_key = MISSING
        for item in items:
            machine.budget.step()
            item_key = item if key is None else call(machine, key, [item])
            if best is MISSING or truth(machine, compare(machine, symbol, item_key, best_key)):
                best, best_key = item, item_key  # type: ignore[assignment]
        if best is not MISSING:
            return best
        if "default" in keywords:
            return keywords["default"]
        raise value_error(f"{name}() arg is an empty sequence")

    return run


def _pow(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    base, exponent, *modulus = positional("pow", arguments, keywords, 2, 3)
    if not modulus or modulus[0] is None:
        return binary(machine, "**", base, exponent)
    if not all(type(value) in INTEGERS for value in (base, exponent, modulus[0])):
        raise type_error("pow() 3rd argument not allowed unless all arguments are integers")
    digits = 1 + int(modulus[0]).bit_length() // 64  # type: ignore[call-overload]
    machine.budget.step(int(exponent).bit_length() * digits // 32)  # type: ignore[call-overload]
    return host(pow, base, exponent, modulus[0])


def _divmod(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    a, b = positional("divmod", arguments, keywords, 2, 2)
    if type(a) in NUMBERS and type(b) in NUMBERS:
        return arithmetic(machine, "//", a, b), arithmetic(machine, "%", a, b)
    for result in (special(machine, a, "__divmod__", b), special(machine, b, "__rdivmod__", a)):
        if result is not MISSING and result is not NotImplemented:
            return result
    if type(a) in CONDUCT or type(b) in CONDUCT:
        return binary(machine, "//", a, b), binary(machine, "%", a, b)
    raise TorchError("TypeError", f"unsupported operand type(s) for divmod(): '{type_name(a)}' and '{type_name(b)}'")


NUMERIC = {
    "abs": _abs, "round": _round, "sum": _sum, "min": _extreme("min", "<"), "max": _extreme("max", ">"),
    "pow": _pow, "divmod": _divmod,
}  # fmt: skip
