"""Two halves of one tensor that meet place by place: each output element reads one element of either half."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand, symbol
from app.engine.namespaces import FORMULAS, RAW
from app.engine.node import Call
from app.engine.relation.listed import Listed
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Halves(Structure):
    """`rule(xp, a, b)` gives (∂o/∂a, ∂o/∂b) for the first and the second half along `params["dim"]`."""

    name: ClassVar[str] = "explicit"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        assert self.rule is not None
        x, dim = call.inputs[k], call.params["dim"]
        places = np.arange(int(np.prod(x.shape))).reshape(x.shape)
        total = None
        for part, slope in zip(np.split(places, 2, dim), self._slopes(xp, x, dim), strict=True):
            share = xp.place(g * slope, source=part.reshape(-1), shape=tuple(x.shape))
            total = share if total is None else total + share
        return total

    def _slopes(self, xp: Any, x: Any, dim: int) -> tuple[Any, Any]:
        assert self.rule is not None
        places = np.arange(int(np.prod(x.shape))).reshape(x.shape)
        a, b = (
            xp.pick(x, source=part.reshape(-1), shape=tuple(part.shape)) for part in np.split(places, 2, dim)
        )  # fmt: skip
        slopes: tuple[Any, Any] = self.rule(xp, a, b)
        return slopes

    def relation(self, call: Call, k: int, j: int) -> Listed:
        x, y, dim = call.inputs[k], call.outputs[j], call.params["dim"]
        parts = [part.reshape(-1) for part in np.split(np.arange(x.size).reshape(x.shape), 2, dim)]
        weights: list[Array] = [np.asarray(slope, y.dtype).reshape(-1) for slope in self._slopes(RAW, x, dim)]
        into = np.arange(y.size)
        return Listed(np.concatenate(parts), np.concatenate([into, into]), np.concatenate(weights), x.size, y.size)

    def local(self, call: Call, k: int, j: int) -> Local:
        assert self.rule is not None
        first, second = self.rule(FORMULAS, symbol("a"), symbol("b"))
        return everywhere(call, k, j, ("i", "j"), rf"\left\{{{first},\; {second}\right\}}")

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset({("input", k)})
