"""Comparing values as Python does; charged by the entries compared."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.registry import BINARY
from app.engine.tensor import Tensor
from app.interpreter.admission import check_integers
from app.interpreter.calls import of_metaclass, special
from app.interpreter.errors import type_error
from app.interpreter.hashing import key
from app.interpreter.iteration import truth
from app.interpreter.machine import Machine
from app.interpreter.operators import SETS, WITH_TENSOR
from app.interpreter.protocol import CONDUCT, is_iterable, iterate
from app.interpreter.records import MISSING, Instance, View
from app.interpreter.types import NUMBERS, TUPLES, type_name

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
REFLECTED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
DUNDERS = {"<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__", "==": "__eq__", "!=": "__ne__"}
DEEPEST = 50


def compare(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    """`a symbol b` for every comparison; a tensor when one side is a tensor."""
    if symbol == "is":
        return a is b
    if symbol == "is not":
        return a is not b
    if symbol == "in":
        return contains(machine, b, a)
    if symbol == "not in":
        return not contains(machine, b, a)
    if symbol == "==" or symbol == "!=":
        return _equality(machine, symbol, a, b)
    return _order(machine, symbol, a, b)


def _tensor(symbol: str, a: Any, b: Any) -> object:
    if type(a) in WITH_TENSOR and type(b) in WITH_TENSOR:
        check_integers(a, b)
        return BINARY[symbol](a, b)
    return MISSING


def _overloaded(machine: Machine, symbol: str, a: object, b: object) -> object:
    result = special(machine, a, DUNDERS[symbol], b)
    if result is MISSING or result is NotImplemented:
        result = special(machine, b, DUNDERS[REFLECTED[symbol]], a)
    return MISSING if result is NotImplemented else result


def _equality(machine: Machine, symbol: str, a: Any, b: Any, depth: int = 0) -> object:
    kind, other = type(a), type(b)
    if kind in CONDUCT or other in CONDUCT:
        result = (CONDUCT.get(kind) or CONDUCT[other]).compare(machine, symbol, a, b)
        return (a is b) == (symbol == "==") if result is MISSING else result
    if kind is Tensor or other is Tensor:
        result = _tensor(symbol, a, b)
        return (a is b) == (symbol == "==") if result is MISSING else result
    if kind is Instance or other is Instance:
        result = _overloaded(machine, symbol, a, b)
        if result is MISSING and symbol == "!=":
            result = _overloaded(machine, "==", a, b)
            return a is not b if result is MISSING else not truth(machine, result)
        return (a is b) == (symbol == "==") if result is MISSING else result
    return equal(machine, a, b, depth) == (symbol == "==")


def equal(machine: Machine, a: Any, b: Any, depth: int = 0) -> bool:
    """Whether `a == b` is true, entry by entry for lists, tuples and dicts."""
    kind, other = type(a), type(b)
    if (kind is list and other is list) or (kind in TUPLES and other in TUPLES):
        return _same_entries(machine, a, b, depth)
    if kind is dict and other is dict:
        return _same_mapping(machine, a, b, depth)
    asked = (Tensor, Instance)
    if kind in asked or other in asked or kind in CONDUCT or other in CONDUCT:
        return truth(machine, _equality(machine, "==", a, b, depth))
    if kind is View or other is View:
        return a is b or _same_view(machine, a, b)
    if kind is str or kind in SETS or kind is range:
        machine.budget.bulk(len(a))
    return bool(a == b)


def _same_view(machine: Machine, a: Any, b: Any) -> bool:
    """`d.keys() == {"a"}`: views of keys and items compare as sets do."""
    if any(type(each) is View and each.kind == "values" for each in (a, b)):
        return False
    if not all(type(each) is View or type(each) in SETS for each in (a, b)):
        return False
    one, other = ({key(machine, item) for item in iterate(machine, each)} for each in (a, b))
    machine.budget.bulk(len(one) + len(other))
    return one == other


def _deeper(depth: int) -> int:
    if depth > DEEPEST:
        raise TorchError("RecursionError", "maximum recursion depth exceeded in comparison")
    return depth + 1


def _same_entries(machine: Machine, a: Any, b: Any, depth: int) -> bool:
    if len(a) != len(b):
        return False
    machine.budget.step(len(a))
    depth = _deeper(depth)
    return all(x is y or equal(machine, x, y, depth) for x, y in zip(a, b, strict=True))


def _same_mapping(machine: Machine, a: dict[Any, Any], b: dict[Any, Any], depth: int) -> bool:
    machine.budget.step(len(a))
    depth = _deeper(depth)
    return len(a) == len(b) and all(
        name in b and (a[name] is b[name] or equal(machine, a[name], b[name], depth)) for name in a
    )


def _order(machine: Machine, symbol: str, a: Any, b: Any, depth: int = 0) -> object:
    kind, other = type(a), type(b)
    if (kind in NUMBERS and other in NUMBERS) or (kind is str and other is str):
        return ORDER[symbol](a, b)
    result: object = MISSING
    if kind in CONDUCT or other in CONDUCT:
        result = (CONDUCT.get(kind) or CONDUCT[other]).compare(machine, symbol, a, b)
    elif kind is Tensor or other is Tensor:
        result = _tensor(symbol, a, b)
    elif (kind is list and other is list) or (kind in TUPLES and other in TUPLES):
        return _order_entries(machine, symbol, a, b, _deeper(depth))
    elif kind in SETS and other in SETS:
        machine.budget.bulk(len(a))
        return ORDER[symbol](a, b)
    elif kind is Instance or other is Instance:
        result = _overloaded(machine, symbol, a, b)
    if result is MISSING:
        raise type_error(f"'{symbol}' not supported between instances of '{type_name(a)}' and '{type_name(b)}'")
    return result


def _order_entries(machine: Machine, symbol: str, a: Any, b: Any, depth: int) -> object:
    machine.budget.step(min(len(a), len(b)))
    for x, y in zip(a, b, strict=False):
        if x is not y and not equal(machine, x, y, depth):
            return _order(machine, symbol, x, y, depth)
    return ORDER[symbol](len(a), len(b))


def less(machine: Machine, a: object, b: object) -> bool:
    """Whether `a < b` is true: what sorting asks."""
    return truth(machine, _order(machine, "<", a, b))


def contains(machine: Machine, container: Any, item: Any) -> bool:
    """`item in container`."""
    kind = type(container)
    if kind is dict or kind in SETS:
        return key(machine, item) in container
    if kind is str:
        if type(item) is not str:
            raise type_error(f"'in <string>' requires string as left operand, not {type_name(item)}")
        machine.budget.bulk(len(container))
        return item in container
    if kind is range and type(item) in NUMBERS:
        return math.isfinite(item) and item == int(item) and int(item) in container  # a float: the host would search
    if kind is Tensor:
        return python.contains(container, item)
    if kind is View and container.kind == "keys":
        return key(machine, item) in container.mapping
    result = special(machine, container, "__contains__", item)
    if result is MISSING:
        result = of_metaclass(machine, container, "__contains__", item)
    return _among(machine, container, item) if result is MISSING else truth(machine, result)


def _among(machine: Machine, container: object, item: object) -> bool:
    if not is_iterable(container):
        raise type_error(f"argument of type '{type_name(container)}' is not iterable")
    for entry in iterate(machine, container):
        machine.budget.step()
        if entry is item or equal(machine, entry, item):
            return True
    return False
