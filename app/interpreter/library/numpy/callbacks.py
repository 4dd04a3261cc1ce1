"""Functions of numpy that call back a function of the program: vectorize, apply_along_axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.kinds import element_type
from app.interpreter.library.numpy.running import afford, guarded
from app.interpreter.machine import Machine
from app.interpreter.protocol import call
from app.interpreter.records import Arguments, Builtin, Keywords
from app.interpreter.signatures import optional


def vectorize(machine: Machine, arguments: Arguments, keywords: Keywords) -> Builtin:
    """`np.vectorize(f)`: f on every number, one by one, over broadcast arguments."""
    bound = optional("vectorize", arguments, keywords, ("pyfunc", "otypes"), 1)
    function, kinds = bound["pyfunc"], bound.get("otypes")
    wanted = element_type(kinds[0]) if type(kinds) is list and kinds else None

    def run(machine: Machine, given: Arguments, named: Keywords) -> object:
        exchange = Exchange(machine)
        hosts = guarded(np.broadcast_arrays, *(guarded(np.asarray, exchange.host(value)) for value in given))
        afford(machine, hosts[0].size if hosts else 0)
        results = [_called(machine, function, numbers) for numbers in zip(*(h.ravel() for h in hosts), strict=True)]
        made = guarded(np.array, results, wanted or (type(results[0]) if results else None))
        return exchange.program(made.reshape(hosts[0].shape))

    return Builtin("vectorize", run)


def _called(machine: Machine, function: object, numbers: tuple[Any, ...]) -> Any:
    exchange = Exchange(machine)
    return exchange.host(call(machine, function, [exchange.program(number) for number in numbers]))


def apply_along_axis(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """`np.apply_along_axis(f, axis, a)`: f on every row along an axis."""
    bound = optional("apply_along_axis", arguments, keywords, ("func1d", "axis", "arr"), 3)
    exchange = Exchange(machine)
    axis, array = exchange.host(bound["axis"]), guarded(np.asarray, exchange.host(bound["arr"]))
    afford(machine, array.size)
    moved = guarded(np.moveaxis, array, axis, -1)
    rows = [_called(machine, bound["func1d"], (row,)) for row in moved.reshape(-1, moved.shape[-1])]
    made = guarded(np.array, rows)
    shaped = guarded(np.reshape, made, (*moved.shape[:-1], *made.shape[1:]))
    return exchange.program(shaped if made.ndim == 1 else guarded(np.moveaxis, shaped, -1, axis))
