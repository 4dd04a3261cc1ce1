"""GET /api/ops: every name that a program may use, with formulas and an example where there is an operation."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from app.engine.node import Node
from app.engine.registry import ENTRIES, Entry
from app.engine.value import Value
from app.interpreter import public_names, run_cells
from app.trace.examples import example_of
from app.trace.pictures import FEW, picture
from app.trace.relations import Pair, pairs
from app.trace.rules import forward

Json = dict[str, Any]


@cache
def catalogue() -> list[Json]:
    """One entry per name, in alphabetical order; its spellings are all the ways to write it."""
    names: dict[str, list[Entry]] = {}
    for entry in sorted(ENTRIES, key=lambda e: e.name):
        names.setdefault(entry.name, []).append(entry)
    return sorted([_entry(name, entries) for name, entries in names.items()] + _library(), key=lambda e: e["name"])


def _library() -> list[Json]:
    """What is Python on top of the operations: modules, optimizers, functions of functions."""
    spelled = {_spelling(spelling) for entry in ENTRIES for spelling in entry.spellings}
    listed = [f"{module}.{name}" for module, names in public_names().items() for name in names]
    return [
        {"name": name, "spellings": [name], "signatures": [], "operation": False, "example": None, **_nothing()}
        for name in listed
        if name not in spelled
    ]


def _entry(name: str, entries: list[Entry]) -> Json:
    example = example_of(name)
    spellings = [_spelling(spelling) for entry in entries for spelling in entry.spellings]
    signatures = [signature for entry in entries for signature in entry.signatures]
    return {
        "name": name,
        "spellings": list(dict.fromkeys(spellings)),
        "signatures": list(dict.fromkeys(signatures)),
        "operation": any(entry.operation is not None for entry in entries),
        "example": example,
        **(_nothing() if example is None else _shown(name, example)),
    }


def _spelling(spelling: str) -> str:
    """As it is written in a program: torch.sin, Tensor.sin, +."""
    room, _, name = spelling.partition(".")
    return {"torch": f"torch.{name}", "Tensor": f"Tensor.{name}", "F": f"torch.nn.functional.{name}"}.get(room, name)


def _nothing() -> Json:
    return {"kind": None, "structure": None, "forward": None, "local": None, "picture": None}


def _shown(name: str, example: str) -> Json:
    """Kind, structure and formulas of the operation that made `o` in the example."""
    with np.errstate(all="ignore"):
        return _pictured(name, example)


def _pictured(name: str, example: str) -> Json:
    tape = run_cells([example]).run.tape
    applied = next(a for a in reversed(tape.applied) if any(_is_o(v, tape.names) for v in a.outputs))
    node = applied.node
    found = pairs(node, node.call)
    if not found:
        return {**_nothing(), "forward": _forward(name, node)}
    first = _drawn(found, applied.outputs, tape.names)
    return {
        "kind": first.relation().kind,
        "structure": first.structure.name,
        "forward": _forward(name, node),
        "local": first.local().equation,
        "picture": picture(tape, first, applied.outputs[first.output], FEW),
    }


def _drawn(found: list[Pair], outputs: tuple[Value, ...], names: dict[int, str]) -> Pair:
    """The pair that the card is about: one with edges, into `o`, from `x` where the example has one; else the first."""

    def misses(pair: Pair) -> tuple[bool, bool, bool]:
        x = names.get(id(pair.node.inputs[pair.input])) == "x"
        return not pair.relation().count, not _is_o(outputs[pair.output], names), not x

    return min(found, key=misses)


def _is_o(value: Value, names: dict[int, str]) -> bool:
    return names.get(id(value)) == "o"


def _forward(name: str, node: Node) -> str:
    r"""`o = \sin x`: the operation's own LaTeX on letters; one that is written by its name has the student's."""
    formula_of = forward(node.operation, node.call)
    own, asked = (text.replace("_", r"\_") for text in (node.operation.name, name.rstrip("_")))
    return f"o = {formula_of.replace(f'operatorname{{{own}}}', f'operatorname{{{asked}}}')}"
