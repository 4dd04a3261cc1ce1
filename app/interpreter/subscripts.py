"""`x[i]`, `x[i] = v` and `del x[i]` on every kind of value."""

from __future__ import annotations

import operator
from typing import Any

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.returns import ReturnType
from app.engine.tensor import Size, Tensor
from app.interpreter.admission import admitted
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.exceptions import raised
from app.interpreter.hashing import key
from app.interpreter.machine import Machine
from app.interpreter.primitive import host
from app.interpreter.protocol import collect, is_iterable
from app.interpreter.records import MISSING, Class, Type
from app.interpreter.types import INTEGERS, TUPLES, type_name

SEQUENCES = frozenset({list, tuple, str, range, Size, ReturnType})


def get_item(machine: Machine, value: Any, index: Any) -> object:
    """`value[index]`."""
    kind = type(value)
    if kind is Tensor:
        return admitted(machine.budget, python.getitem(value, index))
    if kind in SEQUENCES:
        return _sequence_item(machine, value, _position(value, index))
    if kind is dict:
        found = value.get(key(machine, index), MISSING)
        if found is MISSING:
            raise raised(machine, "KeyError", index)
        return found
    result = special(machine, value, "__getitem__", index)
    if result is MISSING:
        raise _no_items(value, "is not subscriptable")
    return result


def _sequence_item(machine: Machine, value: Any, position: Any) -> object:
    if type(position) is slice:
        part = range(*host(position.indices, len(value)))
        machine.budget.container(len(part))
        taken = value[position]
        return Size(taken) if type(value) is Size else taken
    if type(value) in TUPLES:
        return host(operator.getitem, tuple(value), position)
    try:
        return value[position]
    except IndexError:
        what = "string" if type(value) is str else "range object" if type(value) is range else "list"
        raise TorchError("IndexError", f"{what} index out of range") from None


def _no_items(value: object, what: str) -> TorchError:
    if type(value) is Type or type(value) is Class:
        return type_error(f"type '{value.name}' {what}" if what.endswith("subscriptable") else f"'type' object {what}")
    return type_error(f"'{type_name(value)}' object {what}")


def _position(value: object, index: Any) -> Any:
    """An index or slice of plain integers; a 0-d integer tensor counts as its number."""
    kind = type(index)
    if kind in INTEGERS:
        return index
    if kind is Tensor:
        return python.index(index)
    if kind is slice:
        return slice(*(_bound(bound) for bound in (index.start, index.stop, index.step)))
    name = type_name(value)
    if name == "str":
        raise type_error(f"string indices must be integers, not '{type_name(index)}'")
    name = "tuple" if type(value) in TUPLES else name
    raise type_error(f"{name} indices must be integers or slices, not {type_name(index)}")


def _bound(bound: Any) -> int | None:
    if bound is None or type(bound) in INTEGERS:
        return bound  # type: ignore[no-any-return]
    if type(bound) is Tensor:
        return python.index(bound)
    raise type_error("slice indices must be integers or None or have an __index__ method")


def set_item(machine: Machine, value: Any, index: Any, new: Any) -> None:
    """`value[index] = new`."""
    kind = type(value)
    if kind is Tensor:
        python.setitem(value, index, new)
    elif kind is list:
        _set_in_list(machine, value, _position(value, index), new)
    elif kind is dict:
        machine.budget.container(len(value) + 1 if len(value) >= machine.budget.limits.size else 1)
        value[key(machine, index)] = new
    elif special(machine, value, "__setitem__", index, new) is MISSING:
        raise _no_items(value, "does not support item assignment")


def _set_in_list(machine: Machine, value: list[object], position: Any, new: Any) -> None:
    if type(position) is slice:
        if not is_iterable(new):
            raise type_error("can only assign an iterable")
        items = collect(machine, new)
        machine.budget.container(len(value) + len(items))
        host(operator.setitem, value, position, items)
        return
    try:
        value[position] = new
    except IndexError:
        raise TorchError("IndexError", "list assignment index out of range") from None


def delete_item(machine: Machine, value: Any, index: Any) -> None:
    """`del value[index]`."""
    kind = type(value)
    if kind is list:
        machine.budget.bulk(len(value))
        host(operator.delitem, value, _position(value, index))
    elif kind is dict:
        if key(machine, index) not in value:
            raise raised(machine, "KeyError", index)
        del value[index]
    elif special(machine, value, "__delitem__", index) is MISSING:
        negation = "doesn't" if kind in SEQUENCES else "does not"
        raise _no_items(value, f"{negation} support item deletion")
