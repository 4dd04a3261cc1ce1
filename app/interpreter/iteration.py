"""Iterating, truth and length of every kind of value."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.returns import ReturnType
from app.engine.tensor import Size, Tensor
from app.interpreter.calls import of_metaclass, special
from app.interpreter.errors import RaisedError, type_error
from app.interpreter.exceptions import EXCEPTIONS
from app.interpreter.machine import Machine
from app.interpreter.protocol import CONDUCT, ITERATE, call, iterate
from app.interpreter.records import MISSING, Class, Generator, Instance, Lazy, View
from app.interpreter.types import type_name


def _plain(machine: Machine, value: list[object]) -> Iterator[object]:
    return iter(value)


def _watched(kind: str, held: dict[object, object] | set[object], items: Iterator[object]) -> Iterator[object]:
    """The items of a mapping or set; RuntimeError when the program changes it meanwhile."""
    size = len(held)
    while True:
        if len(held) != size:
            what = "dictionary" if kind == "dict" else "Set"
            raise TorchError("RuntimeError", f"{what} changed size during iteration")
        try:
            item = next(items)
        except StopIteration:
            return
        except RuntimeError:
            raise TorchError("RuntimeError", "dictionary keys changed during iteration") from None
        yield item


def _dict(machine: Machine, value: dict[object, object]) -> Iterator[object]:
    return _watched("dict", value, iter(value))


def _set(machine: Machine, value: set[object]) -> Iterator[object]:
    return _watched("set", value, iter(value))


def _view(machine: Machine, value: View) -> Iterator[object]:
    return _watched("dict", value.mapping, iter(view_items(value)))


def view_items(view: View) -> Iterator[object]:
    """The entries of `d.keys()`, `d.values()` or `d.items()`."""
    if view.kind == "keys":
        return iter(view.mapping)
    return iter(view.mapping.values()) if view.kind == "values" else iter(view.mapping.items())


def _class(machine: Machine, value: Class) -> Iterator[object]:
    iterator = of_metaclass(machine, value, "__iter__")
    if iterator is MISSING:
        raise type_error(f"'{'type' if value.meta is None else value.meta.name}' object is not iterable")
    return iterate(machine, iterator)


def _lazy(machine: Machine, value: Lazy) -> Iterator[object]:
    return value.items


def _tensor(machine: Machine, value: Tensor) -> Iterator[object]:
    return iter(python.iterate(value))


def _instance(machine: Machine, value: Instance) -> Iterator[object]:
    iterator = special(machine, value, "__iter__")
    if iterator is MISSING:
        if value.cls.find("__getitem__") is MISSING:
            raise type_error(f"'{value.cls.name}' object is not iterable")
        return _by_index(machine, value)
    if type(iterator) is not Instance:
        if type(iterator) is not Lazy and type(iterator) is not Generator:
            raise type_error(f"iter() returned non-iterator of type '{type_name(iterator)}'")
        return iterate(machine, iterator)
    if iterator.cls.find("__next__") is MISSING:
        raise type_error(f"iter() returned non-iterator of type '{iterator.cls.name}'")
    return _by_next(machine, iterator)


def _by_next(machine: Machine, iterator: Instance) -> Iterator[object]:
    while True:
        try:
            item = special(machine, iterator, "__next__")
        except RaisedError as error:
            if error.value.cls.derives(EXCEPTIONS["StopIteration"]):
                return
            raise
        yield item


def _by_index(machine: Machine, value: Instance) -> Iterator[object]:
    index = 0
    while True:
        try:
            item = call(machine, value.cls.find("__getitem__"), [value, index])
        except RaisedError as error:
            if error.value.cls.derives(EXCEPTIONS["IndexError"]):
                return
            raise
        yield item
        index += 1


ITERATE.update(
    {
        list: _plain, tuple: _plain, frozenset: _plain, ReturnType: _plain, str: _plain, range: _plain, Size: _plain,
        dict: _dict, set: _set, View: _view,
        Lazy: _lazy, Tensor: _tensor, Instance: _instance, Class: _class,
    }
)  # fmt: skip

PLAIN = frozenset({bool, int, float, str, list, tuple, dict, set, frozenset, range, Size, ReturnType, type(None)})


def truth(machine: Machine, value: object) -> bool:
    """`bool(value)`; PyTorch's error for a tensor of several elements."""
    kind = type(value)
    if kind is bool:
        return value  # type: ignore[return-value]
    if kind in PLAIN:
        return bool(value)
    if kind is Tensor:
        return python.truth(value)  # type: ignore[arg-type]
    if kind in CONDUCT:
        return CONDUCT[kind].truth(machine, value)
    if kind is View:
        return bool(value.mapping)  # type: ignore[attr-defined]
    if kind is Instance:
        return _instance_truth(machine, value)  # type: ignore[arg-type]
    return True


def _instance_truth(machine: Machine, value: Instance) -> bool:
    result = special(machine, value, "__bool__")
    if result is MISSING:
        return value.cls.find("__len__") is MISSING or length(machine, value) > 0
    if type(result) is not bool:
        raise type_error(f"__bool__ should return bool, returned {type_name(result)}")
    return result


SIZED = frozenset({str, list, tuple, dict, set, frozenset, range, Size, ReturnType})


def length(machine: Machine, value: object) -> int:
    """`len(value)`."""
    kind = type(value)
    if kind in SIZED:
        return len(value)  # type: ignore[arg-type]
    if kind is Tensor:
        return python.length(value)  # type: ignore[arg-type]
    if kind in CONDUCT:
        return CONDUCT[kind].length(machine, value)
    if kind is View:
        return len(value.mapping)  # type: ignore[attr-defined]
    result = special(machine, value, "__len__")
    if result is MISSING:
        result = of_metaclass(machine, value, "__len__")
    if result is MISSING:
        raise type_error(f"object of type '{type_name(value)}' has no len()")
    if type(result) is not int:
        raise type_error(f"'{type_name(result)}' object cannot be interpreted as an integer")
    if result < 0:
        raise TorchError("ValueError", "__len__() should return >= 0")
    return result
