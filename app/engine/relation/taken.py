"""Relations that an index decides, with constant weights: losses of a class, rows of an embedding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.listed import Listed
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Taken(Structure):
    """Edge e goes from input element `params["source"][e]` to output element `params["into"][e]`.

    Its weight is `params["weights"][e]`, or 1 where that is None; what goes the same way twice adds up. `tex(params)`
    writes it. The transpose is the same with source and into exchanged: the vjp is `tap`, whose structure this is.
    """

    name: ClassVar[str] = "explicit"
    tex: Callable[[dict[str, Any]], str] = lambda params: "1"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        p = call.params
        return xp.tap(g, source=p["into"], into=p["source"], weights=p["weights"], shape=tuple(call.inputs[k].shape))

    def relation(self, call: Call, k: int, j: int) -> Listed:
        p, y = call.params, call.outputs[j]
        weights = p["weights"]
        column = np.ones(len(p["source"]), y.dtype) if weights is None else np.asarray(weights, y.dtype)
        pair = p["into"] * call.inputs[k].size + p["source"]
        found, first, edge = np.unique(pair, return_index=True, return_inverse=True)
        if len(found) == len(pair):
            return Listed(p["source"], p["into"], column, call.inputs[k].size, y.size)
        total = np.bincount(edge, column).astype(y.dtype)
        return Listed(p["source"][first], p["into"][first], total, call.inputs[k].size, y.size)

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), self.tex(call.params))

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return self.saves
