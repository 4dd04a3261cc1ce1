"""What the answer tells of a learner's own function beside what it tells of every operation."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.node import Call
from app.engine.own import Own
from app.engine.own.examine import Difference, examine
from app.engine.own.pushed import Pushed
from app.engine.relation.structure import Structure
from app.locales import sentences
from app.trace.numbers import numbers_of

Json = dict[str, Any]


def told_of(own: Own) -> Json:
    """That it is the learner's own, and how its backward was held against its forward."""
    found = examine(own) if own.context is not None else None
    told: Json = {"custom": True}
    if found is not None:
        told["checked"] = {"elements": found.checked, "of": found.elements}
        if not found.is_linear:
            told["linear"] = False
    return told


def own_told(structure: Structure, call: Call, k: int, j: int) -> Json:
    """For one relation: the edge that differs most from the difference quotient, and whether edges are known at all."""
    if not isinstance(structure, Pushed):
        return {}
    if structure.is_unknown(call, j):
        return {"unknown": True}
    found = examine(structure.own) if structure.own.context is not None else None
    worst = None if found is None else found.worst.get((k, j))
    return {} if worst is None else {"differs": _difference(worst, call)}


def own_notices(ops: list[Json]) -> dict[int, list[Json]]:
    """By cell: what the reader should know of backwards that are no derivative, once for each function."""
    found: dict[int, list[Json]] = {}
    told: set[str] = set()
    for op in ops:
        worst = next((r["differs"] for r in op["relations"] if "differs" in r), None)
        if worst is None or op["name"] in told or op["span"] is None:
            continue
        told.add(op["name"])
        values = {"name": op["name"], "weight": worst["weight"], "quotient": worst["quotient"]}
        texts = sentences("notice.own-differs", values)
        entry = {"code": "own-differs", "line": op["span"]["line"], "en": texts["en"], "zh": texts["zh"]}
        found.setdefault(op["span"]["cell"], []).append(entry)
    return found


def _difference(worst: Difference, call: Call) -> Json:
    weight, quotient = numbers_of(np.asarray([worst.weight, float(f"{worst.quotient:.6g}")]))
    return {"input": worst.input, "output": worst.output, "weight": weight, "quotient": quotient}
