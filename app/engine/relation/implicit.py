"""Implicit relations: the vjp is all that is stated, and edges come from unit vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.relation.listed import Listed
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Implicit(Structure):
    """`rule(xp, g, *inputs, y, **params)` is the vjp of this input."""

    name: ClassVar[str] = "implicit"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        assert self.rule is not None
        return self.rule(xp, g, *call.inputs, call.outputs[j], **{n: call.params[n] for n in self.wants})

    def relation(self, call: Call, k: int, j: int) -> Listed:
        """One vjp per output element; an input takes part where the derivative is not 0."""
        y = call.outputs[j]
        rows = [np.ravel(self.vjp(RAW, unit(y, o), call, k, j)) for o in range(y.size)]
        jacobian = np.stack(rows) if rows else np.empty((0, call.inputs[k].size), y.dtype)
        outputs, inputs = np.nonzero(jacobian)
        return Listed(inputs, outputs, jacobian[outputs, inputs], call.inputs[k].size, y.size)

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), r"J_{ji}")

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return self.saves


def unit(y: Array, place: int) -> Array:
    """1 at one element, 0 elsewhere."""
    vector = np.zeros(y.size, y.dtype)
    vector[place] = 1
    return vector.reshape(y.shape)
