"""Which values may be keys: plain values, short flat tuples of them, and things that are themselves only."""

from __future__ import annotations

from app.engine.dtypes import DType
from app.engine.tensor import Size, Tensor
from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.records import (
    MISSING,
    Builtin,
    BuiltinMethod,
    Class,
    Function,
    Instance,
    Method,
    Namespace,
    Type,
    Wrapped,
)
from app.interpreter.types import type_name

ITSELF = frozenset(
    {Tensor, DType, Class, Function, Wrapped, Type, Namespace, Builtin, BuiltinMethod, type(None), bool, float,
     range, type(...), Method}
)  # fmt: skip
LONGEST_TUPLE = 64
HASH_BITS = 61  # integers above it can be chosen to collide
TUPLE_BITS = 32  # inside a tuple, whose hash has no secret, smaller ones can


def key(machine: Machine, value: object, depth: int = 0) -> object:
    """`value` itself when it may be a key, charged; TypeError "unhashable type" otherwise."""
    kind = type(value)
    if kind is str:
        machine.budget.bulk(len(value))  # type: ignore[arg-type]
    elif kind is int:
        if value.bit_length() > (TUPLE_BITS if depth else HASH_BITS):  # type: ignore[attr-defined]
            machine.budget.step(machine.budget.limits.steps // 1000)
    elif kind is tuple or kind is Size:
        _check_tuple(machine, value, depth)  # type: ignore[arg-type]
    elif kind is Instance:
        if value.cls.find("__eq__") is not MISSING:  # type: ignore[attr-defined]
            raise type_error(f"unhashable type: '{type_name(value)}'")
    elif kind not in ITSELF:
        raise type_error(f"unhashable type: '{type_name(value)}'")
    return value


def _check_tuple(machine: Machine, value: tuple[object, ...], depth: int) -> None:
    if len(value) > LONGEST_TUPLE or depth > 3:
        raise type_error("a tuple this large cannot be a key here")
    machine.budget.step(1 + len(value))
    for entry in value:
        key(machine, entry, depth + 1)
