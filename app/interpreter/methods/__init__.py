"""The methods of Python's own values: tables by exact type, looked up by `read`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.tensor import Size
from app.interpreter.errors import no_attribute
from app.interpreter.library.nearest import about
from app.interpreter.machine import Machine
from app.interpreter.methods.lists import LIST
from app.interpreter.methods.mappings import DICT
from app.interpreter.methods.sets import FROZEN, SET
from app.interpreter.methods.strings import STR
from app.interpreter.methods.tuples import SIZE, TUPLE
from app.interpreter.protocol import READ
from app.interpreter.records import Arguments, BuiltinMethod, Keywords

Run = Callable[[Machine, Any, Arguments, Keywords], object]


def _no_arguments(function: Callable[[Any], object]) -> Run:
    def run(machine: Machine, value: Any, arguments: Arguments, keywords: Keywords) -> object:
        return function(value)

    return run


FLOAT: dict[str, Run] = {"is_integer": _no_arguments(float.is_integer)}
INT: dict[str, Run] = {"bit_length": _no_arguments(int.bit_length)}
PROPERTIES: dict[type, dict[str, Callable[[Any], object]]] = {
    slice: {"start": lambda v: v.start, "stop": lambda v: v.stop, "step": lambda v: v.step},
    range: {"start": lambda v: v.start, "stop": lambda v: v.stop, "step": lambda v: v.step},
    int: {"real": lambda v: v, "imag": lambda v: 0},
    float: {"real": lambda v: v, "imag": lambda v: 0.0},
}
METHODS: dict[type, dict[str, Run]] = {
    str: STR, list: LIST, dict: DICT, set: SET, frozenset: FROZEN, tuple: TUPLE, Size: SIZE,
    float: FLOAT, int: INT, bool: INT,
    slice: {}, range: {}, type(None): {},
}  # fmt: skip


def _reader(kind: type) -> Callable[[Machine, Any, str], object]:
    methods = METHODS[kind]
    properties = PROPERTIES.get(kind, {})
    shown = "torch.Size" if kind is Size else kind.__name__

    def read(machine: Machine, value: Any, name: str) -> object:
        if name in methods:
            return BuiltinMethod(name, value, methods[name])
        if name in properties:
            return properties[name](value)
        error = no_attribute(shown, name)
        raise about(error, "unsupported-name", name, [*methods, *properties]) if methods else error

    return read


READ.update({kind: _reader(kind) for kind in METHODS})
