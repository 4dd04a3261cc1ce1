"""A drawer that nobody emptied: an update used `.grad`, and the next backward call added to the old score."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.engine.backward import Accumulated
from app.engine.run import Notice
from app.interpreter import Execution


def grown(execution: Execution) -> Iterator[Notice]:
    """At the first backward call that adds to the score of a leaf which has changed since."""
    tape = execution.run.tape
    last: dict[int, Accumulated] = {}
    for call in tape.calls:
        if call.kind != "backward":
            continue
        for entry in call.accumulated:
            key = id(entry.value.meta)
            known = last.get(key)
            last[key] = entry
            if known is not None and entry.value is not known.value and _kept(known, entry):
                name = tape.names.get(id(entry.value)) or "w"
                yield Notice("grad-grown", {"name": name}, call.here)
                return


def _kept(known: Accumulated, entry: Accumulated) -> bool:
    """The drawer still held what the call before had left there, and that was something."""
    before = entry.before
    return before is not None and bool(before.any()) and np.array_equal(before, known.after, equal_nan=True)
