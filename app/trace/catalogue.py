"""GET /api/ops: every name that a program may use, with formulas and an example where there is an operation."""

from __future__ import annotations

from functools import cache
from typing import Any

from app.engine import formula
from app.engine.namespaces import OPERATIONS
from app.engine.registry import ENTRIES, Entry
from app.trace.examples import EXAMPLES

Json = dict[str, Any]


@cache
def catalogue() -> list[Json]:
    """One entry per exposed function, by its first name."""
    return [_entry(entry) for entry in sorted(ENTRIES, key=lambda e: e.name)]


def _entry(entry: Entry) -> Json:
    example = EXAMPLES.get(entry.name)
    return {
        "name": entry.name,
        "spellings": [_spelling(s) for s in entry.spellings],
        "signatures": list(entry.signatures),
        "operation": entry.operation is not None,
        "forward": _forward(entry),
        "example": example,
        **_relation(example),
    }


def _spelling(spelling: str) -> str:
    """As it is written in a program: torch.sin, x.sin, +."""
    room, _, name = spelling.partition(".")
    return {"torch": f"torch.{name}", "Tensor": f"Tensor.{name}", "F": f"torch.nn.functional.{name}"}.get(room, name)


def _forward(entry: Entry) -> str | None:
    operation = OPERATIONS.get(entry.operation or "")
    if operation is None or operation.structure(0) is None:
        return None
    letters = ("x",) if len(operation.structures) < 2 else ("a", "b", "c")[: len(operation.structures)]
    try:
        return f"o = {operation.tex(*(formula.symbol(letter) for letter in letters))}"
    except TypeError:
        return None


def _relation(example: str | None) -> Json:
    """Kind and local derivative, read off the example's own trace: the page's gallery is drawn from it."""
    if example is None:
        return {"kind": None, "local": None, "structure": None}
    from app.trace import trace

    carrying = [r for op in trace([example])["ops"] for r in op["relations"] if r["carries"]]
    first = carrying[0] if carrying else {}
    return {"kind": first.get("kind"), "local": first.get("local"), "structure": first.get("structure")}
