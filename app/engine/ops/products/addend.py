"""A product with something added: beta · c + alpha · a b as one operation."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array, Shape
from app.engine.operation import Operation
from app.engine.ops.internal import contract
from app.engine.relation.contracting import Spec
from app.engine.relation.contraction import Contraction
from app.engine.relation.elementwise import Elementwise


def with_addend(name: str, tex: str, example: str | None = None) -> Operation:
    """beta · c + alpha · a b, which PyTorch has as one node."""

    def forward(c: Array, a: Array, b: Array, *, spec: Spec, shape: Shape, beta: float = 1, alpha: float = 1) -> Any:
        made = contract.forward(a, b, spec=spec, shape=shape, alpha=alpha)
        if beta == 0:
            return made
        return np.asarray((c if beta == 1 else c * c.dtype.type(beta)) + made)

    def complete(arrays: tuple[Array, ...], params: dict[str, Any]) -> dict[str, Any]:
        return {"beta": 1, "alpha": 1, **params}

    return Operation(
        name, forward,
        [Elementwise(rule=lambda xp, c, a, b, o, *, beta: beta), Contraction(first=1), Contraction(first=1)],
        tex=lambda c, a, b, *, beta=1, alpha=1, **_: formula.wrapped(
            ("" if beta == 1 else rf"{beta:g}\,") + "@1 + " + ("" if alpha == 1 else rf"{alpha:g}\,") + tex, c, a, b
        ),
        cost=lambda c, a, b, *, spec, shape, **_: contract.cost(a, b, spec=spec, shape=shape),
        complete=complete, shows=("beta",), example=example,
    )  # fmt: skip


addmm = with_addend("addmm", r"@2\,@3")
