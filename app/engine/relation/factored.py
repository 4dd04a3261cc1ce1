"""Weights that PyTorch's backward never forms: it takes the score through their parts, one rounding after the other.

The derivative of ln x is 1/x, but g / x and g · (1/x) differ in the last digit. A rule returns such a weight to keep
its value (edges, formulas) and the way of the score apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Over:
    """1 / divisor; a score is divided."""

    divisor: Any

    @property
    def weight(self) -> Any:
        return 1 / self.divisor

    def through(self, g: Any) -> Any:
        return g / self.divisor


@dataclass(frozen=True, slots=True)
class InTurn:
    """first · second; a score is multiplied by the second, then by the first."""

    first: Any
    second: Any

    @property
    def weight(self) -> Any:
        return self.first * self.second

    def through(self, g: Any) -> Any:
        return g * self.second * self.first


@dataclass(frozen=True, slots=True)
class Share:
    """1 / n of a mean over n elements; `weight` is worked out by the namespace, for n may be 0."""

    n: Any
    weight: Any

    def through(self, g: Any) -> Any:
        return g / self.n


FACTORED = (Over, InTurn, Share)
