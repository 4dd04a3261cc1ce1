"""Running one of numpy's functions: the price before the work, numpy's complaints as errors of the program."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.ndarray import NDArray, account
from app.engine.ops.creation.exchange import filled
from app.interpreter.errors import type_error
from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.kinds import element_type
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Builtin, Keywords

Cost = Callable[[list[Any], dict[str, Any]], tuple[int, int]]
"""(numbers made or gone through, multiply-adds) of a call with these arguments, as numpy gets them."""
COMPLAINTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, NotImplementedError)
REFUSED = frozenset({"where", "like", "subok", "casting", "signature", "object", "key"})


def guarded(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
    """`function(…)` on what numpy takes; its complaint as the program's error. Its warnings go nowhere."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return function(*arguments, **keywords)
    except COMPLAINTS as error:
        raise TorchError(type(error).__name__, str(error)) from None


def afford(machine: Machine, elements: int, flops: int = 0) -> None:
    """Tell the meter of so many numbers that numpy is going to make or go through."""
    machine.budget.array(elements, flops, account().live)


def charge(machine: Machine, cost: Cost, arguments: list[Any], keywords: dict[str, Any]) -> None:
    """Tell the meter what the call is going to make. What cannot be priced, numpy is going to refuse."""
    try:
        elements, flops = (max(int(price), 0) for price in cost(arguments, keywords))
    except COMPLAINTS:
        elements, flops = 0, 0
    afford(machine, elements, flops)


def run(
    machine: Machine, function: Callable[..., Any], cost: Cost, arguments: Arguments, keywords: Keywords
) -> Any:  # fmt: skip
    """A call of one of numpy's functions."""
    out = keywords.get("out")
    keywords = {name: value for name, value in keywords.items() if name != "out" or type(out) is not NDArray}
    exchange = Exchange(machine)
    given = [exchange.host(value) for value in arguments]
    named = _named(exchange, keywords)
    charge(machine, cost, given, named)
    if type(out) is NDArray:
        afford(machine, out.written)
        guarded(out.write, lambda window: function(*given, out=window, **named))
        return out
    result = guarded(function, *given, **named)
    if exchange.from_tensor and isinstance(function, np.ufunc):
        return filled(np.asarray(result))
    return exchange.program(result)


def _named(exchange: Exchange, keywords: Keywords) -> dict[str, Any]:
    for name in keywords:
        if name in REFUSED:
            raise type_error(f"not supported yet: the argument '{name}' of numpy's functions")
    return {
        name: element_type(value) if name == "dtype" and value is not None else exchange.host(value)
        for name, value in keywords.items()
    }


def builtin(name: str, function: Callable[..., Any], cost: Cost) -> Builtin:
    """The function under a name of the program."""
    return Builtin(name, lambda machine, given, named: run(machine, function, cost, given, named))
