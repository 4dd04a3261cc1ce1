"""Which values may be keys: plain values, short flat tuples of them, and things that are themselves only."""

from __future__ import annotations

import numpy as np

from app.engine.device import Device
from app.engine.dtypes import DType
from app.engine.gradfn import GradFn
from app.engine.hooks import Handle
from app.engine.tensor import Size, Tensor
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.iteration import truth
from app.interpreter.library.autograd.context import Context
from app.interpreter.machine import Machine
from app.interpreter.records import (
    MISSING,
    Builtin,
    BuiltinMethod,
    Class,
    Function,
    Generator,
    Instance,
    Lazy,
    Method,
    Namespace,
    Slot,
    Type,
    Wrapped,
)
from app.interpreter.types import type_name

ITSELF = frozenset(
    {Tensor, DType, Class, Function, Wrapped, Type, Namespace, Builtin, BuiltinMethod, type(None), bool, float,
     range, type(...), Method, Slot, Generator, Lazy, Device,
     GradFn, Context, Handle}
)  # fmt: skip
LONGEST_TUPLE = 64
HASH_BITS = 61  # integers above it can be chosen to collide
TUPLE_BITS = 32  # inside a tuple, whose hash has no secret, smaller ones can
NUMBERED = 1 << 20  # hashes of things that are themselves only are numbers in order of asking


def key(machine: Machine, value: object, depth: int = 0) -> object:
    """`value`, or the equal object that stands for it, when it may be a key; TypeError "unhashable type" otherwise.

    Charged. The host compares keys by identity where a student's class says how they are equal, so the first of
    equal objects stands for all of them.
    """
    kind = type(value)
    if kind is str:
        machine.budget.bulk(len(value))  # type: ignore[arg-type]
    elif kind is int:
        if value.bit_length() > (TUPLE_BITS if depth else HASH_BITS):  # type: ignore[attr-defined]
            machine.budget.step(machine.budget.limits.steps // 1000)
    elif kind is tuple or kind is Size:
        return _tuple(machine, value, depth)  # type: ignore[arg-type]
    elif kind is Instance:
        return _instance(machine, value)  # type: ignore[arg-type]
    elif kind is frozenset:
        machine.budget.step(1 + len(value))  # type: ignore[arg-type]
    elif kind not in ITSELF and not isinstance(value, np.generic):
        raise type_error(f"unhashable type: '{type_name(value)}'")
    return value


def _tuple(machine: Machine, value: tuple[object, ...], depth: int) -> object:
    if len(value) > LONGEST_TUPLE or depth > 3:
        raise type_error("a tuple this large cannot be a key here")
    machine.budget.step(1 + len(value))
    entries = [key(machine, entry, depth + 1) for entry in value]
    same = all(entry is old for entry, old in zip(entries, value, strict=True))
    return value if same else tuple(entries)


def _instance(machine: Machine, value: Instance) -> object:
    hasher = _hasher(value)
    if hasher is MISSING:
        return value
    if hasher is None:
        raise type_error(f"unhashable type: '{type_name(value)}'")
    known = machine.interned.setdefault(hash_of(machine, value), [])
    for other in known:
        machine.budget.step()
        if other is value or _same(machine, value, other):
            return other
    machine.budget.container(1)
    known.append(value)
    return value


def _same(machine: Machine, a: object, b: object) -> bool:
    result = special(machine, a, "__eq__", b)
    return result is not MISSING and result is not NotImplemented and truth(machine, result)


def _hasher(value: Instance) -> object:
    """`__hash__` of its class; None where a class that says what is equal leaves it out."""
    for cls in value.cls.mro:
        if "__hash__" in cls.namespace:
            return cls.namespace["__hash__"]
        if "__eq__" in cls.namespace:
            return None
    return MISSING


def hash_of(machine: Machine, value: object, own: bool = True) -> int:
    """`hash(value)`; numbers in order of asking for things that are themselves only."""
    kind = type(value)
    if kind is Instance and own:
        hasher = _hasher(value)  # type: ignore[arg-type]
        if hasher is None:
            raise type_error(f"unhashable type: '{type_name(value)}'")
        if hasher is not MISSING:
            result = special(machine, value, "__hash__")
            if type(result) is not int:
                raise type_error("__hash__ method should return an integer")
            return hash(result)
    elif kind is not Instance:
        key(machine, value)
        if kind is tuple or kind is Size:
            return hash(tuple(hash_of(machine, entry) for entry in value))  # type: ignore[attr-defined]
        if kind in (int, float, bool, type(None)):
            return hash(value) if value is not None else 0
        if kind is str:
            return sum(ord(character) * 31**index % 1000003 for index, character in enumerate(value[:64]))  # type: ignore[index]
    known = machine.identities.setdefault(id(value), (len(machine.identities) + 1, value))
    return NUMBERED + known[0]
