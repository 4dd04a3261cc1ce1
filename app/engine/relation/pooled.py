"""Maximum pools: an output takes part with its whole window, of which one element counts, the first largest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.edges import Ints
from app.engine.relation.product import Cells, Factor, Product, plain
from app.engine.relation.structure import Local, Structure, Symbol, equation

Tables = tuple[Array, ...]
"""One per pooled dim: table[output place, place in the window] = input place, or −1 where there is none."""


def largest(x: Array, tables: Tables) -> tuple[Array, Array]:
    """The largest element of every window and its place in the plane of the pooled dims.

    The first of equal ones; nan counts as largest, the last of several (as PyTorch's loop has it).
    """
    sizes = x.shape[x.ndim - len(tables) :]
    best: Any = None
    index: Any = None
    for place in product(*(range(t.shape[1]) for t in tables)):
        columns = [t[:, h] for t, h in zip(tables, place, strict=True)]
        value, there, number = _looked_at(x, columns, sizes)
        if best is None:
            best, index, found = np.full(value.shape, -np.inf), number, np.broadcast_to(there, value.shape)
            best = np.where(there, value, best)
            continue
        better = there & ((value > best) | np.isnan(value) | ~found)
        best, index = np.where(better, value, best), np.where(better, number, index)
        found = found | there
    return np.ascontiguousarray(best).astype(x.dtype), np.ascontiguousarray(index).astype(np.int64)


def _looked_at(x: Array, columns: list[Array], sizes: tuple[int, ...]) -> tuple[Array, Array, Array]:
    """(the elements at one place of every window, whether there is any, its number in the plane)."""
    mesh = np.ix_(*columns)
    there = np.ones((), bool)
    number: Array = np.zeros((), np.int64)
    for place, size in zip(mesh, sizes, strict=True):
        there = there & (place >= 0)
        number = number * size + place
    index: Any = (..., *mesh)
    value = x[index]
    return value, there, np.broadcast_to(number, value.shape)


@dataclass(frozen=True, kw_only=True)
class Pooled(Structure):
    """`params["tables"]` say what each window looks at."""

    name: ClassVar[str] = "reduction"
    selects: bool = True

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        x = call.inputs[k]
        return xp.place(g, source=self._source(getattr(x, "array", x), call), shape=tuple(x.shape))

    def _source(self, x: Array, call: Call) -> Ints:
        """For each output element the input element that it is."""
        tables = call.params["tables"]
        _, index = largest(x, tables)
        plane = math.prod(x.shape[x.ndim - len(tables) :])
        lead = x.shape[: x.ndim - len(tables)]
        first = np.arange(math.prod(lead)).reshape(*lead, *(1 for _ in tables)) * plane
        return np.asarray(index + first).reshape(-1)

    def relation(self, call: Call, k: int, j: int) -> Product:
        x, y, tables = call.inputs[k], call.outputs[j], call.params["tables"]
        lead = x.ndim - len(tables)
        factors = [plain(n, d, d) for d, n in enumerate(x.shape[:lead])]
        for d, table in enumerate(tables, start=lead):
            output, place = np.nonzero(table >= 0)
            factors.append(Factor(table[output, place], d, output, d))
        taken: list[Ints] = []

        def weigh(cells: Cells, input: Ints, output: Ints) -> Array:
            if not taken:
                taken.append(self._source(x, call))
            return np.asarray(taken[0][output] == input, y.dtype)

        return Product(tuple(factors), x.shape, y.shape, weigh)

    def local(self, call: Call, k: int, j: int) -> Local:
        weight = r"[i = \operatorname{index}_j]"
        return Local(equation(call, k, j, ("i", "j"), weight), (Symbol("all", weight),))

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset({("input", k)})
