"""Relations given pair by pair: what an index decides, and what only a derivative by unit vectors can tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.engine.arrays import Array
from app.engine.relation.edges import NO_UNITS, Edges, Ints, Units, kind_of, ordered


@dataclass(frozen=True)
class Listed:
    """Edges as columns, in any order, no pair twice; sizes are the tensors' element counts."""

    input: Ints
    output: Ints
    weight: Array
    input_size: int
    output_size: int

    @property
    def count(self) -> int:
        return len(self.input)

    @property
    def kind(self) -> str | None:
        if not self.count:
            return None
        fan_in = np.bincount(self.output, minlength=self.output_size)
        fan_out = np.bincount(self.input, minlength=self.input_size)
        return kind_of(bool(fan_in.max() > 1), bool(fan_out.max() > 1))

    @cached_property
    def _unit(self) -> Ints:
        """The number of each edge's unit, in the order of their first outputs."""
        edges = self.edges()
        found = components(edges.input, edges.output, self.input_size, self.output_size)
        _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
        rank = np.empty(len(first), np.int64)
        rank[np.argsort(first)] = np.arange(len(first))
        return rank[inverse]

    @property
    def units(self) -> Units:
        if not self.count:
            return NO_UNITS
        edges, mine = self.edges(), self._unit == 0
        inputs, outputs = len(np.unique(edges.input[mine])), len(np.unique(edges.output[mine]))
        return Units(int(self._unit.max()) + 1, inputs, outputs)

    def edges(self) -> Edges:
        return ordered(self.input, self.output, self.weight)

    def of_outputs(self, outputs: Ints) -> Edges:
        return self._where(np.isin(self.output, outputs))

    def of_inputs(self, inputs: Ints) -> Edges:
        return self._where(np.isin(self.input, inputs))

    def head(self, limit: int) -> Edges | None:
        if self.count <= limit:
            return self.edges()
        whole = int(np.searchsorted(np.cumsum(np.bincount(self._unit)), limit, side="right"))
        if not whole:
            return None
        edges, mine = self.edges(), self._unit < whole
        return Edges(edges.input[mine], edges.output[mine], edges.weight[mine])

    def _where(self, chosen: Array) -> Edges:
        return ordered(self.input[chosen], self.output[chosen], self.weight[chosen])


def components(input: Ints, output: Ints, input_size: int, output_size: int) -> Ints:
    """For each edge the number of its connected component: the smallest label reached, by pointer jumping."""
    label = np.arange(input_size + output_size)
    ends = output + input_size
    while True:
        low = np.minimum(label[input], label[ends])
        before = label.copy()
        np.minimum.at(label, input, low)
        np.minimum.at(label, ends, low)
        label = label[label]
        if np.array_equal(label, before):
            units: Ints = label[input]
            return units
