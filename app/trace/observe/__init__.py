"""What PyTorch does not say: a finished run is read for the mistakes that it passes over in silence.

Each rule is one file with one function from the run to notices. A notice stands at the line that the reader may want
to change, and says what happened there, not that something must be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.engine.run import Notice
from app.interpreter import Execution, span_of
from app.trace.observe.cut import cuts
from app.trace.observe.grown import grown
from app.trace.observe.lost import lost_leaves
from app.trace.observe.numbers import numbers
from app.trace.observe.unused import unused_leaves

RULES: tuple[Callable[[Execution], Iterator[Notice]], ...] = (lost_leaves, grown, cuts, unused_leaves, numbers)
MOST = 4
"""A program that does one thing in many places is told of the first ones."""


def observed(execution: Execution) -> dict[int, list[Notice]]:
    """The notices by cell, in the order of their lines."""
    found: dict[int, list[Notice]] = {}
    for rule in RULES:
        told: set[int] = set()
        for notice in rule(execution):
            span = span_of(notice.here)
            if span is not None and id(notice.here) not in told and len(told) < MOST:
                told.add(id(notice.here))
                found.setdefault(span.cell, []).append(notice)
    return found
