"""What a worker can do: the two calls of app.trace, answered as JSON bytes."""

from __future__ import annotations

import importlib
import re
from typing import Any, Final

from app import locales
from app.interpreter import Budget, compile_all
from app.service.reply import Reply
from app.trace import BadRequest, edges, trace
from app.trace.encode import encode

__all__ = ["BadRequest", "run", "warm_up"]

BUDGET: Final = re.compile(r"\(budget: (\w+)")
PASSING: Final = frozenset({"memory", "time"})  # what a run had left of these says nothing about the next run
LAZY: Final = ("encodings.utf_16_le", "numpy.ma")
# Touches what imports lazily (BLAS, printing, the parser's tables), so that no student waits for it.
WARM_UP: Final = """import torch
x = torch.rand(2, 2, requires_grad=True)
(x @ x).softmax(dim=1).sum().backward()
print(x.grad)
"""


def run(kind: str, request: dict[str, Any]) -> Reply:
    """One request. Raises BadRequest when it names operations or elements that the program does not have."""
    arguments = dict(request)
    cells = arguments.pop("cells")
    budget = Budget()
    given = (trace if kind == "trace" else edges)(cells, budget=budget, **arguments)
    steps = budget.granted_steps - max(budget.steps, 0)  # training earns more than the limit
    error = given.get("error")
    if error is None:
        return Reply(encode(given), steps=steps)
    name = _budget(error)
    return Reply(encode(given), error["type"], name, steps, error["type"] != "EngineError" and name not in PASSING)


def _budget(error: dict[str, Any]) -> str | None:
    """Which budget ended the run; a program may raise a LimitError of its own, which has no such hint."""
    if (error["hint"] or {}).get("code") != "limit":
        return None
    found = BUDGET.search(error["message"])
    return found[1] if found else None


def warm_up() -> None:
    """Loads everything that a program may need: the library's modules, the sentences of hints, and what Python and
    numpy import only when it is used."""
    for name in LAZY:
        importlib.import_module(name)
    locales.sentences("hint.limit")
    compile_all()
    run("trace", {"cells": [WARM_UP, "torch.ones(2) @ 3"]})
