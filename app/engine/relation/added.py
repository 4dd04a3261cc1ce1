"""Sources that are added into places: each element of the source goes to one output element, with one weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.listed import Listed
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Added(Structure):
    """Element k of the source is added to output element `places(*arrays, **params)[k]`; −1 leaves it out.

    The weight is `params["alpha"]` where there is one.
    """

    name: ClassVar[str] = "explicit"
    places: Callable[..., Array]
    keeps: tuple[int, ...]

    def _to(self, call: Call) -> Array:
        arrays = tuple(getattr(x, "array", x) for x in call.inputs)
        return self.places(*arrays, **call.params).reshape(-1)

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        share = xp.pick(g, source=self._to(call), shape=tuple(call.inputs[k].shape))
        alpha = call.params.get("alpha", 1)
        return share if alpha == 1 else share * alpha

    def relation(self, call: Call, k: int, j: int) -> Listed:
        to = self._to(call)
        taken = np.flatnonzero(to >= 0)
        weight = np.full(len(taken), call.params.get("alpha", 1), call.outputs[j].dtype)
        return Listed(taken, to[taken], weight, call.inputs[k].size, call.outputs[j].size)

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), f"{call.params.get('alpha', 1):g}")

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset(("input", n) for n in self.keeps)
