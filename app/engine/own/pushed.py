"""Edges of a learner's own function: what comes back when unit vectors are pushed through its backward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import LimitError, ProgramRaisedError, TorchError
from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.implicit import unit
from app.engine.relation.listed import Listed
from app.engine.relation.structure import Local, Structure, everywhere

if TYPE_CHECKING:
    from app.engine.own.operation import Own

PUSHES = 128
"""Outputs of so many elements are pushed one element at a time; of larger ones only what proves to be elementwise."""
CLOSE = {"float32": 1e-5, "float64": 1e-11}


@dataclass(frozen=True, kw_only=True, eq=False)
class Pushed(Structure):
    """The derivative with respect to one input, as the learner's backward has it."""

    name: ClassVar[str] = "implicit"
    own: Own

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        gradients: list[Array | None] = [None] * len(call.outputs)
        gradients[j] = g
        share = self.own.push(gradients)[k]
        return np.zeros_like(call.inputs[k]) if share is None else share

    def relation(self, call: Call, k: int, j: int) -> Listed:
        """Every pair of an elementwise function; else the pairs where the backward gives anything but 0."""
        found = self.rows(call, j)
        inputs, outputs = call.inputs[k].size, call.outputs[j].size
        if found is None:
            return Listed(_NONE, _NONE, np.empty(0, call.outputs[j].dtype), inputs, outputs)
        weight = found[k]
        if weight.ndim == 1:
            every = np.arange(outputs)
            return Listed(every, every, weight, inputs, outputs)
        to, at = np.nonzero(weight)
        return Listed(at, to, weight[to, at], inputs, outputs)

    def is_unknown(self, call: Call, j: int) -> bool:
        """Whether the edges could not be found: the output is too large, or the backward fails."""
        return self.rows(call, j) is None

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), r"J_{ji}")

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset()

    def rows(self, call: Call, j: int) -> list[Array] | None:
        """By input: its Jacobian (outputs × inputs), or its diagonal alone where the function is elementwise."""
        known = self.own.jacobians
        if j not in known:
            known[j] = self._found(call, j)
        return known[j]

    def _found(self, call: Call, j: int) -> list[Array] | None:
        try:
            return _elementwise(self, call, j) or _one_by_one(self, call, j)
        except (TorchError, ProgramRaisedError, LimitError, RecursionError):
            return None


_NONE = np.empty(0, np.int64)


def _shares(pushed: Pushed, call: Call, j: int, g: Array) -> list[Array]:
    gradients: list[Array | None] = [None] * len(call.outputs)
    gradients[j] = g
    shares = pushed.own.push(gradients)
    return [np.zeros_like(x) if s is None else s for s, x in zip(shares, call.inputs, strict=True)]


def _elementwise(pushed: Pushed, call: Call, j: int) -> list[Array] | None:
    """The diagonals, if two random vectors come back as the weights times the vectors, which else has chance 0."""
    y = call.outputs[j]
    if not y.size or any(x.shape != y.shape for x in call.inputs):
        return None
    weights = _shares(pushed, call, j, np.ones_like(y))
    random = np.random.default_rng(0)
    for _ in range(2):
        g = random.standard_normal(y.shape).astype(y.dtype)
        for weight, share in zip(weights, _shares(pushed, call, j, g), strict=True):
            if not np.allclose(share, weight * g, rtol=CLOSE[y.dtype.name], atol=0, equal_nan=True):
                return None
    return [weight.reshape(-1) for weight in weights]


def _one_by_one(pushed: Pushed, call: Call, j: int) -> list[Array] | None:
    y = call.outputs[j]
    if y.size > PUSHES:
        return None
    rows = [_shares(pushed, call, j, unit(y, o)) for o in range(y.size)]
    return [
        np.stack([row[k].reshape(-1) for row in rows]) if rows else np.empty((0, x.size), y.dtype)
        for k, x in enumerate(call.inputs)
    ]
