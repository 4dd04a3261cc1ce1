"""Writes into a region of a tensor: the written operation's own relation inside the region, the identity outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.relation.edges import Relation
from app.engine.relation.labels import Labelled
from app.engine.relation.structure import Local, Structure, everywhere
from app.engine.relation.union import Moved, Union

PARTS = r"\begin{cases} @1 & i \text{ written} \\ 1 & \text{else} \end{cases}"


@dataclass(frozen=True, kw_only=True)
class Write(Structure):
    """`inner` is the operation's structure for this input; `places` are the region's elements within the base.

    The outer call is (base, other inputs …) → base; the inner one (region, other inputs …) → region.
    """

    name: ClassVar[str] = "rearrangement"
    inner: Structure
    places: Array

    @property
    def _flat(self) -> Array:
        return self.places.reshape(-1)

    def _inside(self, xp: Any, call: Call) -> Call:
        region = {"source": self._flat, "shape": self.places.shape}
        old, new = xp.pick(call.inputs[0], **region), xp.pick(call.outputs[0], **region)
        return Call((old, *call.inputs[1:]), (new,), call.params)

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        written = xp.pick(g, source=self._flat, shape=self.places.shape)
        share = self.inner.vjp(xp, written, self._inside(xp, call), k, 0)
        if k:
            return share
        outside = xp.cleared(g, places=self._flat)
        return outside + xp.place(share, source=self._flat, shape=tuple(call.inputs[0].shape))

    def relation(self, call: Call, k: int, j: int) -> Relation:
        inner = self.inner.relation(self._inside(RAW, call), k, 0)
        if k:
            return Moved(inner, None, self._flat)
        kept = np.arange(call.inputs[0].size)
        kept[self._flat] = -1
        return Union((Labelled(kept, np.ones((), call.outputs[0].dtype)), Moved(inner, self._flat, self._flat)))

    def local(self, call: Call, k: int, j: int) -> Local:
        """The region is named by the tensor it is part of: both have an element at the edge's place."""
        inner = self.inner.local(call, k, 0)
        weight = inner.symbols[0].tex
        if k or len(inner.symbols) > 1 or self.places.size == call.inputs[0].size:
            return inner
        if not self.inner.relation(self._inside(RAW, call), 0, 0).count:
            return everywhere(call, 0, 0, ("i", "i"), "1")
        return inner if weight == "1" else everywhere(call, 0, 0, ("i", "i"), PARTS.replace("@1", weight))

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return self.inner.reads(self._inside(RAW, call), k)
