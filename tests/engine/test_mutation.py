"""The rows can fail: a local derivative that is wrong by a thousandth is found, for every operation.

The vjp and the edges are spoiled one at a time (then they disagree) and together (then they disagree with the
differences). Where the derivative is 0 everywhere, a thousandth is added instead.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine.namespaces import OPERATIONS
from app.engine.node import Call
from app.engine.relation.edges import Edges, Relation
from app.engine.relation.elementwise import Once, Refused
from app.engine.relation.structure import Structure
from app.engine.relation.write import Write
from tests.engine.rows import ROWS
from tests.engine.rows.applied import apply
from tests.engine.rows.laws import (
    assert_each_application,
    assert_edges_are_the_derivative,
    assert_vjp_is_the_sum_over_edges,
)

WRONG = 1.001
FLAT = {"sign", "sgn", "angle", "floor", "ceil", "trunc", "round", "round_decimals", "div_rounded"} | {
    "outside", "plateaus", "sixth", "label_slopes",
}  # fmt: skip
WITHOUT_OUTPUT_EDGES = {"zero", "take_nothing"}
"""Nothing of the old numbers is left: there is no edge whose weight could be wrong."""
DERIVED = sorted(
    name
    for name, operation in OPERATIONS.items()
    if any(s is not None and not isinstance(s, (Once, Refused)) for s in operation.structures)
    and name not in WITHOUT_OUTPUT_EDGES
)


class Spoilt(Structure):
    """A structure whose vjp or whose weights are off."""

    name = "spoilt"

    def __init__(self, inner: Structure, what: str, flat: bool) -> None:
        super().__init__()
        object.__setattr__(self, "_inner", inner)
        object.__setattr__(self, "_vjp", what != "edges")
        object.__setattr__(self, "_edges", what != "vjp")
        object.__setattr__(self, "_flat", flat)

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "_inner"), name)

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        right = self._inner.vjp(xp, g, call, k, j)
        if not self._vjp:
            return right
        return right + 0.001 * np.sum(g) if self._flat else right * WRONG

    def relation(self, call: Call, k: int, j: int) -> Relation:
        right: Relation = self._inner.relation(call, k, j)
        return SpoiltRelation(right, self._flat) if self._edges else right

    def local(self, call: Call, k: int, j: int) -> Any:
        return self._inner.local(call, k, j)

    def reads(self, call: Call, k: int) -> Any:
        return self._inner.reads(call, k)


class SpoiltRelation:
    def __init__(self, inner: Relation, flat: bool) -> None:
        self._inner = inner
        self._flat = flat

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def edges(self) -> Edges:
        e = self._inner.edges()
        return Edges(e.input, e.output, e.weight + 0.001 if self._flat else e.weight * WRONG)


@pytest.mark.parametrize("what", ["vjp", "edges", "both"])
@pytest.mark.parametrize("name", DERIVED)
def test_a_spoilt_derivative_is_found(name: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    operation = OPERATIONS[name]
    spoilt = tuple(
        s and (s if isinstance(s, (Refused, Write)) else Spoilt(s, what, name in FLAT)) for s in operation.structures
    )
    mine = [row for row in ROWS if row.operation == name and any(x.size for x in row.inputs)]
    for row in mine:
        _laws(row, what)
    monkeypatch.setattr(operation, "structures", spoilt)
    assert any(_fails(row, what) for row in mine)


def _laws(row: Any, what: str) -> None:
    if what == "both":
        if row.smooth:
            assert_edges_are_the_derivative(row)
            if row.alone:
                assert_each_application(row)
    else:
        assert_vjp_is_the_sum_over_edges(apply(row))


def _fails(row: Any, what: str) -> bool:
    try:
        _laws(row, what)
    except AssertionError:
        return True
    return False
