"""What Python's own types do for `self[i]`, `len(self)`, `self + x`, …, on the value that an object holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.interpreter.calls import special
from app.interpreter.compare import compare, contains
from app.interpreter.errors import type_error
from app.interpreter.formatting import format_value
from app.interpreter.hashing import hash_of
from app.interpreter.iteration import length, truth
from app.interpreter.machine import Machine
from app.interpreter.natives.held import bare
from app.interpreter.operators import DUNDERS, binary, in_place, unary
from app.interpreter.primitive import host
from app.interpreter.protocol import collect, iterate, lazy
from app.interpreter.records import MISSING, Instance
from app.interpreter.subscripts import delete_item, get_item, set_item
from app.interpreter.text import represent
from app.interpreter.types import type_name

Operation = Callable[..., object]
"""Gets the machine, the held value, and all arguments as they came, the object itself first."""
COMPARISONS = {"__eq__": "==", "__ne__": "!=", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
EQUALITY = ("__eq__", "__ne__")


def _getitem(machine: Machine, held: Any, own: object, index: object) -> object:
    if type(held) is dict and type(own) is Instance and not contains(machine, held, index):
        result = special(machine, own, "__missing__", index)
        if result is not MISSING:
            return result
    return get_item(machine, held, bare(index))


def _binary(symbol: str, reflected: bool) -> Operation:
    def run(machine: Machine, held: Any, own: object, other: object) -> object:
        other = bare(other)
        if type(other) is Instance:
            return NotImplemented
        return binary(machine, symbol, *((other, held) if reflected else (held, other)))

    return run


def _in_place(symbol: str) -> Operation:
    def run(machine: Machine, held: Any, own: object, other: object) -> object:
        in_place(machine, symbol, held, bare(other))
        return own

    return run


def _comparison(name: str) -> Operation:
    def run(machine: Machine, held: Any, own: object, other: object) -> object:
        other = bare(other)
        if type(other) is not type(held) and (name in EQUALITY or type(other) is Instance):
            numbers = type(held) in (int, float) and type(other) in (int, float, bool)
            if not numbers:
                return NotImplemented
        return compare(machine, COMPARISONS[name], held, other)

    return run


def _format(machine: Machine, held: Any, own: object, spec: object) -> str:
    if type(spec) is not str:
        raise type_error(f"__format__() argument must be str, not {type_name(spec)}")
    return format_value(machine, held, spec)


def _iter(machine: Machine, held: Any, own: object) -> object:
    return lazy(machine, f"{type_name(held)}_iterator", iterate(machine, held), held)


def _reversed(machine: Machine, held: Any, own: object) -> object:
    machine.budget.bulk(len(held))
    return lazy(machine, "reversed", iter(collect(machine, held)[::-1]))


COMMON: dict[str, Operation] = {
    **{name: _comparison(name) for name in COMPARISONS},
    "__repr__": lambda machine, held, own: represent(machine, held),
    "__format__": _format,
    "__bool__": lambda machine, held, own: truth(machine, held),
}
CONTAINER: dict[str, Operation] = {
    "__len__": lambda machine, held, own: length(machine, held),
    "__iter__": _iter,
    "__contains__": lambda machine, held, own, item: contains(machine, held, item),
}
SEQUENCE: dict[str, Operation] = {
    **CONTAINER, "__getitem__": _getitem, "__reversed__": _reversed,
    "__add__": _binary("+", False), "__mul__": _binary("*", False), "__rmul__": _binary("*", True),
}  # fmt: skip
MUTABLE: dict[str, Operation] = {
    "__setitem__": lambda machine, held, own, index, new: set_item(machine, held, bare(index), new),
    "__delitem__": lambda machine, held, own, index: delete_item(machine, held, bare(index)),
}
NUMBER: dict[str, Operation] = {
    **{f"__{name}__": _binary(symbol, False) for symbol, name in DUNDERS.items() if symbol != "@"},
    **{f"__r{name}__": _binary(symbol, True) for symbol, name in DUNDERS.items() if symbol != "@"},
    "__neg__": lambda machine, held, own: unary(machine, "-", held),
    "__pos__": lambda machine, held, own: held,
    "__abs__": lambda machine, held, own: abs(held),
    "__int__": lambda machine, held, own: host(int, held),
    "__float__": lambda machine, held, own: host(float, held),
    "__hash__": lambda machine, held, own: hash(held),
}
ITSELF: dict[str, Operation] = {"__str__": lambda machine, held, own: held}


def _hash_of_entries(machine: Machine, held: Any, own: object) -> object:
    return hash_of(machine, held)


OPERATIONS: dict[type, dict[str, Operation]] = {
    list: {**SEQUENCE, **MUTABLE, "__iadd__": _in_place("+"), "__imul__": _in_place("*")},
    tuple: {**SEQUENCE, "__hash__": _hash_of_entries},
    dict: {**CONTAINER, **MUTABLE, "__getitem__": _getitem, "__or__": _binary("|", False),
           "__ror__": _binary("|", True), "__ior__": _in_place("|"), "__reversed__": _reversed},
    set: {**CONTAINER, **{f"__{DUNDERS[symbol]}__": _binary(symbol, False) for symbol in "-&|^"},
          **{f"__i{DUNDERS[symbol]}__": _in_place(symbol) for symbol in "-&|^"}},
    str: {**SEQUENCE, **ITSELF, "__mod__": _binary("%", False), "__hash__": _hash_of_entries},
    int: {**NUMBER, "__invert__": lambda machine, held, own: ~held, "__index__": lambda machine, held, own: held},
    float: NUMBER,
}  # fmt: skip
