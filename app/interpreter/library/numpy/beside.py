"""What stands beside numpy's functions: checks for tests, walks over indices, switches without effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.ndarray import NDArray
from app.interpreter.library.nearest import EXPLAINED, PYTORCH
from app.interpreter.library.numpy import costs, printing
from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.running import afford, charge, guarded
from app.interpreter.machine import Machine
from app.interpreter.protocol import CONDUCT, Conduct, lazy
from app.interpreter.records import Arguments, Builtin, Keywords, Manager
from app.interpreter.signatures import positional

SHORTER = {"suppress_small": "suppress", "max_line_width": "linewidth"}
EXPIRED = ("float", "int", "complex", "float_", "Inf", "NaN")
"""Names that numpy once had: it says what to write instead."""


def _check(name: str, function: Callable[..., Any]) -> Builtin:
    def check(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
        exchange = Exchange(machine)
        given = [exchange.host(value) for value in arguments]
        named = {key: value if type(value) is str else exchange.host(value) for key, value in keywords.items()}
        charge(machine, costs.total, given, {})
        try:
            guarded(function, *given, **named)
        except AssertionError as failed:
            raise TorchError("AssertionError", str(failed)) from None

    return Builtin(name, check)


def _ndenumerate(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    exchange = Exchange(machine)
    array = guarded(np.asarray, exchange.host(positional("ndenumerate", arguments, keywords, 1, 1)[0]))
    afford(machine, array.size)
    items: Iterator[object] = ((place, exchange.program(value)) for place, value in np.ndenumerate(array))
    return lazy(machine, "ndenumerate", items)


def _ndindex(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    exchange = Exchange(machine)
    sizes = [exchange.host(value) for value in arguments]
    return lazy(machine, "ndindex", iter(guarded(np.ndindex, *sizes)))


def _errstate(machine: Machine, arguments: Arguments, keywords: Keywords) -> Manager:
    """inf and nan are answers here, not warnings, so there is nothing to switch."""
    return Manager("errstate", lambda machine: lambda: None)


def _get_printoptions(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    with np.printoptions(**printing.options(machine)):
        found: dict[str, Any] = {**np.get_printoptions()}
    return {name: found[name] for name in printing.NAMES if name in found}


def _array2string(as_text: bool) -> Callable[[Machine, Arguments, Keywords], object]:
    def show(machine: Machine, arguments: Arguments, keywords: Keywords) -> str:
        (value, *_) = positional("array2string", arguments, {}, 1, 3)
        exchange = Exchange(machine)
        array = NDArray.of(guarded(np.array, exchange.host(value)))
        given = {SHORTER.get(name, name): option for name, option in keywords.items()}
        return printing.show(machine, array, as_text, given)

    return show


class Joined:
    """np.r_ and np.c_, which join what stands between their brackets."""

    __slots__ = ("host",)

    def __init__(self, host: Any) -> None:
        self.host = host


def _joined(machine: Machine, joined: Joined, index: Any) -> object:
    exchange = Exchange(machine)
    place = exchange.host(index)
    parts = place if isinstance(place, tuple) else (place,)
    for part in parts:
        if isinstance(part, slice):
            charge(machine, costs.stepped, [part.start or 0, part.stop, _step(part.step)], {})
        else:
            afford(machine, np.size(part))
    return exchange.program(guarded(joined.host.__getitem__, place))


def _step(step: Any) -> Any:
    return 1 if step is None or isinstance(step, complex) else step


def _expired() -> None:
    for name in EXPIRED:
        try:
            np.__getattr__(name)
        except AttributeError as told:
            EXPLAINED["numpy", name] = str(told)


TESTING: dict[str, object] = {
    "assert_allclose": _check("assert_allclose", np.testing.assert_allclose),
    "assert_array_equal": _check("assert_array_equal", np.testing.assert_array_equal),
    "assert_equal": _check("assert_equal", np.testing.assert_equal),
    "assert_almost_equal": _check("assert_almost_equal", np.testing.assert_almost_equal),
    "assert_array_almost_equal": _check("assert_array_almost_equal", np.testing.assert_array_almost_equal),
}
BESIDE: dict[str, object] = {
    "ndenumerate": Builtin("ndenumerate", _ndenumerate), "ndindex": Builtin("ndindex", _ndindex),
    "errstate": Builtin("errstate", _errstate), "seterr": Builtin("seterr", lambda machine, given, named: None),
    "get_printoptions": Builtin("get_printoptions", _get_printoptions),
    "array2string": Builtin("array2string", _array2string(True)),
    "array_str": Builtin("array_str", _array2string(True)),
    "array_repr": Builtin("array_repr", _array2string(False)), "r_": Joined(np.r_), "c_": Joined(np.c_),
}  # fmt: skip
CONDUCT[Joined] = Conduct(lambda machine, joined: "<numpy.lib.index_tricks object>", get_item=_joined)
PYTORCH.update({"numpy": frozenset(np.__all__), "numpy.random": frozenset(np.random.__all__)})
PYTORCH["numpy.linalg"] = frozenset(np.linalg.__all__)
_expired()
