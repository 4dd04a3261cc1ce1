"""Resampling along the last dims: every output element is a weighted sum over a box of input elements.

The weights are a product of one matrix per dim (average pools, adaptive pools, interpolation), divided by a number
per place. The transpose of such a map is another one, so it is its own derivative's mould.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.edges import Ints
from app.engine.relation.product import Cells, Factor, Product, plain
from app.engine.relation.structure import Local, Structure, everywhere

Matrices = tuple[Array, ...]


def resample(
    x: Array, *, matrices: Matrices, before: Array | None = None, after: Array | None = None, **_: Any
) -> Array:
    """(M₁ ⊗ M₂ ⊗ …)(x / before) / after over the last dims, each matrix (outputs, inputs); summed in double."""
    made = x.astype(np.float64) if before is None else x / before
    for d, matrix in enumerate(reversed(matrices), start=1):
        made = np.moveaxis(np.moveaxis(made, -d, -1) @ matrix.T, -1, -d)
    divided = made if after is None else np.trunc(made / after) if x.dtype.kind != "f" else made / after
    return np.ascontiguousarray(divided).astype(x.dtype)


@dataclass(frozen=True, kw_only=True)
class Resampled(Structure):
    """`params` are those of `resample`."""

    name: ClassVar[str] = "explicit"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        p = call.params
        turned = tuple(m.T for m in p["matrices"])
        return xp.resample(g, matrices=turned, before=p.get("after"), after=p.get("before"))

    def relation(self, call: Call, k: int, j: int) -> Product:
        x, y, p = call.inputs[k], call.outputs[j], call.params
        matrices: Matrices = p["matrices"]
        lead = len(x.shape) - len(matrices)
        factors = [plain(n, d, d) for d, n in enumerate(x.shape[:lead])]
        weights = []
        for d, matrix in enumerate(matrices, start=lead):
            output, input = np.nonzero(matrix)
            factors.append(Factor(input, d, output, d))
            weights.append(matrix[output, input])
        before, after = _spread(p.get("before"), x.shape), _spread(p.get("after"), y.shape)

        def weigh(cells: Cells, i: Ints, o: Ints) -> Array:
            weight = np.ones(len(i))
            for own, chosen in zip(weights, cells[lead:], strict=True):
                weight = weight * own[chosen]
            weight = weight if before is None else weight / before[i]
            return np.asarray(weight if after is None else weight / after[o], y.dtype)

        return Product(tuple(factors), x.shape, y.shape, weigh)

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return self.saves

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), r"w_{ji}")


def _spread(divisor: Array | None, shape: Shape) -> Array | None:
    """A divisor per element."""
    return None if divisor is None else np.broadcast_to(divisor, shape).reshape(-1)
