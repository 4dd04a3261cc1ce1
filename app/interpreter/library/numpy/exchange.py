"""Values of the program as numpy takes them, and numpy's answers as values of the program.

numpy only ever sees plain numbers, short words of its own, and arrays that it may not write to.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.ndarray import NDArray
from app.engine.ops.creation.exchange import array_on
from app.engine.returns import ReturnType
from app.engine.tensor import Size, Tensor
from app.interpreter.budget import exceeded
from app.interpreter.errors import type_error
from app.interpreter.library.numpy.kinds import DTYPES, HOSTS, KINDS, NAMES, SCALARS, element_type
from app.interpreter.machine import Machine
from app.interpreter.records import Lazy, Type
from app.interpreter.types import type_name

PLAIN = frozenset({bool, float, type(None), type(...), *SCALARS, *DTYPES})
SEQUENCES = frozenset({list, tuple, Size, ReturnType})
WORDS = NAMES | frozenset(
    [
        "C",
        "F",
        "A",
        "K",
        "ij",
        "xy",
        "fro",
        "nuc",
        "left",
        "right",
        "linear",
        "lower",
        "higher",
        "midpoint",
        "nearest",
        "same",
        "full",
        "valid",
        "raise",
        "wrap",
        "clip",
        "stable",
        "quicksort",
        "mergesort",
        "heapsort",
        "same_kind",
        "unsafe",
        "safe",
        "no",
        "equiv",
        "edge",
        "constant",
        "reflect",
        "symmetric",
        "f",
        "b",
        "fb",
        "r",
        "c",
    ]
)
EINSUM = re.compile(r"[a-zA-Z, ]*,[a-zA-Z, ]*(->[a-zA-Z ]*)?|[a-zA-Z ]*->[a-zA-Z ]*|ii")
WIDEST = 64  # bits of an integer that some element type holds
DEEPEST = 32


class Exchange:
    """One call's way there and back. It remembers the arrays that a view in the answer may look into."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.arrays: list[NDArray] = []
        self.from_tensor = False

    def host(self, value: Any, depth: int = 0) -> Any:
        """A value as numpy takes it; TypeError for what has no place in an array."""
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is int:
            if value.bit_length() > WIDEST:
                raise TorchError("OverflowError", "Python int too large to convert to C long")
            return value
        if kind is NDArray:
            self.arrays.append(value)
            return value.host
        if kind is Tensor:
            self.from_tensor = True
            return self.host(array_on(value))
        if kind in SEQUENCES:
            return self._sequence(value, depth)
        return self._other(value)

    def _sequence(self, value: Any, depth: int) -> Any:
        if depth > DEEPEST:
            raise TorchError("ValueError", "the sequences are nested too deep for an array")
        self.machine.budget.bulk(len(value))
        items = [self.host(item, depth + 1) for item in value]
        return items if type(value) is list else tuple(items)

    def _other(self, value: Any) -> Any:
        kind = type(value)
        if kind is range:
            self.machine.budget.container(len(value))
            return value
        if kind is slice:
            return slice(self.host(value.start), self.host(value.stop), self.host(value.step))
        if kind is str:
            return self._word(value)
        if kind is Type and value in HOSTS:
            return HOSTS[value]
        if kind is Type or kind is DType:
            return element_type(value)
        if kind is Lazy:
            raise _unsupported("numpy arrays from generators")
        raise _unsupported(f"numpy arrays of '{type_name(value)}' objects")

    def _word(self, value: str) -> str:
        if value not in WORDS and not EINSUM.fullmatch(value):
            raise _unsupported("numpy arrays of texts")
        return value

    def program(self, result: Any) -> Any:
        """numpy's answer as a value of the program."""
        if isinstance(result, np.ndarray):
            return self._array(result)
        if isinstance(result, np.generic):
            if result.dtype.kind not in KINDS:
                raise _refused(result.dtype)
            return result if type(result) in SCALARS else np.dtype(result.dtype.name).type(result)
        if isinstance(result, (tuple, list)):
            self.machine.budget.bulk(len(result))
            items = [self.program(item) for item in result]
            return items if isinstance(result, list) else tuple(items)
        return result

    def _array(self, result: np.ndarray[Any, Any]) -> NDArray:
        if result.dtype.kind not in KINDS:
            raise _refused(result.dtype)
        if result.ndim > self.machine.budget.limits.dims:
            raise exceeded("dims", self.machine.budget.limits.dims)
        for source in self.arrays:
            window = source.window(result)
            if window is not None:
                window.writeable = window.writeable and not _overlapping(result)
                return window
        return NDArray.of(result)


def _overlapping(view: np.ndarray[Any, Any]) -> bool:
    """Whether several places of a view are one place in memory, as broadcasting makes them."""
    return any(stride == 0 and size > 1 for stride, size in zip(view.strides, view.shape, strict=True))


def _refused(dtype: np.dtype[Any]) -> TorchError:
    if dtype.kind == "c":
        return _unsupported("complex numbers")
    return _unsupported("numpy arrays of texts" if dtype.kind in "US" else f"numpy arrays of {dtype.name}s")


def _unsupported(what: str) -> TorchError:
    return type_error(f"not supported yet: {what}")
