"""The types that numpy adds to the closed universe of values: arrays, numbers and element types."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.dtypes import DType
from app.engine.ndarray import NDArray
from app.interpreter import types
from app.interpreter.errors import type_error
from app.interpreter.records import Type
from app.interpreter.types import EXACT, type_name

SCALARS: tuple[type[np.generic], ...] = (
    np.bool_, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64,
    np.float16, np.float32, np.float64,
)  # fmt: skip
DTYPES = frozenset(type(np.dtype(scalar)) for scalar in SCALARS)
KINDS = "biuf"
"""The kinds of numbers that arrays may hold: no objects, no texts, no complex numbers."""
ALIASES = {
    "bool": "bool", "int": "int64", "intp": "int64", "intc": "int32", "uint": "uint64", "longlong": "longlong",
    "float": "float64", "double": "float64", "single": "float32", "half": "float16", "byte": "int8", "short": "int16",
    "ubyte": "uint8", "i4": "int32", "i8": "int64", "f4": "float32", "f8": "float64", "f2": "float16", "u1": "uint8",
    "f": "float32", "d": "float64", "i": "int32", "l": "int64", "?": "bool", "B": "uint8", "b": "int8", "e": "float16",
}  # fmt: skip
NAMES = frozenset({np.dtype(scalar).name for scalar in SCALARS} | set(ALIASES) - {"longlong"})
"""What a program may write for an element type in quotes."""

ARRAY = Type("ndarray", "<class 'numpy.ndarray'>", frozenset({NDArray}), full="numpy.ndarray")
DTYPE = Type("dtype", "<class 'numpy.dtype'>", DTYPES)
NUMBERS = {
    scalar: Type(
        scalar.__name__, f"<class 'numpy.{scalar.__name__}'>", frozenset({scalar}), full=f"numpy.{scalar.__name__}"
    )
    for scalar in SCALARS
}
ABSTRACT = {
    "integer": (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64),
    "floating": (np.float16, np.float32, np.float64),
    "number": SCALARS[1:],
    "generic": SCALARS,
}
FAMILIES = {name: Type(name, f"<class 'numpy.{name}'>", frozenset(members)) for name, members in ABSTRACT.items()}
HOSTS: dict[Type, Any] = {types.INT: int, types.FLOAT: float, types.BOOL: bool} | {
    kind: scalar for scalar, kind in NUMBERS.items()
}
"""What a type of the program stands for where numpy wants an element type."""

EXACT[NDArray] = ARRAY
EXACT.update(NUMBERS)
EXACT.update(dict.fromkeys(DTYPES, DTYPE))


def element_type(value: Any) -> Any:
    """`np.float32`, `float`, "float32" or a dtype as numpy's dtype; TypeError in numpy's words."""
    kind = type(value)
    if kind in DTYPES:
        return value
    if kind is Type and value in HOSTS:
        return np.dtype(HOSTS[value])
    if kind is str:
        if value in NAMES:
            return np.dtype(ALIASES.get(value, value))
        raise type_error(f"data type '{value[:60]}' not understood")
    if kind is Type:
        raise type_error(f"Cannot interpret '{value.shown}' as a data type")
    shown = repr(value) if kind is DType or kind in (int, float) else type_name(value)
    raise type_error(f"Cannot interpret '{shown}' as a data type")
