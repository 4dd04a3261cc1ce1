"""Reductions: every input element takes part in one output element, that of its place outside the reduced dims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.relation.affine import Affine, Axes, Coordinates, at
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Reduction(Structure):
    """weight[input place] = rule, which sees the outputs with the reduced dims kept as size 1.

    The call's parameters hold `dims` (sorted, non-negative; every dim when the whole tensor is reduced).
    """

    name: ClassVar[str] = "reduction"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        shape = tuple(call.inputs[k].shape)
        kept = kept_shape(shape, call.params["dims"])
        outputs = tuple(xp.reshape(y, shape=kept) for y in call.outputs) if self.rule is not None else ()
        share = self.passed(xp, xp.reshape(g, shape=kept), call, outputs)
        if share is None:
            return None
        return share if tuple(share.shape) == shape else xp.expand(share, shape=shape)

    def relation(self, call: Call, k: int, j: int) -> Affine:
        x, y, dims = call.inputs[k], call.outputs[j], call.params["dims"]
        kept = kept_shape(x.shape, dims)
        outputs = tuple(o.reshape(kept) for o in call.outputs)
        stated = self.weight(RAW, call, outputs)
        weight = np.broadcast_to(np.asarray(0 if stated is None else stated, y.dtype), x.shape)
        every: Axes = tuple(range(x.ndim))

        def weigh(mesh: Coordinates) -> Array:
            return at(weight, every, mesh)

        return Affine(x.shape, x.shape, every, y.shape, remaining(x.shape, y.shape, dims), weigh)

    def local(self, call: Call, k: int, j: int) -> Local:
        stated = self.on_symbols(call, "i", "j")
        return everywhere(call, k, j, ("i", "j"), 0 if stated is None else stated)


def kept_shape(shape: tuple[int, ...], dims: tuple[int, ...]) -> tuple[int, ...]:
    """The shape with the reduced dims as size 1."""
    return tuple(1 if d in dims else n for d, n in enumerate(shape))


def remaining(shape: tuple[int, ...], result: tuple[int, ...], dims: tuple[int, ...]) -> Axes:
    """Which input dimension each axis of the result runs along, with keepdim or without."""
    if len(result) == len(shape):
        return tuple(None if d in dims and shape[d] != 1 else d for d in range(len(shape)))
    return tuple(d for d in range(len(shape)) if d not in dims)
