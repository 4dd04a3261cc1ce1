"""Relations that are a product of small ones, one per dimension (or pair of dimensions) of the edge space.

An edge is a choice of one cell in every factor. Convolutions, pools and resampling are of this kind: along the
batch the factor is the identity, along a channel a plain sum, along height and width the cells of the windows; so
overlap and padding are one factor's business, and nothing is ever listed beyond the factors.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.relation.edges import NO_UNITS, Edges, Ints, Units, kind_of, ordered
from app.engine.relation.listed import components

Cells = list[Ints]
"""For each factor the number of the cell that an edge uses, one entry per edge."""


@dataclass(frozen=True)
class Factor:
    """Cells with a coordinate along one axis of the input and of the output; without an axis they all have 0.

    No two cells have the same coordinates.
    """

    input: Ints
    input_axis: int | None
    output: Ints
    output_axis: int | None

    @cached_property
    def unit(self) -> Ints:
        """The number of each cell's connected component, in the order of their first outputs."""
        if not len(self.input):
            return np.empty(0, np.int64)
        found = components(self.input, self.output, int(self.input.max()) + 1, int(self.output.max()) + 1)
        numbers, inverse = np.unique(found, return_inverse=True)
        first = np.full(len(numbers), np.iinfo(np.int64).max)
        np.minimum.at(first, inverse, self.output)
        rank = np.empty(len(numbers), np.int64)
        rank[np.argsort(first, kind="stable")] = np.arange(len(numbers))
        return np.asarray(rank[inverse])

    @cached_property
    def units(self) -> int:
        return int(self.unit.max()) + 1 if len(self.unit) else 0

    def most(self, coordinates: Ints) -> int:
        """The most cells that share a coordinate."""
        return int(np.bincount(coordinates).max())

    def lists(self, coordinates: Ints, size: int) -> tuple[Ints, Ints, Ints]:
        """Cells by coordinate: (their numbers one list after the other, where each list starts, how long it is)."""
        counts = np.bincount(coordinates, minlength=size)
        return np.argsort(coordinates, kind="stable"), np.cumsum(counts) - counts, counts


@dataclass(frozen=True)
class Product:
    """The factors with the shapes that their axes are of; together they cover every axis of more than one element.

    `weigh(cells, input, output)` gives the weights of edges.
    """

    factors: tuple[Factor, ...]
    input_shape: Shape
    output_shape: Shape
    weigh: Callable[[Cells, Ints, Ints], Array]

    @cached_property
    def count(self) -> int:
        return math.prod(len(f.input) for f in self.factors)

    @property
    def kind(self) -> str | None:
        if not self.count:
            return None
        several_in = any(f.most(f.output) > 1 for f in self.factors)
        return kind_of(several_in, any(f.most(f.input) > 1 for f in self.factors))

    @property
    def units(self) -> Units:
        """A product of connected factors is connected: walks there and back can be made equally long."""
        if not self.count:
            return NO_UNITS
        first = [(f.input[f.unit == 0], f.output[f.unit == 0]) for f in self.factors]
        inputs, outputs = (math.prod(len(np.unique(side[n])) for side in first) for n in (0, 1))
        return Units(math.prod(f.units for f in self.factors), inputs, outputs)

    def edges(self) -> Edges:
        return self.of_outputs(np.arange(math.prod(self.output_shape)))

    def of_outputs(self, outputs: Ints) -> Edges:
        sides = [(f.output_axis, f.output) for f in self.factors]
        return self._edges(self._through(outputs, self.output_shape, sides))

    def of_inputs(self, inputs: Ints) -> Edges:
        sides = [(f.input_axis, f.input) for f in self.factors]
        return self._edges(self._through(inputs, self.input_shape, sides))

    def head(self, limit: int) -> Edges | None:
        if self.count <= limit:
            return self.edges()
        if self.units.count == 1:
            return None
        counts, firsts = np.ones((), np.int64), np.zeros((), np.int64)
        steps = _steps(self.output_shape)
        for f in self.factors:
            least = np.full(f.units, np.iinfo(np.int64).max)
            np.minimum.at(least, f.unit, f.output)
            counts = np.multiply.outer(counts, np.bincount(f.unit))
            firsts = np.add.outer(firsts, least * (0 if f.output_axis is None else steps[f.output_axis]))
        order = np.argsort(firsts, axis=None)
        whole = int(np.searchsorted(np.cumsum(counts.reshape(-1)[order]), limit, side="right"))
        return self.of_outputs(self._outputs_of(order[:whole], counts.shape)) if whole else None

    def _outputs_of(self, units: Ints, shape: Shape) -> Ints:
        """The output elements of units, which are numbered through all combinations of the factors' units."""
        unit = np.zeros(self.output_shape, np.int64)
        present = np.ones(self.output_shape, bool)
        for f, step in zip(self.factors, _steps(shape), strict=True):
            if f.output_axis is None:
                continue
            column = (-1,) + (1,) * (len(self.output_shape) - f.output_axis - 1)
            own = np.full(self.output_shape[f.output_axis], -1)
            own[f.output] = f.unit
            unit = unit + (own * step).reshape(column)
            present = present & (own >= 0).reshape(column)
        return np.flatnonzero(present & np.isin(unit, units))

    def _through(self, elements: Ints, shape: Shape, sides: list[tuple[int | None, Ints]]) -> Cells:
        """The cells of every edge at these elements: each factor multiplies the rows by what fits."""
        places = np.unravel_index(elements, shape) if shape else ()
        rows, cells = np.arange(len(elements)), list[Ints]()
        for f, (axis, coordinates) in zip(self.factors, sides, strict=True):
            size = 1 if axis is None else shape[axis]
            numbers, starts, counts = f.lists(coordinates, size)
            at = np.zeros(len(rows), np.int64) if axis is None else places[axis][rows]
            times = counts[at]
            inner = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
            cells = [np.repeat(c, times) for c in cells]
            cells.append(numbers[np.repeat(starts[at], times) + inner])
            rows = np.repeat(rows, times)
        return cells

    def _edges(self, cells: Cells) -> Edges:
        count = len(cells[0]) if cells else 1
        input, output = (np.zeros(count, np.int64) for _ in range(2))
        into, out = _steps(self.input_shape), _steps(self.output_shape)
        for f, chosen in zip(self.factors, cells, strict=True):
            input += f.input[chosen] * (0 if f.input_axis is None else into[f.input_axis])
            output += f.output[chosen] * (0 if f.output_axis is None else out[f.output_axis])
        return ordered(input, output, self.weigh(cells, input, output))


def plain(extent: int, input_axis: int | None, output_axis: int | None) -> Factor:
    """A dimension that runs along whole axes: the identity, a sum, or a copy to every place."""
    along, nowhere = np.arange(extent), np.zeros(extent, np.int64)
    return Factor(
        nowhere if input_axis is None else along, input_axis, nowhere if output_axis is None else along, output_axis
    )


def _steps(shape: Shape) -> list[int]:
    """How many elements lie between neighbours along each axis, row-major."""
    return [math.prod(shape[d + 1 :]) for d in range(len(shape))]
