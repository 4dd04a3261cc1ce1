"""Single flight: who asks for the same at the same time waits for one run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from app.service.outcome import Answered, Outcome


class Flight:
    """One run and all who wait for it."""

    def __init__(self, run: Callable[[Flight], Coroutine[Any, Any, Outcome]]) -> None:
        self.began: float | None = None  # when the run got its turn, on the monotonic clock
        self._awaited_by = 0
        self._task = asyncio.create_task(run(self))
        # When all have left nobody else asks how it ended.
        self._task.add_done_callback(lambda task: task.cancelled() or task.exception())

    def begins(self) -> None:
        """The wait for a turn is over."""
        self.began = time.monotonic()

    async def outcome(self, shared: bool) -> Answered:
        """The run's outcome. The run goes on when one of several is cancelled here, and ends with the last."""
        asked = time.monotonic()
        self._awaited_by += 1
        try:
            outcome = await asyncio.shield(self._task)
        finally:
            self._awaited_by -= 1
            if self.abandoned:
                self._task.cancel()
        waited = max((self.began or asked) - asked, 0.0)
        return Answered(outcome, waited, "shared" if shared else "run")

    @property
    def abandoned(self) -> bool:
        """Nobody waits any more, whether or not the run has ended."""
        return self._awaited_by == 0

    def when_over(self, call: Callable[[], None]) -> None:
        """Has `call` called when the run has ended."""
        self._task.add_done_callback(lambda task: call())


class Sharing:
    """The runs that are under way, by key."""

    def __init__(self) -> None:
        self._flights: dict[bytes, Flight] = {}

    async def outcome(self, key: bytes, run: Callable[[Flight], Coroutine[Any, Any, Outcome]]) -> Answered:
        """The outcome of the run under `key`, which `run` begins when there is none. Raises what it raises."""
        flight = self._flights.get(key)
        shared = flight is not None
        if flight is None:
            flight = self._flights[key] = Flight(run)
            flight.when_over(lambda: self._forget(key, flight))
        try:
            return await flight.outcome(shared)
        finally:
            if flight.abandoned:  # it may take a moment to end; who comes now needs a run of its own
                self._forget(key, flight)

    def _forget(self, key: bytes, flight: Flight | None) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
