"""Running a program's functions once more without the program seeing it: how the trace asks a learner's backward."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from app.engine.run import Run
from app.interpreter.budget import Budget, Limits
from app.interpreter.machine import Machine

LIMITS = Limits(
    steps=120_000, training_steps=120_000, operations=6_000, training_operations=6_000, flops=5_000_000,
    training_flops=5_000_000,
    all_elements=4_000_000,
)  # fmt: skip
"""What all questions of one run may cost together."""


class Aside:
    """The way aside for one run; its budget is shared by everything that is asked."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.budget = Budget(LIMITS)

    @contextlib.contextmanager
    def __call__(self) -> Iterator[Run]:
        """Text, notices and costs of what runs in the block are the block's own."""
        machine, run = self.machine, self.machine.run
        rows: list[list[Any]] = [machine.out, machine.trail, machine.handling]
        kept = machine.budget, run.here, run.meter, [list(row) for row in rows]
        notices, noticed, anomaly = len(run.notices), set(run.noticed), run.anomaly.check_nan
        self._use(self.budget)
        run.meter, run.anomaly.check_nan = self.budget, False
        try:
            yield run
        finally:
            self._use(kept[0])
            run.here, run.meter = kept[1:3]
            for row, before in zip(rows, kept[3], strict=True):
                row[:] = before
            del run.notices[notices:]
            run.noticed, run.anomaly.check_nan = noticed, anomaly

    def _use(self, budget: Budget) -> None:
        """All modules of the program draw on one budget."""
        for view in (self.machine, *self.machine.modules.values()):
            view.budget = budget


def aside_of(machine: Machine) -> Aside:
    """The one of this run."""
    machine = machine.main
    if machine.aside is None:
        machine.aside = Aside(machine)
    assert isinstance(machine.aside, Aside)
    return machine.aside
