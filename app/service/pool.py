"""What runs programs, as the queue before it sees it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any, Final

from app.service.lane import Worker
from app.service.outcome import Outcome

ERROR: Final = re.compile(rb'\{"error": ?\{(?:"cell": ?\d+, ?)?"type": ?"(\w+)"')
BUDGET: Final = re.compile(rb"\(budget: (\w+)")
LASTING: Final = frozenset({None, "steps"})


class Pool:
    """Runs programs, as many at once as it has workers."""

    def __init__(self, worker: Worker, on_restart: Callable[[str], None] = lambda reason: None) -> None:
        self.workers = 1
        self._worker = worker
        self._on_restart = on_restart

    def start(self) -> None:
        """Begins to warm up; does not wait for it."""
        self._worker.start()

    async def stop(self) -> None:
        """Ends all processes."""
        await self._worker.stop()

    async def run(self, kind: str, request: dict[str, Any]) -> Outcome:
        """One program's outcome, also of one that was killed. Raises BadRequestError."""
        before = time.monotonic()
        body = await self._worker.call(kind, request)
        error = ERROR.match(body)
        type = error[1].decode() if error else None
        budget = BUDGET.search(body, 0, 2_000) if type == "LimitError" else None
        name = budget[1].decode() if budget else None
        lasting = type != "EngineError" and name in LASTING
        return Outcome(body, type, name, None, time.monotonic() - before, lasting)
