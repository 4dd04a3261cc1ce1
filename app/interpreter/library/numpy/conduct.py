"""Arrays, numpy's numbers and its element types in Python's syntax: operators, comparisons, indexing, text."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.ndarray import NDArray
from app.engine.ops.creation.exchange import array_on, filled
from app.engine.ops.creation.literal import tensor_of
from app.engine.registry import BINARY
from app.engine.tensor import Tensor
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.library.numpy import costs, printing
from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.kinds import DTYPES, SCALARS
from app.interpreter.library.numpy.methods import change
from app.interpreter.library.numpy.running import afford, charge, guarded
from app.interpreter.machine import Machine
from app.interpreter.percent import percent
from app.interpreter.protocol import CONDUCT, ITERATE, Conduct
from app.interpreter.records import MISSING, Instance
from app.interpreter.text import SHOW
from app.interpreter.types import type_name

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow, "@": operator.matmul, "<<": operator.lshift, ">>": operator.rshift,
    "&": operator.and_, "|": operator.or_, "^": operator.xor,
}  # fmt: skip
IN_PLACE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.iadd, "-": operator.isub, "*": operator.imul, "/": operator.itruediv, "//": operator.ifloordiv,
    "%": operator.imod, "**": operator.ipow, "@": operator.imatmul, "<<": operator.ilshift, ">>": operator.irshift,
    "&": operator.iand, "|": operator.ior, "^": operator.ixor,
}  # fmt: skip
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
UNARY: dict[str, Callable[[Any], Any]] = {
    "-": operator.neg, "+": operator.pos, "~": operator.invert, "abs": operator.abs,
}  # fmt: skip
DUNDERS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul",
}  # fmt: skip
REFLECTED = {"<": "__gt__", "<=": "__ge__", ">": "__lt__", ">=": "__le__", "==": "__eq__", "!=": "__ne__"}
NUMERIC = frozenset({bool, int, float, *SCALARS, NDArray, list, tuple, type(None)})
NO_INDEX = (
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid "
    "indices"
)
CONCATENATION = (
    "Concatenation operation is not implemented for NumPy arrays, use np.concatenate() instead. Please do not rely on "
    "this error; it may not be given on all Python implementations."
)


def _binary(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    if type(a) is Tensor or type(b) is Tensor:
        return _with_tensor(machine, symbol, a, b)
    if type(b) is Instance or type(a) is Instance:
        name = DUNDERS.get(symbol, "")
        result = special(machine, a, f"__{name}__", b)
        result = special(machine, b, f"__r{name}__", a) if result in (MISSING, NotImplemented) else result
        return MISSING if result is NotImplemented else result
    if type(a) is str and symbol == "%":
        return percent(machine, a, b)
    if type(a) in SCALARS and type(b) in (str, list, tuple) and symbol == "*":
        return _repeated(machine, b, a)
    if type(b) in SCALARS and type(a) in (str, list, tuple) and symbol == "*":
        return _repeated(machine, a, b)
    if type(a) not in NUMERIC or type(b) not in NUMERIC:
        return MISSING
    return _computed(machine, OPERATORS[symbol], a, b, costs.product if symbol == "@" else costs.elementwise)


def _repeated(machine: Machine, sequence: Any, times: Any) -> object:
    if times.dtype.kind not in "iu":
        if type(sequence) is str:
            raise type_error(f"can't multiply sequence by non-int of type 'numpy.{type(times).__name__}'")
        return _computed(machine, operator.mul, sequence, times, costs.elementwise)
    machine.budget.container(len(sequence) * max(int(times), 0))
    return sequence * max(int(times), 0)


def _computed(machine: Machine, function: Callable[..., Any], a: Any, b: Any, cost: Any) -> object:
    exchange = Exchange(machine)
    given = [exchange.host(a), exchange.host(b)]
    if type(a) is NDArray or type(b) is NDArray:
        charge(machine, cost, given, {})
    else:
        machine.budget.step()
    return exchange.program(guarded(function, *given))


def _with_tensor(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    """A number counts as Python's; an array left of a tensor refuses, one right of it is asked by numpy's rules."""
    other = b if type(a) is Tensor else a
    if type(other) in SCALARS:
        left, right = (_number(a), _number(b))
        return BINARY[symbol](left, right) if symbol in BINARY and symbol != "@" else MISSING
    if type(other) is not NDArray:
        return MISSING
    if other is a:
        if symbol == "+":
            raise type_error(CONCATENATION)
        return MISSING
    exchange = Exchange(machine)
    given = [exchange.host(array_on(a)), exchange.host(b)]
    charge(machine, costs.product if symbol == "@" else costs.elementwise, given, {})
    return filled(np.asarray(guarded(OPERATORS[symbol], *given)))


def _number(value: Any) -> Any:
    return value.item() if type(value) in SCALARS else value


def _in_place(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    if type(a) is not NDArray or type(b) not in NUMERIC:
        return _binary(machine, symbol, a, b)
    change(machine, a, IN_PLACE[symbol], b)
    return a


def _unary(machine: Machine, symbol: str, value: Any) -> object:
    exchange = Exchange(machine)
    host = exchange.host(value)
    afford(machine, np.size(host))
    return exchange.program(guarded(UNARY[symbol], host))


def _compare(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    if type(a) is Tensor or type(b) is Tensor:
        return _compared_with_tensor(symbol, a, b)
    if type(a) is Instance or type(b) is Instance:
        result = special(machine, b, REFLECTED[symbol], a)
        return MISSING if result is NotImplemented else result
    other = b if type(b) not in NUMERIC else a
    if type(other) is str and symbol in ("==", "!=") and NDArray in (type(a), type(b)):
        shape = a.shape if type(a) is NDArray else b.shape
        return NDArray.of(np.full(shape, symbol == "!="))
    if type(a) not in NUMERIC or type(b) not in NUMERIC:
        return MISSING
    return _computed(machine, COMPARISONS[symbol], a, b, costs.elementwise)


def _compared_with_tensor(symbol: str, a: Any, b: Any) -> object:
    if type(a) in SCALARS or type(b) in SCALARS:
        return BINARY[symbol](_number(a), _number(b))
    if symbol not in ("==", "!="):
        return MISSING
    given = [tensor_of(value, None) if type(value) is NDArray else value for value in (a, b)]
    return BINARY[symbol](*given)


def _truth(machine: Machine, value: Any) -> bool:
    return bool(guarded(bool, Exchange(machine).host(value)))


def _length(machine: Machine, value: Any) -> int:
    if type(value) is not NDArray:
        raise type_error(f"object of type '{type_name(value)}' has no len()")
    return int(guarded(len, value.host))


def _get_item(machine: Machine, value: Any, index: Any) -> object:
    exchange = Exchange(machine)
    host = exchange.host(value)
    place = _index(exchange, index)
    _charge_index(machine, host, place)
    return exchange.program(guarded(operator.getitem, host, place))


def _index(exchange: Exchange, index: Any) -> Any:
    if type(index) is str:
        raise TorchError("IndexError", NO_INDEX)
    place = exchange.host(index)
    if type(index) is list:  # an empty list selects nothing, although numpy makes it float
        return place or np.asarray([], np.intp)
    return place


def _charge_index(machine: Machine, host: Any, place: Any) -> None:
    """Basic indexing makes a window; a list or array of indices copies whole rows."""
    parts = place if isinstance(place, tuple) else (place,)
    picked = [guarded(np.asarray, part) for part in parts if isinstance(part, (list, np.ndarray))]
    if not picked:
        machine.budget.step(2)
        return
    sizes = [part.size for part in picked]
    rows = host.size // max(host.shape[0], 1) if np.ndim(host) else 1
    afford(machine, max(sizes) * max(rows, 1) if picked[0].dtype.kind != "b" else host.size)


def _set_item(machine: Machine, value: Any, index: Any, new: Any) -> None:
    if type(value) is not NDArray:
        raise type_error(f"'{type_name(value)}' object does not support item assignment")
    exchange = Exchange(machine)
    place = _index(exchange, index)
    number = _number(new) if type(new) is not Tensor else _assigned(new)
    given = exchange.host(number)
    afford(machine, value.written + (value.size if isinstance(place, (tuple, slice, np.ndarray)) else 1))
    guarded(value.write, lambda window: operator.setitem(window, place, given))


def _assigned(tensor: Tensor) -> Any:
    """One number is asked for as `float` asks, so that requires_grad is no hindrance."""
    return tensor.array.item() if tensor.numel == 1 else tensor


NUMBERS: dict[str, Callable[[Any], Any]] = {"int": int, "float": float, "index": operator.index}


def _number_of(value: Any, wanted: str) -> Any:
    host = value.host if type(value) is NDArray else value
    return guarded(NUMBERS[wanted], host)


def _rows(machine: Machine, value: NDArray) -> Iterator[object]:
    if not value.shape:
        raise type_error("iteration over a 0-d array")
    return (_get_item(machine, value, place) for place in range(value.shape[0]))


def _same_type(machine: Machine, symbol: str, a: Any, b: Any) -> object:
    """Element types compare with whatever numpy takes for one."""
    exchange = Exchange(machine)
    try:
        given = [exchange.host(a), exchange.host(b)]
    except TorchError:
        return MISSING
    return guarded(COMPARISONS[symbol], *given)


_VALUES = Conduct(
    printing.to_text, _binary, _in_place, _unary, _compare, _truth, _length, _get_item, _set_item,
    printing.formatted, _number_of,
)  # fmt: skip
_TYPES = Conduct(printing.to_text, compare=_same_type)
_KINDS: tuple[type, ...] = (NDArray, *SCALARS)
CONDUCT.update(dict.fromkeys(_KINDS, _VALUES))
CONDUCT.update(dict.fromkeys(DTYPES, _TYPES))
SHOW.update(dict.fromkeys((*_KINDS, *DTYPES), printing.represent))
ITERATE[NDArray] = _rows
