"""Arithmetic of Python numbers, refused before it gets large."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from app.engine.errors import TorchError
from app.interpreter.machine import Machine


def _no_guard(machine: Machine, a: Any, b: Any) -> None:
    return None


def _times_guard(machine: Machine, a: Any, b: Any) -> None:
    if type(a) is not float and type(b) is not float:
        machine.budget.bits(int(a).bit_length() + int(b).bit_length() - 1)


def _power_guard(machine: Machine, a: Any, b: Any) -> None:
    if type(a) is not float and type(b) is not float and b > 0 and abs(a) > 1:
        machine.budget.bits((int(a).bit_length() - 1) * b + 1)


def _shift_guard(machine: Machine, a: Any, b: Any) -> None:
    if type(a) is not float and type(b) is not float and a and b > 0:
        machine.budget.bits(int(a).bit_length() + b)


COMPLEX = "complex numbers are not supported yet"
MACHINE_WORD = 1 << 63
Guard = Callable[[Machine, Any, Any], None]
ARITHMETIC: dict[str, tuple[Callable[[Any, Any], Any], Guard]] = {
    "+": (operator.add, _no_guard),
    "-": (operator.sub, _no_guard),
    "*": (operator.mul, _times_guard),
    "/": (operator.truediv, _no_guard),
    "//": (operator.floordiv, _no_guard),
    "%": (operator.mod, _no_guard),
    "**": (operator.pow, _power_guard),
    "<<": (operator.lshift, _shift_guard),
    ">>": (operator.rshift, _no_guard),
    "&": (operator.and_, _no_guard),
    "|": (operator.or_, _no_guard),
    "^": (operator.xor, _no_guard),
}


def arithmetic(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    """`a symbol b` of two numbers; ZeroDivisionError and the like in Python's words."""
    function, guard = ARITHMETIC[symbol]
    guard(machine, a, b)
    # Two numbers by exact type, so the host's complaint is Python's own and holds nothing of ours.
    try:
        result = function(a, b)
    except (ArithmeticError, TypeError, ValueError) as error:
        raise TorchError(type(error).__name__, str(error)) from None
    kind = type(result)
    if kind is int and not -MACHINE_WORD < result < MACHINE_WORD:
        machine.budget.bits(result.bit_length())
    elif kind is complex:
        raise TorchError("ValueError", COMPLEX, "unsupported-syntax", name="complex")
    return result
