"""A finished run as the data of the API: `trace`, `edges` and the catalogue of operations."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.collector import collecting_seldom
from app.engine.errors import LimitError
from app.interpreter import Budget, Execution, run_cells
from app.trace.ask import BadRequest, between, of_operation
from app.trace.calls import Calls
from app.trace.catalogue import catalogue
from app.trace.entries import Entries
from app.trace.graph import Graph, Limits
from app.trace.messages import limit_error, notice, program_error
from app.trace.numbers import Allowance
from app.trace.observe import observed
from app.trace.own import own_notices

Json = dict[str, Any]

__all__ = ["BadRequest", "Limits", "catalogue", "edges", "trace"]


@collecting_seldom()
def trace(
    cells: list[str], *, limits: dict[str, int] | None = None, focus: int | None = None, strict: bool = False,
    seed: int = 0, budget: Budget | None = None,
) -> Json:  # fmt: skip
    """Run the cells and describe everything that happened: api.md §2. Never raises for what a program does."""
    run = run_cells(cells, strict=strict, seed=seed, budget=budget, focus=focus)
    graph = Graph(run.run.tape, Limits().lowered(limits or {}), focus)
    with np.errstate(all="ignore"):
        return _answer(run, graph)


def _answer(run: Execution, graph: Graph) -> Json:
    """The parts of the answer, made in the order in which they may spend the budgets."""
    numbers = Allowance(graph.limits.values, graph.limits.values_per_tensor)
    entries, calls = Entries(graph, numbers), Calls(graph, numbers)
    ops = entries.ops()
    differing = own_notices(ops)
    entries.take_focused()
    calls.take_focused()
    tensors = entries.tensors()
    seen = observed(run)
    return {
        "error": _first_error(run),
        "cells": [
            {
                "stdout": cell.stdout,
                "result": cell.result,
                "error": None if cell.error is None else program_error(cell.error),
                "notices": [notice(n) for n in (*cell.notices, *seen.get(number, ()))] + differing.get(number, []),
            }
            for number, cell in enumerate(run.cells)
        ],
        "tensors": tensors,
        "ops": ops,
        "modules": entries.modules.entries(entries.places),
        "backward": calls.all(),
        "ops_total": graph.total,
    }


@collecting_seldom()
def edges(
    cells: list[str], *, op: int | None = None, input: int = 0, output: int = 0, of_outputs: list[int] | None = None,
    of_inputs: list[int] | None = None, from_: int | None = None, to: int | None = None,
    limits: dict[str, int] | None = None, focus: int | None = None, strict: bool = False, seed: int = 0,
    curve: bool = False, budget: Budget | None = None,
) -> Json:  # fmt: skip
    """Run the cells and give the edges that were asked for: api.md §3.

    Raises `BadRequest` when the program has no such operation, tensor or element. A budget that does not hold
    them answers `{"error": …}` with its number.
    """
    run = run_cells(cells, strict=strict, seed=seed, budget=budget, focus=focus)
    graph = Graph(run.run.tape, Limits().lowered(limits or {}), focus)
    try:
        with np.errstate(all="ignore"):
            if op is not None:
                return of_operation(graph, op, input, output, of_outputs, of_inputs, curve)
            if from_ is None or to is None:
                raise BadRequest("name either op, or from and to")
            return between(graph, from_, to)
    except LimitError as limit:
        return {"error": limit_error(limit)}


def _first_error(run: Execution) -> Json | None:
    for number, cell in enumerate(run.cells):
        if cell.error is not None:
            return {**program_error(cell.error), "cell": number}
    return None
