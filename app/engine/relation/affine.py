"""Affine relations: an edge space laid over both tensors.

The edge space has one cell per joined pair. Each axis of the input and of the output is one of its dimensions,
or none (the axis has size 1 there, or is broadcast). Dimensions that both tensors have number the units;
those of the input alone are the fan-in, those of the output alone the fan-out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.engine.arrays import Array
from app.engine.relation.edges import NO_UNITS, Edges, Ints, Units, kind_of, ordered

Coordinates = list[Array]
Axes = tuple[int | None, ...]
"""For each axis of a tensor the dimension of the edge space that runs along it."""


@dataclass(frozen=True)
class Affine:
    """A relation whose edge space is a box of the given extents.

    `weigh(coordinates)` gives the weights at cells (arrays that broadcast together, one per dimension).
    `triangle` = (i, j): only cells with coordinate i ≤ coordinate j exist (cumulative operations).
    """

    extents: tuple[int, ...]
    input_shape: tuple[int, ...]
    input_axes: Axes
    output_shape: tuple[int, ...]
    output_axes: Axes
    weigh: Callable[[Coordinates], Array]
    triangle: tuple[int, int] | None = None

    @cached_property
    def _shared(self) -> list[int]:
        both = set(self.input_axes) & set(self.output_axes)
        return [d for d in range(len(self.extents)) if d in both]

    @cached_property
    def _fan_in(self) -> int:
        return math.prod(n for d, n in enumerate(self.extents) if d not in self.output_axes)

    @cached_property
    def _fan_out(self) -> int:
        return math.prod(n for d, n in enumerate(self.extents) if d not in self.input_axes)

    @property
    def count(self) -> int:
        if self.triangle is None:
            return math.prod(self.extents)
        n = self.extents[self.triangle[0]]
        lanes = math.prod(n for d, n in enumerate(self.extents) if d not in self.triangle)
        return lanes * (n * (n + 1) // 2)

    @property
    def kind(self) -> str | None:
        return kind_of(self._fan_in > 1, self._fan_out > 1) if self.count else None

    @property
    def units(self) -> Units:
        if not self.count:
            return NO_UNITS
        return Units(math.prod(self.extents[d] for d in self._shared), self._fan_in, self._fan_out)

    def edges(self) -> Edges:
        return self._at(self._mesh({}))

    def of_outputs(self, outputs: Ints) -> Edges:
        return self._at(self._mesh(self._fixed(outputs, self.output_shape, self.output_axes)))

    def of_inputs(self, inputs: Ints) -> Edges:
        return self._at(self._mesh(self._fixed(inputs, self.input_shape, self.input_axes)))

    def head(self, limit: int) -> Edges | None:
        if self.count <= limit:
            return self.edges()
        units = self.units.count
        whole = limit // (self.count // units)
        if not whole:
            return None
        shared = self._shared
        numbers = np.unravel_index(np.arange(whole), [self.extents[d] for d in shared])
        return self._at(self._mesh(dict(zip(shared, numbers, strict=True))))

    def _fixed(self, elements: Ints, shape: tuple[int, ...], axes: Axes) -> dict[int, Array]:
        """The coordinates that given elements of a tensor fix, one row per element."""
        places: Sequence[Array] = np.unravel_index(elements, shape) if shape else ()
        fixed: dict[int, Array] = {}
        meet = np.ones(len(elements), bool)
        for d, place in zip(axes, places, strict=True):
            if d is not None:  # two axes along one dimension: only the diagonal takes part
                meet &= fixed.setdefault(d, place) == place
        if not meet.all():
            fixed = {d: place[meet] for d, place in fixed.items()}
        return fixed or {-1: np.zeros(len(elements), np.intp)}

    def _mesh(self, fixed: dict[int, Array]) -> Coordinates:
        """Open coordinate grids: fixed dimensions run together along the first axis, each free one along its own."""
        free = [d for d in range(len(self.extents)) if d not in fixed]
        rank = len(free) + bool(fixed)
        mesh: Coordinates = [np.empty(0)] * len(self.extents)
        for d, places in fixed.items():
            if d >= 0:
                mesh[d] = places.reshape((-1,) + (1,) * len(free))
        for position, d in enumerate(free):
            axis = position + bool(fixed)
            mesh[d] = np.arange(self.extents[d]).reshape((-1,) + (1,) * (rank - axis - 1))
        return mesh

    def _at(self, mesh: Coordinates) -> Edges:
        shape = np.broadcast_shapes(*(m.shape for m in mesh)) if mesh else ()
        spread = [np.broadcast_to(column, shape) for column in (
            self._flat(mesh, self.input_shape, self.input_axes),
            self._flat(mesh, self.output_shape, self.output_axes),
            self.weigh(mesh),
        )]  # fmt: skip
        if self.triangle is not None:
            i, j = self.triangle
            keep = np.broadcast_to(mesh[i] <= mesh[j], shape)
            return ordered(*(column[keep] for column in spread))
        return ordered(*(column.reshape(-1) for column in spread))

    @staticmethod
    def _flat(mesh: Coordinates, shape: tuple[int, ...], axes: Axes) -> Array:
        """Row-major element indices at the cells."""
        index = np.zeros((), np.int64)
        for n, d in zip(shape, axes, strict=True):
            index = index * n if d is None else index * n + mesh[d]
        return index


def at(array: Array, axes: Axes, mesh: Coordinates) -> Array:
    """The elements of `array`, whose axes run along the given dimensions, at the cells."""
    return array[tuple(0 if d is None else mesh[d] for d in axes)] if axes else array
