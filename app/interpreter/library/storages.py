"""Storages in student code: their numbers, their address, their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.engine.ops.storage import Storage, address
from app.interpreter.errors import no_attribute
from app.interpreter.machine import Machine
from app.interpreter.primitive import host
from app.interpreter.protocol import CONDUCT, ITERATE, READ, Conduct
from app.interpreter.records import Arguments, BuiltinMethod, Keywords, Type
from app.interpreter.text import SHOW
from app.interpreter.types import EXACT

Method = Callable[[Machine, Any, Arguments, Keywords], object]


def _numbers(machine: Machine, storage: Storage) -> list[Any]:
    machine.budget.container(storage.size)
    flat = storage.memory.flat
    numbers: list[Any] = (flat.view("uint8") if storage.dtype is None else flat).tolist()
    return numbers


def _asked(question: Callable[[Storage], object]) -> Method:
    return lambda machine, storage, given, named: question(storage)


METHODS: dict[str, Method] = {
    "data_ptr": _asked(lambda storage: address(storage.memory)),
    "size": _asked(lambda storage: storage.size),
    "nbytes": _asked(lambda storage: storage.memory.flat.nbytes),
    "element_size": _asked(lambda storage: 1 if storage.dtype is None else storage.memory.flat.itemsize),
    "tolist": lambda machine, storage, given, named: _numbers(machine, storage),
}


def _read(machine: Machine, storage: Storage, name: str) -> object:
    if name in METHODS:
        return BuiltinMethod(name, storage, METHODS[name])
    if name == "dtype" and storage.dtype is not None:
        return storage.dtype
    raise no_attribute("UntypedStorage" if storage.dtype is None else "TypedStorage", name)


def _show(machine: Machine, storage: Storage, open: tuple[int, ...]) -> str:
    machine.budget.container(storage.size)
    return repr(storage)


def _item(machine: Machine, storage: Storage, index: Any) -> object:
    return host(list.__getitem__, _numbers(machine, storage), index)


def _iterate(machine: Machine, storage: Storage) -> Iterator[object]:
    return iter(_numbers(machine, storage))


READ[Storage] = _read
SHOW[Storage] = _show
ITERATE[Storage] = _iterate
EXACT[Storage] = Type("TypedStorage", "<class 'torch.storage.TypedStorage'>", frozenset({Storage}))
CONDUCT[Storage] = Conduct(
    length=lambda machine, storage: storage.size,
    get_item=_item,
    text=lambda machine, storage: _show(machine, storage, ()),
)
