"""Operations on whole matrices: every number of the result depends on every number of the operand in the same batch.

Nothing but the vjp is stated. Edges come from unit vectors: one pass gives an output place's edges in all batches.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.formula import Operand
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.relation.affine import Affine, Axes, Coordinates
from app.engine.relation.elementwise import aligned
from app.engine.relation.listed import Listed
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Whole(Structure):
    """`rule(xp, g, inputs, outputs, j, **params)` is the vjp of this input from output j.

    `params["batch"]`: how many leading dims of the outputs are batch dims; an input's may be stretched.
    `tex` writes the vjp.
    """

    name: ClassVar[str] = "implicit"
    tex: str = r"J_{ji}"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        share = self._share(xp, g, call, call.inputs, j)
        shape = tuple(call.inputs[k].shape)
        return share if share is None or tuple(share.shape) == shape else xp.sum_to(share, shape=shape)

    def _share(self, xp: Any, g: Any, call: Call, inputs: tuple[Any, ...], j: int) -> Any:
        assert self.rule is not None
        return self.rule(xp, g, inputs, call.outputs, j, **{n: call.params[n] for n in self.wants})

    def relation(self, call: Call, k: int, j: int) -> Affine | Listed:
        x, y, rank = call.inputs[k], call.outputs[j], call.params["batch"]
        if not y.size or not x.size:
            none = np.zeros(0, np.int64)
            return Listed(none, none, np.zeros(0, y.dtype), x.size, y.size)
        batch, made = y.shape[:rank], y.shape[rank:]
        own = self._block(call, k)
        block = x.shape[x.ndim - own :]
        first = rank + len(block)
        along = aligned(x.shape[: x.ndim - own], batch)
        into: Axes = (*along, *range(rank, first))
        out: Axes = (*range(rank), *range(first, first + len(made)))
        finder = _Weights(self, call, k, j, (*batch, *block), made)

        def weigh(mesh: Coordinates) -> Array:
            return finder.at(mesh[:rank], mesh[rank:first], mesh[first:])

        return Affine((*batch, *block, *made), x.shape, into, y.shape, out, weigh)

    @staticmethod
    def _block(call: Call, k: int) -> int:
        """How many dims of this input are no batch dims: 2, or what `params["blocks"]` says."""
        blocks = call.params.get("blocks")
        return 2 if blocks is None else int(blocks[k])

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), r"J_{ji}")

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return self.saves


@dataclass
class _Weights:
    """The rows of the Jacobian that are asked for, one backward pass per output place."""

    structure: Whole
    call: Call
    k: int
    j: int
    shape: Shape
    made: Shape

    def at(self, batch: Coordinates, block: Coordinates, out: Coordinates) -> Array:
        shape = np.broadcast_shapes(*(m.shape for m in (*batch, *block, *out))) if batch or block or out else ()
        y = self.call.outputs[self.j]
        places = np.broadcast_to(_flat(out, self.made), shape).reshape(-1)
        cells = np.broadcast_to(_flat([*batch, *block], self.shape), shape).reshape(-1)
        weights = np.empty(len(places), y.dtype)
        if not len(places):
            return weights.reshape(shape)
        order = np.argsort(places, kind="stable")
        found, starts = np.unique(places[order], return_index=True)
        for place, mine in zip(found, np.split(order, starts[1:]), strict=True):
            weights[mine] = self._row(int(place))[cells[mine]]
        return weights.reshape(shape)

    def _row(self, place: int) -> Array:
        """∂(output at this place) / ∂(every input of its batch), for all batches."""
        y = self.call.outputs[self.j]
        unit = np.zeros((y.size // max(math.prod(self.made), 1), math.prod(self.made)), y.dtype)
        unit[:, place] = 1
        inputs = list(self.call.inputs)
        inputs[self.k] = np.broadcast_to(inputs[self.k], self.shape)
        with np.errstate(all="ignore"):
            share = self.structure._share(RAW, unit.reshape(y.shape), self.call, tuple(inputs), self.j)
        row = np.zeros(self.shape) if share is None else share
        return np.asarray(np.broadcast_to(row, self.shape)).reshape(-1)


def _flat(mesh: Coordinates, shape: Shape) -> Array:
    index = np.zeros((), np.int64)
    for place, n in zip(mesh, shape, strict=True):
        index = index * n + place
    return index
