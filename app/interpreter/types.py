"""The types of the closed universe of values: their names, and what `isinstance` and `type` say of a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from app.engine.device import Device
from app.engine.dtypes import DType
from app.engine.gradfn import GradFn
from app.engine.hooks import Handle
from app.engine.registry import Function as EngineFunction
from app.engine.returns import ReturnType
from app.engine.tensor import Size, Tensor
from app.interpreter.machine import Machine
from app.interpreter.records import (
    Arguments,
    Builtin,
    BuiltinMethod,
    Class,
    ClassMethod,
    Function,
    Generator,
    Instance,
    Keywords,
    Lazy,
    Manager,
    Method,
    Namespace,
    Property,
    Slot,
    StaticMethod,
    Super,
    Type,
    Union,
    View,
    Wrapped,
)

Maker = Callable[[Machine, Arguments, Keywords], object]
NUMBERS = frozenset({int, float, bool})
INTEGERS = frozenset({int, bool})
TUPLES: frozenset[type] = frozenset({tuple, Size, ReturnType})


def _type(name: str, hosts: Iterable[type], shown: str = "") -> Type:
    return Type(name, f"<class '{shown or name}'>", frozenset(hosts))


NONE = _type("NoneType", {type(None)})
BOOL = _type("bool", {bool})
INT = _type("int", {int, bool})
FLOAT = _type("float", {float, np.float64})
STR = _type("str", {str})
LIST = _type("list", {list})
TUPLE = _type("tuple", TUPLES)
DICT = _type("dict", {dict})
SET = _type("set", {set})
FROZEN_SET = _type("frozenset", {frozenset})
RANGE = _type("range", {range})
SLICE = _type("slice", {slice})
ELLIPSIS = _type("ellipsis", {type(...)})
FUNCTION = _type("function", {Function, Wrapped})
GENERATOR = _type("generator", {Generator})
UNION = _type("UnionType", {Union}, "types.UnionType")
SLOT = _type("wrapper_descriptor", {Slot})
METHOD = _type("method", {Method})
BUILTIN = _type("builtin_function_or_method", {Builtin, BuiltinMethod, EngineFunction})
MODULE = _type("module", {Namespace})
TYPE = _type("type", {Type, Class})
PROPERTY = _type("property", {Property})
STATIC_METHOD = _type("staticmethod", {StaticMethod})
CLASS_METHOD = _type("classmethod", {ClassMethod})
SUPER = _type("super", {Super})
TENSOR = _type("Tensor", {Tensor}, "torch.Tensor")
SIZE = _type("Size", {Size}, "torch.Size")
RETURN = _type("return_types", {ReturnType}, "torch.return_types")
HANDLE = _type("RemovableHandle", {Handle}, "torch.utils.hooks.RemovableHandle")
GRAD_FN = _type("Node", {GradFn}, "torch.autograd.graph.Node")
DEVICE = _type("device", {Device}, "torch.device")
DTYPE = _type("dtype", {DType}, "torch.dtype")

EXACT: dict[type, Type] = {
    host: kind
    for kind in (
        INT, BOOL, NONE, FLOAT, STR, LIST, TUPLE, DICT, SET, RANGE, SLICE, ELLIPSIS, FUNCTION, METHOD,
        BUILTIN,
        MODULE, TYPE, PROPERTY, STATIC_METHOD, CLASS_METHOD, SUPER, TENSOR, SIZE,
        DTYPE, RETURN, GRAD_FN, HANDLE, DEVICE, FROZEN_SET, GENERATOR, UNION, SLOT,
    )
    for host in kind.hosts
}  # fmt: skip
_SHOWN: dict[str, Type] = {}


def _shown_type(name: str) -> Type:
    return _SHOWN.setdefault(name, _type(name, ()))


NAMED: dict[type, Callable[[Any], str]] = {}
"""For kinds of values whose objects each name a class of their own: what that class is called, with its module."""


def _named_type(full: str) -> Type:
    return _SHOWN.setdefault(full, _type(full.rpartition(".")[2], (), full))


def _node_type(value: GradFn) -> Type:
    """Every kind of node is a class of its own: AddBackward0."""
    return _named_type(f"torch.autograd.function.{value.name}" if value.is_own else value.name)


def type_of(value: object) -> Type | Class:
    """What `type(value)` is in student code."""
    kind = type(value)
    if kind is Instance:
        return value.cls  # type: ignore[attr-defined,no-any-return]
    if kind is Class:
        return value.meta or TYPE  # type: ignore[attr-defined]
    if kind in NAMED:
        return _named_type(NAMED[kind](value))
    if kind is GradFn:
        return _node_type(value)  # type: ignore[arg-type]
    if kind is Lazy:
        return _shown_type(value.shown)  # type: ignore[attr-defined]
    if kind is View:
        return _shown_type(f"dict_{value.kind}")  # type: ignore[attr-defined]
    if kind is Manager:
        return _shown_type(value.name)  # type: ignore[attr-defined]
    if kind is Tensor and value.is_parameter:  # type: ignore[attr-defined]
        return PARAMETER
    return EXACT.get(kind) or _shown_type(kind.__name__)


PARAMETER = Type(
    "Parameter",
    "<class 'torch.nn.parameter.Parameter'>",
    frozenset({Tensor}),
    test=lambda value: type(value) is Tensor and value.is_parameter,
)


def type_name(value: object) -> str:
    """The name that Python's messages use: "int", "Tensor", the name of a student's class."""
    kind = type_of(value)
    return (type(kind) is Type and kind.full) or kind.name
