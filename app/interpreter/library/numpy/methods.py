"""Attributes and methods of arrays and of numpy's numbers: fixed lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.ndarray import NDArray
from app.interpreter.errors import attribute_error, no_attribute, type_error
from app.interpreter.library.nearest import about
from app.interpreter.library.numpy import costs
from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.kinds import DTYPES, NUMBERS, SCALARS, element_type
from app.interpreter.library.numpy.running import Cost, afford, guarded, run
from app.interpreter.machine import Machine
from app.interpreter.protocol import READ, WRITE
from app.interpreter.records import Arguments, BuiltinMethod, Keywords
from app.interpreter.signatures import positional

Method = Callable[[Machine, Any, Arguments, Keywords], object]
# fmt: off
BOTH: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "sum": (np.ndarray.sum, np.generic.sum), "mean": (np.ndarray.mean, np.generic.mean),
    "std": (np.ndarray.std, np.generic.std), "var": (np.ndarray.var, np.generic.var),
    "min": (np.ndarray.min, np.generic.min), "max": (np.ndarray.max, np.generic.max),
    "argmin": (np.ndarray.argmin, np.generic.argmin), "argmax": (np.ndarray.argmax, np.generic.argmax),
    "prod": (np.ndarray.prod, np.generic.prod), "cumsum": (np.ndarray.cumsum, np.generic.cumsum),
    "cumprod": (np.ndarray.cumprod, np.generic.cumprod), "all": (np.ndarray.all, np.generic.all),
    "any": (np.ndarray.any, np.generic.any), "reshape": (np.ndarray.reshape, np.generic.reshape),
    "ravel": (np.ndarray.ravel, np.generic.ravel), "flatten": (np.ndarray.flatten, np.generic.flatten),
    "transpose": (np.ndarray.transpose, np.generic.transpose), "swapaxes": (np.ndarray.swapaxes, np.generic.swapaxes),
    "squeeze": (np.ndarray.squeeze, np.generic.squeeze), "copy": (np.ndarray.copy, np.generic.copy),
    "clip": (np.ndarray.clip, np.generic.clip), "nonzero": (np.ndarray.nonzero, np.generic.nonzero),
    "diagonal": (np.ndarray.diagonal, np.generic.diagonal), "trace": (np.ndarray.trace, np.generic.trace),
    "take": (np.ndarray.take, np.generic.take), "conj": (np.ndarray.conj, np.generic.conj),
    "compress": (np.ndarray.compress, np.generic.compress),
}
SORTED: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "argsort": (np.ndarray.argsort, np.generic.argsort),
    "searchsorted": (np.ndarray.searchsorted, np.generic.searchsorted),
}
"""What arrays and numbers do by themselves."""
# fmt: on


def _hosted(of_array: Callable[..., Any], of_number: Callable[..., Any], cost: Cost) -> Method:

    def call(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> object:
        function = of_array if type(value) is NDArray else of_number
        return run(machine, function, cost, [value, *arguments], keywords)

    return call


def _dot(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> object:
    return run(machine, np.dot, costs.product, [value, *arguments], keywords)


def _repeat(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> object:
    return run(machine, np.repeat, costs.repeated, [value, *arguments], keywords)


def _astype(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> object:
    given = [*arguments] or [keywords.get("dtype")]
    if len(given) != 1 or set(keywords) - {"dtype", "copy"}:
        raise type_error("not supported yet: these arguments of astype()")
    dtype = element_type(given[0])
    host = Exchange(machine).host(value)
    afford(machine, np.size(host))
    return Exchange(machine).program(guarded(host.astype, dtype))


def _item(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> object:
    host = Exchange(machine).host(value)
    return guarded(host.item, *(Exchange(machine).host(index) for index in arguments))


def _tolist(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> object:
    positional("tolist", arguments, keywords, 0, 0)
    host = Exchange(machine).host(value)
    machine.budget.container(min(np.size(host), machine.budget.limits.size))
    machine.budget.container(np.size(host))
    return host.tolist()


def _fill(machine: Machine, value: NDArray, arguments: Arguments, keywords: Keywords) -> None:
    (number,) = positional("fill", arguments, keywords, 1, 1)
    change(machine, value, lambda window, new: window.fill(new), number)


def _sort(machine: Machine, value: NDArray, arguments: Arguments, keywords: Keywords) -> None:
    axis = arguments[0] if arguments else keywords.get("axis", -1)
    afford(machine, value.size, costs.SORTING * value.size)
    change(machine, value, lambda window, axis: window.sort(axis), axis)


def change(machine: Machine, array: NDArray, act: Callable[[Any, Any], object], given: object) -> None:
    """`act(window, given)` on the array's own numbers, charged."""
    afford(machine, array.written + array.size)
    new = Exchange(machine).host(given)
    guarded(array.write, lambda window: act(window, new))


def _argument_of_round(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> object:
    return run(machine, np.round, costs.total, [value, *arguments], keywords)


METHODS: dict[str, Method] = {
    **{name: _hosted(*pair, costs.total) for name, pair in BOTH.items()},
    **{name: _hosted(*pair, costs.sorting) for name, pair in SORTED.items()},
    "dot": _dot, "repeat": _repeat, "astype": _astype, "item": _item, "tolist": _tolist, "round": _argument_of_round,
}  # fmt: skip
ARRAY_METHODS: dict[str, Method] = {**METHODS, "fill": _fill, "sort": _sort}
NUMBER_METHODS: dict[str, Method] = {**METHODS}
SHARED: dict[str, Callable[[Any], Any]] = {
    "shape": lambda a: tuple(a.shape), "dtype": lambda a: a.dtype, "ndim": lambda a: a.ndim, "size": lambda a: a.size,
    "itemsize": lambda a: a.itemsize, "nbytes": lambda a: a.nbytes, "strides": lambda a: tuple(a.strides),
    "flat": lambda a: a.ravel(), "T": lambda a: a.T, "mT": lambda a: a.mT, "real": lambda a: a.real,
    "imag": lambda a: a.imag,
}  # fmt: skip
OF_DTYPE: dict[str, Callable[[Any], Any]] = {
    "name": lambda d: d.name, "itemsize": lambda d: d.itemsize, "kind": lambda d: d.kind, "char": lambda d: d.char,
    "str": lambda d: d.str, "type": lambda d: NUMBERS[d.type], "num": lambda d: d.num,
}  # fmt: skip


def _reader(methods: dict[str, Method], shown: str) -> Callable[[Machine, Any, str], object]:
    def read(machine: Machine, value: Any, name: str) -> object:
        method = methods.get(name)
        if method is not None:
            return BuiltinMethod(name, value, method)
        attribute = SHARED.get(name)
        if attribute is None:
            raise about(no_attribute(shown, name), "unsupported-name", name, [*methods, *SHARED])
        exchange = Exchange(machine)
        return exchange.program(guarded(attribute, exchange.host(value)))

    return read


def _read_dtype(machine: Machine, value: Any, name: str) -> object:
    if name not in OF_DTYPE:
        raise no_attribute("numpy.dtype", name)
    return OF_DTYPE[name](value)


def _write_array(machine: Machine, value: NDArray, name: str, new: object) -> None:
    if name != "shape":
        if name in ARRAY_METHODS or name in SHARED:
            kind = "attribute" if name in SHARED else "object attribute"
            raise attribute_error(f"{kind} '{name}' of 'numpy.ndarray' objects is not writable")
        raise no_attribute("numpy.ndarray", name)
    exchange = Exchange(machine)
    view = guarded(np.reshape, value.host, exchange.host(new))
    window = value.window(view)
    if window is None and view.size:
        raise TorchError("AttributeError", "Incompatible shape for in-place modification. Use `.reshape()` instead")
    value.shape, value.strides = view.shape, view.strides


READ[NDArray] = _reader(ARRAY_METHODS, "numpy.ndarray")
WRITE[NDArray] = _write_array
READ.update({scalar: _reader(NUMBER_METHODS, f"numpy.{scalar.__name__}") for scalar in SCALARS})
READ.update(dict.fromkeys(DTYPES, _read_dtype))
