"""What a row says, and the small language that the tables are written in."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.namespaces import OPERATIONS
from app.engine.ops import python
from app.engine.registry import BINARY, INPLACE, METHODS, TORCH
from app.engine.relation.elementwise import Once, Refused

Call = Callable[..., Any]


@dataclass(frozen=True)
class Row:
    """One application: `call` on tensors made of `inputs` must give what `expect` gives on the arrays.

    Floating-point inputs require grad. Not `smooth`: at a kink or a tie, where a central difference says nothing.
    Not `alone`: only the whole call can be differenced, because an operation in it reads one triangle of its operand.
    """

    operation: str
    call: Call
    inputs: tuple[Array, ...]
    expect: Call
    smooth: bool = True
    alone: bool = True

    @property
    def title(self) -> str:
        return f"{self.operation} {' '.join(str(list(x.shape)) for x in self.inputs)}"

    @property
    def refused(self) -> bool:
        """PyTorch has no derivative for it: backward raises."""
        return any(isinstance(s, (Refused, Once)) for s in OPERATIONS[self.operation].structures)

    @property
    def once(self) -> bool:
        """PyTorch has no second derivative for it: only the first backward passes."""
        return any(s is not None and s.once is not None for s in OPERATIONS[self.operation].structures)


class Offered:
    """`t.sin(x)` is torch.sin, `m.sum(x, 1)` the method; a name with dots in brackets: `t["linalg.norm"]`."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._table = table

    def __getattr__(self, name: str) -> Call:
        function: Call = self._table[name]
        return function

    __getitem__ = __getattr__


class Functional(Offered):
    """`F.relu(x)` is torch.nn.functional.relu."""

    def __getattr__(self, name: str) -> Call:
        return super().__getattr__(f"nn.functional.{name}")


t = Offered(TORCH)
F = Functional(TORCH)
m = Offered(METHODS)


def op(sign: str) -> Call:
    """A binary operator."""
    return BINARY[sign]


def inplace(sign: str) -> Call:
    """An augmented assignment."""
    return INPLACE[sign]


def raw(name: str, **params: Any) -> Call:
    """The application of an operation that has no name in PyTorch."""
    return lambda *operands: OPERATIONS[name].apply(operands, params)


def item(*index: Any) -> Call:
    """x[index]"""
    return lambda x: python.getitem(x, index if len(index) != 1 else index[0])


def r(*shape: int, seed: int = 1) -> Array:
    """Random numbers of both signs, no two alike, none nearer to 0 or to a half than 0.05."""
    size = math.prod(shape)
    steps = np.random.default_rng(seed + size).permutation(size) - size // 2
    return np.asarray(steps * 0.31 + 0.17 + 0.01 * seed, np.float64).reshape(shape)


def p(*shape: int, seed: int = 1) -> Array:
    """Random positive numbers below 1, no two alike."""
    size = math.prod(shape)
    steps = np.random.default_rng(seed + size).permutation(size)
    return np.asarray(0.15 + 0.7 * (steps + 0.31) / (size + seed), np.float64).reshape(shape)


def a(*numbers: Any) -> Array:
    """A vector (or, from lists, a matrix) of float64."""
    return np.array(numbers, np.float64)


def n(*numbers: Any) -> Array:
    """A vector of int64."""
    return np.array(numbers, np.int64)


def b(*numbers: Any) -> Array:
    """A vector of bools."""
    return np.array(numbers, bool)
