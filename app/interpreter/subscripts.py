"""`x[i]`, `x[i] = v` and `del x[i]` on every kind of value."""

from __future__ import annotations

import operator
from typing import Any

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.returns import ReturnType
from app.engine.tensor import Size, Tensor
from app.interpreter.admission import admitted, check_integers
from app.interpreter.calls import of_metaclass, special
from app.interpreter.errors import type_error
from app.interpreter.exceptions import raised
from app.interpreter.hashing import key
from app.interpreter.indices import integer
from app.interpreter.machine import Machine
from app.interpreter.primitive import host
from app.interpreter.protocol import CONDUCT, call, collect, is_iterable
from app.interpreter.records import MISSING, Class, ClassMethod, Type
from app.interpreter.types import INTEGERS, TUPLES, type_name

GENERIC = frozenset({"list", "tuple", "dict", "set", "type"})
SEQUENCES = frozenset({list, tuple, str, range, Size, ReturnType})


def get_item(machine: Machine, value: Any, index: Any) -> object:
    """`value[index]`."""
    kind = type(value)
    if kind is Tensor:
        return admitted(machine.budget, python.getitem(value, index))
    if kind in SEQUENCES:
        return _sequence_item(machine, value, _position(machine, value, index))
    if kind is dict:
        found = value.get(key(machine, index), MISSING)
        if found is MISSING:
            raise raised(machine, "KeyError", index)
        return found
    if kind is Class or kind is Type:
        return _class_item(machine, value, index)
    if kind in CONDUCT:
        return CONDUCT[kind].get_item(machine, value, index)
    result = special(machine, value, "__getitem__", index)
    if result is MISSING:
        raise _no_items(value, "is not subscriptable")
    return result


def _class_item(machine: Machine, value: Any, index: object) -> object:
    """`Color["RED"]`; and `list[int]`, which means `list` wherever we look."""
    if type(value) is Type:
        if value.name not in GENERIC:
            raise _no_items(value, "is not subscriptable")
        return value
    result = of_metaclass(machine, value, "__getitem__", index)
    if result is not MISSING:
        return result
    maker = value.find("__class_getitem__")
    if type(maker) is not ClassMethod:
        raise _no_items(value, "is not subscriptable")
    return call(machine, maker.function, [value, index])


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


def _position(machine: Machine, value: object, index: Any) -> Any:
    """An index or slice of plain integers; a 0-d integer tensor counts as its number."""
    if type(index) in INTEGERS:
        return index
    index = integer(machine, index)
    if type(index) in INTEGERS:
        return index
    if type(index) is slice:
        return slice(*(_bound(machine, bound) for bound in (index.start, index.stop, index.step)))
    name = type_name(value)
    if name == "str":
        raise type_error(f"string indices must be integers, not '{type_name(index)}'")
    name = "tuple" if type(value) in TUPLES else name
    raise type_error(f"{name} indices must be integers or slices, not {type_name(index)}")


def _bound(machine: Machine, bound: Any) -> int | None:
    bound = bound if bound is None else integer(machine, bound)
    if bound is None or type(bound) in INTEGERS:
        return bound  # type: ignore[no-any-return]
    raise type_error("slice indices must be integers or None or have an __index__ method")


def set_item(machine: Machine, value: Any, index: Any, new: Any) -> None:
    """`value[index] = new`."""
    kind = type(value)
    if kind is Tensor:
        check_integers(new)
        python.setitem(value, index, new)
    elif kind is list:
        _set_in_list(machine, value, _position(machine, value, index), new)
    elif kind is dict:
        machine.budget.container(len(value) + 1 if len(value) >= machine.budget.limits.size else 1)
        value[key(machine, index)] = new
    elif kind in CONDUCT:
        CONDUCT[kind].set_item(machine, value, index, new)
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
        host(operator.delitem, value, _position(machine, value, index))
    elif kind is dict:
        if key(machine, index) not in value:
            raise raised(machine, "KeyError", index)
        del value[index]
    elif special(machine, value, "__delitem__", index) is MISSING:
        negation = "doesn't" if kind in SEQUENCES else "does not"
        raise _no_items(value, f"{negation} support item deletion")
