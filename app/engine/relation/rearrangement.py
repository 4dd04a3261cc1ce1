"""Rearrangements: reshape, permute, index, cat, repeat, where, tril … copy elements and state nothing but that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.namespaces import OPERATIONS
from app.engine.node import Call
from app.engine.relation.labels import Labelled
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Rearrangement(Structure):
    """Weight 1 from the element that each output copies, found by running the operation's forward on labels.

    `operation` names that forward. `keeps` are the inputs that say where things go (indices, masks): they are
    saved for backward, and stay numbers when the others become labels.
    """

    name: ClassVar[str] = "rearrangement"
    operation: str
    keeps: tuple[int, ...] = ()

    def source(self, call: Call, k: int, j: int) -> Array:
        """For each output element the input element that it copies, -1 for none; row-major."""
        # Few shapes, but perhaps hundreds of inputs, each of which is asked about all of them.
        blank = {shape: np.zeros(shape, np.int64) for shape in {x.shape for x in call.inputs}}
        marked = [x if n in self.keeps else blank[x.shape] for n, x in enumerate(call.inputs)]
        marked[k] = labels(call.inputs[k].shape)
        made = OPERATIONS[self.operation].forward(*marked, **call.params)
        copied: Array = made[j] if isinstance(made, tuple) else made
        return copied.reshape(-1) - 1

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        return xp.place(g, source=self.source(_numbers(call), k, j), shape=tuple(call.inputs[k].shape))

    def relation(self, call: Call, k: int, j: int) -> Labelled:
        return Labelled(self.source(call, k, j), np.ones((), call.outputs[j].dtype))

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), "1")

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return self.saves | frozenset(("input", n) for n in self.keeps)


def labels(shape: tuple[int, ...]) -> Array:
    """1, 2, 3 … in the given shape; 0 is left for "no element"."""
    return np.arange(1, int(np.prod(shape, dtype=np.int64)) + 1).reshape(shape)


def _numbers(call: Call) -> Call:
    """The call on arrays, also when it was made on tensors: labels need shapes and indices only."""
    return Call(tuple(getattr(x, "array", x) for x in call.inputs), call.outputs, call.params)
