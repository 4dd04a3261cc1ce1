"""Several results of one operation, each with local derivatives of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.edges import Relation
from app.engine.relation.structure import Local, Structure


@dataclass(frozen=True, kw_only=True)
class Each(Structure):
    """`parts[j]` is the structure of output j. Rules see all outputs, as one tuple."""

    parts: tuple[Structure, ...]

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.parts[0].name

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        return self.parts[j].vjp(xp, g, call, k, j)

    def relation(self, call: Call, k: int, j: int) -> Relation:
        return self.parts[j].relation(call, k, j)

    def local(self, call: Call, k: int, j: int) -> Local:
        return self.parts[j].local(call, k, j)

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset[Operand]().union(*(part.reads(call, k) for part in self.parts))
