"""Edges as columns, and what every relation answers about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.engine.arrays import Array

Ints = Array


@dataclass(frozen=True)
class Edges:
    """Joined pairs: flat row-major element indices of input and output, and the weight ∂output/∂input.

    Ordered by output, then input; no pair twice.
    """

    input: Ints
    output: Ints
    weight: Array

    @property
    def count(self) -> int:
        return len(self.input)


@dataclass(frozen=True)
class Units:
    """How many connected groups of edges there are, and the sizes of the first one."""

    count: int
    inputs: int
    outputs: int


NO_UNITS = Units(0, 0, 0)


def kind_of(several_inputs: bool, several_outputs: bool) -> str:
    """The documents' word: several inputs meet in some output, some input takes part in several outputs."""
    return f"{'many' if several_inputs else 'one'}-to-{'many' if several_outputs else 'one'}"


def ordered(input: Ints, output: Ints, weight: Array) -> Edges:
    """The columns as edges, sorted by output, then input."""
    order = np.lexsort((input, output))
    return Edges(input[order], output[order], weight[order])


def empty(dtype: np.dtype[np.generic]) -> Edges:
    """No edges, with weights of that type."""
    none = np.empty(0, np.int64)
    return Edges(none, none, np.empty(0, dtype))


class Relation(Protocol):
    """All edges between one input and one output of one application, described rather than listed."""

    @property
    def count(self) -> int:
        """The number of edges."""

    @property
    def kind(self) -> str | None:
        """one-to-one, one-to-many, many-to-one or many-to-many; None without edges."""

    @property
    def units(self) -> Units:
        """The connected groups of the edges."""

    def edges(self) -> Edges:
        """Every edge."""

    def of_outputs(self, outputs: Ints) -> Edges:
        """The edges that end in these output elements; the cost follows them, not the relation."""

    def of_inputs(self, inputs: Ints) -> Edges:
        """The edges that start at these input elements."""

    def head(self, limit: int) -> Edges | None:
        """The first whole units that have at most `limit` edges together; None if not even one fits."""
