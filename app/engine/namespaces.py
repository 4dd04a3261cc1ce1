"""The three things that a rule can be run on: raw arrays, tensors (under `create_graph=True`) and formulas.

A rule is written once, as `lambda xp, x, y: xp.cos(x)`. `xp.cos` is the forward of the registered operation,
its recorded application, or its LaTeX. Operands are positional, parameters are keywords, in all three.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array

if TYPE_CHECKING:
    from app.engine.operation import Operation

OPERATIONS: dict[str, Operation] = {}
"""Every operation by name; `operation.py` fills it as operations are stated."""


class Namespace:
    """`xp.name(…)`, looked up once and kept."""

    def __init__(self, pick: Callable[[Operation], Callable[..., Any]]) -> None:
        self._pick = pick

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        function = self._pick(OPERATIONS[name])
        self.__dict__[name] = function
        return function


class Raw(Namespace):
    """Numpy arrays; nothing is recorded."""

    @staticmethod
    def sum_to(x: Array, shape: tuple[int, ...]) -> Array:
        """The fast way through the case that needs no work."""
        return x if x.shape == shape else OPERATIONS["sum_to"].forward(x, shape=shape)

    @staticmethod
    def ratio(a: float, b: float) -> float:
        return float(np.divide(a, b))


class Tensors(Namespace):
    """Recorded operations."""

    @staticmethod
    def sum_to(x: Any, shape: tuple[int, ...]) -> Any:
        """Nothing is recorded where nothing is summed."""
        return x if x.shape == shape else OPERATIONS["sum_to"].apply((x,), {"shape": shape})

    @staticmethod
    def ratio(a: float, b: float) -> float:
        return Raw.ratio(a, b)


class Formulas(Namespace):
    """LaTeX."""

    @staticmethod
    def ratio(a: float, b: float) -> formula.Formula:
        return formula.number(a) / formula.number(b) if b else formula.symbol(rf"\frac{{{a}}}{{{b}}}")


def _recorded(operation: Operation) -> Callable[..., Any]:
    def apply(*tensors: Any, **params: Any) -> Any:
        return operation.apply(tensors, params)

    return apply


RAW = Raw(lambda operation: operation.forward)
TENSORS = Tensors(_recorded)
FORMULAS = Formulas(lambda operation: operation.tex)
