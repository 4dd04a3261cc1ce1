"""Choices along one dim: output 0 copies, lane by lane, the elements that output 1 names (sort, topk, median …)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.labels import Labelled
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Chosen(Structure):
    """Weight 1 from the element at `outputs[1]` along `params["dim"]`; the index may have lost that dim."""

    name: ClassVar[str] = "rearrangement"

    def source(self, call: Call) -> Array:
        """For each output element the input element that it copies; row-major."""
        index, shape, dim = getattr(call.outputs[1], "array", call.outputs[1]), call.inputs[0].shape, call.params["dim"]
        if not shape:
            return np.zeros(index.size, np.int64)
        whole = index if index.ndim == len(shape) else np.expand_dims(index, dim)
        places: list[Array] = list(np.indices(whole.shape, sparse=True))
        places[dim] = whole
        flat = np.ravel_multi_index(tuple(np.broadcast_arrays(*places)), tuple(shape)) if whole.size else whole
        return np.asarray(flat, np.int64).reshape(-1)

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        return xp.place(g, source=self.source(call), shape=tuple(call.inputs[k].shape))

    def relation(self, call: Call, k: int, j: int) -> Labelled:
        return Labelled(self.source(call), np.ones((), call.outputs[j].dtype))

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), "1")

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset({("output", 1)})
