"""The operators `+ - * …` on every kind of value."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.registry import BINARY, INPLACE, UNARY
from app.engine.returns import ReturnType
from app.engine.tensor import Size, Tensor
from app.interpreter.admission import check_integers
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.hashing import key
from app.interpreter.machine import Machine
from app.interpreter.numbers import ARITHMETIC, arithmetic
from app.interpreter.percent import percent
from app.interpreter.protocol import CONDUCT, collect
from app.interpreter.records import MISSING, Class, Instance, Type, Union, View
from app.interpreter.types import INTEGERS, NUMBERS, TUPLES, type_name

DUNDERS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@":
    "matmul",
    "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor",
}  # fmt: skip
WITH_TENSOR = NUMBERS | {Tensor}
SETS = frozenset({set, frozenset})
SEQUENCES = frozenset({str, list, tuple, Size, ReturnType})
NOT_IMPLEMENTED = object()


def binary(machine: Machine, symbol: str, a: Any, b: Any, shown: str = "") -> object:
    """`a symbol b`; `shown` is the operator that a TypeError names ("+=")."""
    kind, other = type(a), type(b)
    if kind in NUMBERS and other in NUMBERS:
        if symbol in ARITHMETIC:
            if kind is float and other is float and symbol in "+-*":
                return ARITHMETIC[symbol][0](a, b)
            return arithmetic(machine, symbol, a, b)
    elif kind in CONDUCT or other in CONDUCT:
        result = (CONDUCT.get(kind) or CONDUCT[other]).binary(machine, symbol, a, b)
        if result is not MISSING:
            return result
    elif kind is Tensor or other is Tensor:
        if kind in WITH_TENSOR and other in WITH_TENSOR and symbol in BINARY and (symbol != "@" or kind is other):
            check_integers(a, b)
            return BINARY[symbol](a, b)
        result = _beside_sequence(machine, symbol, a, b)
        if result is not NOT_IMPLEMENTED:
            return result
    elif kind in SEQUENCES or other in SEQUENCES:
        result = _sequence(machine, symbol, a, b)
        if result is not NOT_IMPLEMENTED:
            return result
    elif kind in SETS and other in SETS and symbol in "-&|^":
        machine.budget.container(len(a) + len(b))
        return ARITHMETIC[symbol][0](a, b)
    elif (kind is View or other is View) and symbol in "-&|^":
        return ARITHMETIC[symbol][0](_as_set(machine, a), _as_set(machine, b))
    elif kind is dict and other is dict and symbol == "|":
        machine.budget.container(len(a) + len(b))
        return a | b
    elif symbol == "|" and kind in CHOICES and other in CHOICES:
        members = (*_members(a), *_members(b))
        machine.budget.container(len(members))
        return Union(members)
    if kind is Instance or other is Instance:
        result = _overloaded(machine, DUNDERS[symbol], a, b)
        if result is not MISSING:
            return result
    raise _unsupported(symbol, shown, a, b)


def _as_set(machine: Machine, value: object) -> set[object]:
    """The entries of a view of a dict, or of what stands on its other side."""
    return {key(machine, item) for item in collect(machine, value)}


CHOICES = frozenset({Type, Class, Union, type(None)})
"""What `int | None` joins."""


def _members(value: object) -> tuple[object, ...]:
    return value.members if type(value) is Union else (value,)


def _unsupported(symbol: str, shown: str, a: object, b: object) -> TorchError:
    shown = shown or ("** or pow()" if symbol == "**" else symbol)
    error = type_error(f"unsupported operand type(s) for {shown}: '{type_name(a)}' and '{type_name(b)}'")
    error.code = "none-value" if a is None or b is None else None
    return error


def _overloaded(machine: Machine, name: str, a: object, b: object) -> object:
    result = _reflected_first(machine, name, a, b)
    if result is not MISSING:
        return result
    result = special(machine, a, f"__{name}__", b)
    if result is MISSING or result is NotImplemented:
        result = special(machine, b, f"__r{name}__", a)
    return MISSING if result is NotImplemented else result


def _reflected_first(machine: Machine, name: str, a: object, b: object) -> object:
    """The right operand goes first when its class derives from the left one's and says otherwise."""
    if type(a) is not Instance or type(b) is not Instance or a.cls is b.cls or not b.cls.derives(a.cls):
        return MISSING
    if b.cls.find(f"__r{name}__") is a.cls.find(f"__r{name}__"):
        return MISSING
    result = special(machine, b, f"__r{name}__", a)
    return MISSING if result is NotImplemented else result


def _sequence(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    kind = type(a)
    if symbol == "+" and kind in SEQUENCES:
        return _join(machine, a, b)
    if symbol == "*":
        if kind in SEQUENCES and type(b) is not Instance:
            return _repeat(machine, a, b)
        if kind in INTEGERS or kind is float:
            return _repeat(machine, b, a)
    if symbol == "%" and kind is str:
        return percent(machine, a, b)
    return NOT_IMPLEMENTED


def _beside_sequence(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    """A sequence and a tensor, where the tensor does not answer: it may be a number of times."""
    if symbol == "*" and (type(a) in SEQUENCES or type(b) in SEQUENCES):
        sequence, times = (a, b) if type(a) in SEQUENCES else (b, a)
        return _repeat(machine, sequence, python.index(times))
    return _sequence(machine, symbol, a, b) if type(a) in SEQUENCES else NOT_IMPLEMENTED


def _join(machine: Machine, a: Any, b: Any) -> object:
    kind = type(a)
    if kind is type(b) or (kind in TUPLES and type(b) in TUPLES):
        machine.budget.container(len(a) + len(b))
        joined = a + b
        return Size(joined) if kind is Size and type(b) is Size else joined
    if type(b) is Instance:
        return NOT_IMPLEMENTED
    name = "tuple" if kind in TUPLES else kind.__name__
    raise type_error(f'can only concatenate {name} (not "{type_name(b)}") to {name}')


def _repeat(machine: Machine, sequence: Any, times: Any) -> object:
    if type(times) not in INTEGERS:
        raise type_error(f"can't multiply sequence by non-int of type '{type_name(times)}'")
    machine.budget.container(len(sequence) * max(times, 0))
    repeated = sequence * (max(times, 0) if sequence else 0)
    return Size(repeated) if type(sequence) is Size else repeated


def in_place(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    """`a symbol= b`: the same list, set or tensor where the type is mutable, else a new value."""
    kind = type(a)
    shown = f"{symbol}="
    if kind in CONDUCT:
        result = CONDUCT[kind].in_place(machine, symbol, a, b)
        return binary(machine, symbol, a, b, shown) if result is MISSING else result
    if kind is Tensor and type(b) in WITH_TENSOR and shown in INPLACE:
        check_integers(b)
        return INPLACE[shown](a, b)
    if kind is list and symbol == "+":
        items = collect(machine, b)
        machine.budget.container(len(a) + len(items))
        a.extend(items)
        return a
    if kind is list and symbol == "*" and type(b) in INTEGERS:
        machine.budget.container(len(a) * max(b, 0))
        a *= max(b, 0) if a else 0
        return a
    if kind is set and type(b) in SETS and symbol in "-&|^":
        machine.budget.container(len(a) + len(b))
        result = ARITHMETIC[symbol][0](a, b)
        a.clear()
        a.update(result)
        return a
    if kind is dict and type(b) is dict and symbol == "|":
        machine.budget.container(len(a) + len(b))
        a.update(b)
        return a
    if kind is Instance:
        result = special(machine, a, f"__i{DUNDERS[symbol]}__", b)
        if result is not MISSING and result is not NotImplemented:
            return result
    return binary(machine, symbol, a, b, shown)


UNARY_DUNDERS = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}


def unary(machine: Machine, symbol: str, value: Any) -> object:
    """`-value`, `+value`, `~value`."""
    kind = type(value)
    if kind is Tensor:
        return UNARY[symbol](value)
    if kind in CONDUCT:
        return CONDUCT[kind].unary(machine, symbol, value)
    if kind in NUMBERS and not (kind is float and symbol == "~"):
        return -value if symbol == "-" else +value if symbol == "+" else ~int(value)
    result = special(machine, value, UNARY_DUNDERS[symbol])
    if result is MISSING:
        raise type_error(f"bad operand type for unary {symbol}: '{type_name(value)}'")
    return result
