"""`copy.copy` and `copy.deepcopy`: new objects and containers around the same or copied entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.errors import TorchError
from app.engine.ndarray import NDArray, account
from app.engine.registry import ATTRIBUTES, METHODS, TORCH
from app.engine.tape import Tape
from app.engine.tensor import Size, Tensor
from app.interpreter.budget import exceeded
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.hashing import key
from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.records import MISSING, Arguments, Generator, Instance, Keywords, Lazy, Namespace, View
from app.interpreter.types import type_name

NON_LEAF = (
    "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  "
    "If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, "
    "see https://github.com/pytorch/pytorch/pull/103001"
)
NEVER = {Generator: "generator", Lazy: "", Namespace: "module", View: ""}
DEEP = 100
Deep = Callable[["Copier", Any, int], object]
COPIES: dict[type, Deep] = {}
"""How a deep copy of each kind of value is made; kinds that are not listed are their own copy."""


class Copier:
    """One `deepcopy`: what was copied already, by the number of the original."""

    def __init__(self, machine: Machine, memo: dict[object, object]) -> None:
        self.machine = machine
        self.memo = memo

    def number(self, value: object) -> int:
        known = self.machine.identities
        return known.setdefault(id(value), (len(known) + 1, value))[0] * 16

    def copy(self, value: object, depth: int = 0) -> object:
        """A copy that shares nothing with `value` that can change."""
        make = COPIES.get(type(value))
        if make is None:
            if type(value) in NEVER:
                raise type_error(f"cannot pickle '{NEVER[type(value)] or type_name(value)}' object")
            return value
        if depth > DEEP:
            raise exceeded("nesting", self.machine.budget.limits.nesting)
        number = self.number(value)
        if number in self.memo:
            return self.memo[number]
        self.machine.budget.container(1)
        made = make(self, value, depth + 1)
        self.memo[number] = made
        return made

    def known(self, value: object, made: object) -> None:
        """`made` is the copy of `value`, known before its entries are copied: they may hold `value` itself."""
        self.memo[self.number(value)] = made


def _list(copier: Copier, value: list[object], depth: int) -> object:
    made: list[object] = []
    copier.known(value, made)
    copier.machine.budget.container(len(value))
    made.extend([copier.copy(entry, depth) for entry in value])
    return made


def _dict(copier: Copier, value: dict[object, object], depth: int) -> object:
    made: dict[object, object] = {}
    copier.known(value, made)
    copier.machine.budget.container(len(value))
    for name, entry in list(value.items()):
        made[key(copier.machine, copier.copy(name, depth))] = copier.copy(entry, depth)
    return made


def _set(copier: Copier, value: set[object], depth: int) -> object:
    copier.machine.budget.container(len(value))
    return {key(copier.machine, copier.copy(entry, depth)) for entry in value}


def _tuple(copier: Copier, value: tuple[object, ...], depth: int) -> object:
    made = tuple(copier.copy(entry, depth) for entry in value)
    return value if all(a is b for a, b in zip(made, value, strict=True)) else made


def _instance(copier: Copier, value: Instance, depth: int) -> object:
    own = special(copier.machine, value, "__deepcopy__", copier.memo)
    if own is not MISSING:
        return own
    made = Instance(value.cls, {}, None)
    copier.known(value, made)
    made.held = copier.copy(value.held, depth)
    made.attributes.update({name: copier.copy(entry, depth) for name, entry in value.attributes.items()})
    return made


def _tensor(copier: Copier, value: Tensor, depth: int) -> object:
    if not ATTRIBUTES["is_leaf"].get(value):
        raise TorchError("RuntimeError", NON_LEAF)
    made = _twin(copier.machine, value)
    gradient = ATTRIBUTES["grad"].get(value)
    if type(gradient) is Tensor and ATTRIBUTES["grad"].set is not None:
        ATTRIBUTES["grad"].set(made, _twin(copier.machine, gradient))
    return made


def _twin(machine: Machine, value: Tensor) -> Tensor:
    """The same numbers in memory of their own; that they are copied is no operation of the program's."""
    run = machine.main.run
    kept, run.tape = run.tape, Tape()
    try:
        made = METHODS["clone"](METHODS["detach"](value))
        if value.is_parameter:
            made = TORCH["nn.Parameter"](made, requires_grad=value.requires_grad)
        elif value.requires_grad:
            made = METHODS["requires_grad_"](made)
    finally:
        run.tape = kept
    kept.made(made.value, run.here)
    assert type(made) is Tensor
    return made


def _array(machine: Machine, value: NDArray) -> NDArray:
    """An array of its own, whichever way it is copied."""
    machine.budget.array(value.size, 0, account().live)
    return NDArray.of(value.host)


COPIES.update({list: _list, dict: _dict, set: _set, tuple: _tuple, Instance: _instance, Tensor: _tensor})
COPIES[NDArray] = lambda copier, value, depth: _array(copier.machine, value)


@primitive("deepcopy")
def _deepcopy(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """`copy.deepcopy(value, memo)`."""
    value, memo = arguments
    return Copier(machine, memo if type(memo) is dict else {}).copy(value)


@primitive("copy")
def _copy(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
    """`copy.copy(value)`."""
    value: Any = arguments[0]
    kind = type(value)
    if kind in (list, dict, set):
        machine.budget.container(len(value))
        return kind(value)
    if kind is Tensor:
        return _shallow(machine, value)
    if kind is NDArray:
        return _array(machine, value)
    if kind is Instance:
        own = special(machine, value, "__copy__")
        if own is not MISSING:
            return own
        held = type(value.held)(value.held) if type(value.held) in (list, dict, set) else value.held
        machine.budget.container(1 + len(value.attributes))
        return Instance(value.cls, dict(value.attributes), held)
    if kind in NEVER and kind is not Size:
        raise type_error(f"cannot pickle '{NEVER[kind] or type_name(value)}' object")
    return value


def _shallow(machine: Machine, value: Tensor) -> object:
    """Another tensor on the same memory."""
    run = machine.main.run
    kept, run.tape = run.tape, Tape()
    try:
        made = METHODS["detach"](value)
        return METHODS["requires_grad_"](made) if value.requires_grad else made
    finally:
        run.tape = kept
