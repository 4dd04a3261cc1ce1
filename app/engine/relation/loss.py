"""Losses: a function of the elements at each place, then a mean, a sum, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.relation.affine import Affine, Axes, Coordinates, at
from app.engine.relation.reduction import Reduction, kept_shape, remaining
from app.engine.relation.structure import Local, everywhere


@dataclass(frozen=True, kw_only=True)
class Loss(Reduction):
    """The rule is ∂ℓ/∂x at one place; `params["n"]` divides it: the number of terms of a mean, 1 otherwise.

    `params["dims"]` are the dims that are summed: all of a mean or a sum, none (or those of a row) otherwise.
    """

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        shape = tuple(call.inputs[k].shape)
        upstream = g if tuple(g.shape) == shape else xp.reshape(g, shape=kept_shape(shape, call.params["dims"]))
        share = upstream * self.weight(xp, call)
        return share if tuple(share.shape) == shape else xp.expand(share, shape=shape)

    def weight(self, xp: Any, call: Call, outputs: tuple[Any, ...] | None = None) -> Any:
        n = call.params["n"]
        slope = super().weight(xp, call, outputs)
        return slope if n == 1 else slope * xp.ratio(1, n)

    def relation(self, call: Call, k: int, j: int) -> Affine:
        x, y, dims = call.inputs[k], call.outputs[j], call.params["dims"]
        weight = np.broadcast_to(np.asarray(self.weight(RAW, call), y.dtype), x.shape)
        every: Axes = tuple(range(x.ndim))

        def weigh(mesh: Coordinates) -> Array:
            return at(weight, every, mesh)

        return Affine(x.shape, x.shape, every, y.shape, remaining(x.shape, y.shape, dims), weigh)

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "i"), self.on_symbols(call))
