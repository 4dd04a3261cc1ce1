"""One relation as a small picture: a few elements with their numbers, and the edges between them."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.relation.edges import Edges, Relation
from app.engine.tape import Tape
from app.engine.value import Value
from app.interpreter import run_cells
from app.trace.numbers import Array, numbers_of
from app.trace.relations import Pair, columns, pairs

Json = dict[str, Any]
FEW = 4
"""Elements per column of a picture in the gallery."""
SEVERAL = 6
"""Elements per column of a picture of a whole program."""


def program_picture(cells: list[str], kind: str) -> Json | None:
    """The first relation of that kind in a program, with the scores of the first call that passed it."""
    tape = run_cells(cells).run.tape
    for applied in tape.applied:
        for pair in pairs(applied.node, applied.node.call):
            if pair.carries and pair.relation().kind == kind:
                return picture(tape, pair, applied.outputs[pair.output], SEVERAL)
    return None


def picture(tape: Tape, pair: Pair, output: Value, most: int) -> Json | None:
    """The first whole units with at most `most` elements on each side; None when not even one unit is so small."""
    relation = pair.relation()
    edges = _small(relation, most)
    if edges is None:
        return None
    scores = _scores(tape, output)
    all_up_to = most if edges.count == relation.count else 0
    x, o = pair.call.inputs[pair.input], pair.call.outputs[pair.output]
    return {
        "kind": relation.kind,
        "edge_count": relation.count,
        "carries": pair.carries,
        "input": _side(tape, pair.node.inputs[pair.input], x, edges.input, scores, all_up_to),
        "output": _side(tape, output, o, edges.output, scores, all_up_to),
        "edges": columns(edges),
    }


def _small(relation: Relation, most: int) -> Edges | None:
    """As many of the first units as fit."""
    for limit in range(min(relation.count, most * most), 0, -1):
        edges = relation.head(limit)
        if edges is None:
            return None
        if max(len(np.unique(edges.input)), len(np.unique(edges.output))) <= most:
            return edges
    return None


def _side(tape: Tape, value: Value, array: Array, used: Array, scores: dict[int, Array], all_up_to: int) -> Json:
    """One column: every element where they are few, so that one without edges is seen; else those of the edges."""
    elements = np.arange(array.size) if array.size <= all_up_to else np.unique(used)
    score = scores.get(id(value))
    return {
        "name": tape.names.get(id(value)),
        "shape": list(array.shape),
        "elements": elements.tolist(),
        "values": numbers_of(array.reshape(-1)[elements]),
        "scores": None if score is None else numbers_of(score.reshape(-1)[elements]),
    }


def _scores(tape: Tape, output: Value) -> dict[int, Array]:
    """The scores of the first backward call that reached the output."""
    calls = ({id(value): array for value, array in call.scores.values()} for call in tape.calls)
    return next((scores for scores in calls if id(output) in scores), {})
