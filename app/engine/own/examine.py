"""Is a learner's backward the derivative of its forward? Central differences in double precision tell.

The tolerance is gradcheck's: |analytic − numeric| ≤ atol + rtol·|numeric|. Where the function has a kink, every slope
between those of its two sides is one that a backward may give (a subgradient), as PyTorch's own relu does at 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import LimitError, ProgramRaisedError, TorchError
from app.engine.own.operation import Own
from app.engine.own.pushed import Pushed

STEP = 1e-6
ATOL, RTOL = 1e-5, 1e-3
CHECKED = 48
"""How many elements of the inputs are moved; the others are not looked at."""


@dataclass(frozen=True)
class Difference:
    """The worst edge of one relation: its elements, the learner's weight and the difference quotient."""

    input: int
    output: int
    weight: float
    quotient: float


@dataclass(frozen=True)
class Examined:
    """By (input, output): the worst difference. `checked` of `elements` input elements were moved."""

    checked: int
    elements: int
    worst: dict[tuple[int, int], Difference]
    is_linear: bool


def examine(own: Own) -> Examined | None:
    """Compare backward with forward; None where either cannot be run again or the edges are not known."""
    if own.examined is False:
        try:
            own.examined = _examined(own)
        except (TorchError, ProgramRaisedError, LimitError, RecursionError, FloatingPointError):
            own.examined = None
    found: Examined | None = own.examined
    return found


def _examined(own: Own) -> Examined | None:
    assert own.node is not None
    call = own.node.call
    exact = [np.asarray(x, np.float64) if x.dtype.kind == "f" else x for x in call.inputs]
    base = own.rerun(exact)
    if any(y.dtype.kind == "f" and y.dtype != np.float64 for y in base) or len(base) != len(call.outputs):
        return None
    places = [(k, i) for k, s in enumerate(own.structures) if s is not None for i in range(exact[k].size)]
    chosen = places if len(places) <= CHECKED else places[:: -(-len(places) // CHECKED)]
    worst: dict[tuple[int, int], Difference] = {}
    for k, i in chosen:
        sides = [own.rerun(_moved(exact, k, i, step)) for step in (STEP, -STEP)]
        for j, y in enumerate(base):
            if y.dtype.kind == "f" and j not in own.fixed:
                _compare(own, (k, i, j), y, sides[0][j], sides[1][j], worst)
    return Examined(len(chosen), len(places), worst, _is_linear(own))


def _moved(arrays: list[Array], k: int, i: int, step: float) -> list[Array]:
    moved = arrays[k].copy()
    moved.reshape(-1)[i] += step
    return [*arrays[:k], moved, *arrays[k + 1 :]]


def _compare(
    own: Own, place: tuple[int, int, int], y: Array, above: Array, below: Array,
    worst: dict[tuple[int, int], Difference],
) -> None:  # fmt: skip
    """Keep the edge of input element i that is furthest off."""
    k, i, j = place
    structure = own.structure(k)
    assert isinstance(structure, Pushed)
    assert own.node is not None
    rows = structure.rows(own.node.call, j)
    if rows is None:
        return
    weight = np.zeros(y.size)
    if rows[k].ndim == 1:
        weight[i] = rows[k][i]
    else:
        weight = np.asarray(rows[k][:, i], np.float64)
    sides = np.stack([(above - y).reshape(-1), (y - below).reshape(-1)]) / STEP
    quotient = sides.mean(axis=0)
    kink = np.abs(sides[0] - sides[1]) > 10 * (ATOL + RTOL * np.abs(quotient))
    low = np.where(kink, sides.min(axis=0), quotient)
    high = np.where(kink, sides.max(axis=0), quotient)
    allowed = ATOL + RTOL * np.abs(quotient)
    off = np.maximum(low - weight, weight - high) - allowed
    o = int(np.argmax(np.where(np.isfinite(off), off, -1)))
    if off[o] > 0:
        found, before = Difference(i, o, float(weight[o]), float(quotient[o])), worst.get((k, j))
        if before is None or abs(found.weight - found.quotient) > abs(before.weight - before.quotient):
            worst[k, j] = found


def _is_linear(own: Own) -> bool:
    """Whether the last pass gave what the edges give: a backward that bends the gradient itself does not."""
    assert own.node is not None
    if own.last is None:
        return True
    gradients, shares = own.last
    for k, share in enumerate(shares):
        structure = own.structure(k)
        if share is None or not isinstance(structure, Pushed):
            continue
        total = np.zeros(share.size)
        for j, g in enumerate(gradients):
            rows = structure.rows(own.node.call, j) if g is not None and g.dtype.kind == "f" else None
            if rows is not None and g is not None:
                flat = np.asarray(g, np.float64).reshape(-1)
                total += flat * rows[k] if rows[k].ndim == 1 else flat @ rows[k]
        if not np.allclose(total, share.reshape(-1), rtol=1e-3, atol=1e-5, equal_nan=True):
            return False
    return True
