"""Relations put together: a write into part of a tensor is the write's own relation inside and the identity outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.relation.edges import NO_UNITS, Edges, Ints, Relation, Units, empty, kind_of, ordered


@dataclass(frozen=True)
class Moved:
    """A relation between parts of two larger tensors: element k of the part is element `input[k]` of the whole.

    `None` leaves that side as it is.
    """

    inner: Relation
    input: Ints | None
    output: Ints | None

    @property
    def count(self) -> int:
        return self.inner.count

    @property
    def kind(self) -> str | None:
        return self.inner.kind

    @property
    def units(self) -> Units:
        return self.inner.units

    def edges(self) -> Edges:
        return self._out(self.inner.edges())

    def of_outputs(self, outputs: Ints) -> Edges:
        return self._out(self.inner.of_outputs(_inside(outputs, self.output)))

    def of_inputs(self, inputs: Ints) -> Edges:
        return self._out(self.inner.of_inputs(_inside(inputs, self.input)))

    def head(self, limit: int) -> Edges | None:
        edges = self.inner.head(limit)
        return None if edges is None else self._out(edges)

    def _out(self, edges: Edges) -> Edges:
        return ordered(_whole(edges.input, self.input), _whole(edges.output, self.output), edges.weight)


@dataclass(frozen=True)
class Union:
    """Several relations with disjoint edges and no shared elements, seen as one."""

    parts: tuple[Relation, ...]

    @property
    def _present(self) -> list[Relation]:
        return [part for part in self.parts if part.count]

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def kind(self) -> str | None:
        kinds = [part.kind or "" for part in self._present]
        if not kinds:
            return None
        return kind_of(any(k.startswith("many") for k in kinds), any(k.endswith("many") for k in kinds))

    @property
    def units(self) -> Units:
        present = self._present
        if not present:
            return NO_UNITS
        first = present[0].units
        return Units(sum(part.units.count for part in present), first.inputs, first.outputs)

    def edges(self) -> Edges:
        return _joined([part.edges() for part in self.parts])

    def of_outputs(self, outputs: Ints) -> Edges:
        return _joined([part.of_outputs(outputs) for part in self.parts])

    def of_inputs(self, inputs: Ints) -> Edges:
        return _joined([part.of_inputs(inputs) for part in self.parts])

    def head(self, limit: int) -> Edges | None:
        taken: list[Edges] = []
        for part in self._present:
            edges = part.head(limit - sum(e.count for e in taken))
            if edges is None:
                break
            taken.append(edges)
        return _joined(taken) if taken or not self.count else None


def _inside(elements: Ints, places: Ints | None) -> Ints:
    """The part's numbers of those elements of the whole that lie in it."""
    if places is None:
        return elements
    order = np.argsort(places)
    at = np.searchsorted(places, elements, sorter=order)
    at = np.minimum(at, max(len(places) - 1, 0))
    if not len(places):
        return np.empty(0, np.int64)
    found = order[at]
    inside: Ints = found[places[found] == elements]
    return inside


def _whole(elements: Ints, places: Ints | None) -> Ints:
    return elements if places is None else places[elements]


def _joined(edges: list[Edges]) -> Edges:
    if not edges:
        return empty(np.dtype(np.float32))
    return ordered(
        np.concatenate([e.input for e in edges]),
        np.concatenate([e.output for e in edges]),
        np.concatenate([e.weight for e in edges]),
    )
