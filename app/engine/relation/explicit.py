"""Scatter-like relations, the transposes of rearrangements: each input element goes to one output place, and adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.node import Call
from app.engine.relation.listed import Listed
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Placement(Structure):
    """Element k goes to output element `params["source"][k]` with weight 1; -1 goes nowhere."""

    name: ClassVar[str] = "explicit"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        return xp.pick(g, source=call.params["source"], shape=tuple(call.inputs[k].shape))

    def relation(self, call: Call, k: int, j: int) -> Listed:
        source = call.params["source"]
        taken = np.flatnonzero(source >= 0)
        weight = np.ones(len(taken), call.outputs[j].dtype)
        return Listed(taken, source[taken], weight, call.inputs[k].size, call.outputs[j].size)

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), "1")
