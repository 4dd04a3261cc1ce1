"""Rearrangements: every output element is a copy of at most one input element.

The operation's own forward, run on labels instead of numbers, says which: label k + 1 for element k of the
input that is asked about, 0 everywhere else. So a rearrangement states nothing but its forward.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.engine.arrays import Array
from app.engine.relation.edges import NO_UNITS, Edges, Ints, Units, empty, kind_of


@dataclass(frozen=True)
class Labelled:
    """`source[o]` is the input element that output element o copies, -1 for none; every weight is `weight`."""

    source: Ints
    weight: Array

    @cached_property
    def _taken(self) -> Ints:
        return np.flatnonzero(self.source >= 0)

    @cached_property
    def _counts(self) -> Ints:
        """How often each input element is used."""
        return np.bincount(self.source[self._taken])

    @cached_property
    def _uses(self) -> tuple[Ints, Ints, Ints]:
        """The inputs that take part, in the order in which outputs first use them: element, rank by element, uses."""
        elements, first, inverse, uses = np.unique(
            self.source[self._taken], return_index=True, return_inverse=True, return_counts=True
        )
        order = np.argsort(first)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return elements[order], rank[inverse], uses[order]

    @property
    def count(self) -> int:
        return len(self._taken)

    @property
    def kind(self) -> str | None:
        return kind_of(False, bool(self._counts.max() > 1)) if self.count else None

    @property
    def units(self) -> Units:
        if not self.count:
            return NO_UNITS
        first = self.source[self._taken[0]]
        return Units(int(np.count_nonzero(self._counts)), 1, int(self._counts[first]))

    def edges(self) -> Edges:
        return self._columns(self._taken)

    def of_outputs(self, outputs: Ints) -> Edges:
        wanted = np.sort(outputs)
        return self._columns(wanted[self.source[wanted] >= 0])

    def of_inputs(self, inputs: Ints) -> Edges:
        return self._columns(np.flatnonzero(np.isin(self.source, inputs)))

    def head(self, limit: int) -> Edges | None:
        if self.count <= limit:
            return self.edges()
        if self._counts.max() == 1:
            return self._columns(self._taken[:limit]) if limit else None
        _, rank, uses = self._uses
        whole = int(np.searchsorted(np.cumsum(uses), limit, side="right"))
        return self._columns(self._taken[rank < whole]) if whole else None

    def _columns(self, outputs: Ints) -> Edges:
        if not len(outputs):
            return empty(self.weight.dtype)
        weight = np.broadcast_to(self.weight, outputs.shape)
        return Edges(self.source[outputs], outputs, weight)
