"""What runs programs, as the queue before it sees it.

Workers are reused, and forked from a warm zygote when one is missing: in `python -m benchmarks.workers`, a fork per
request took four to six times as long (on a quiet machine a reused worker answers a small program in 1.2 ms), and
after a kill it is only that fork which the next request waits for. Zygote and two workers take 100 MB. Process pools
of libraries (the standard library's, pebble, loky) are no choice, though pebble is no slower: they unpickle in the
server what the confined process writes, and so hand it the server.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any, Final

from app.service.outcome import BadRequestError, Outcome
from app.service.reply import Reply

LOG: Final = logging.getLogger("backpass.service")


class Pool(ABC):
    """Runs programs, as many at once as it has workers."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    @abstractmethod
    def start(self) -> None:
        """Begins to warm up; does not wait for it."""

    @abstractmethod
    async def stop(self) -> None:
        """Ends everything that start() and run() began."""

    @abstractmethod
    async def run(self, kind: str, request: dict[str, Any]) -> Outcome:
        """One program's outcome, also of one that was stopped. Raises BadRequestError, and UnavailableError when there
        is nothing to run it in."""


def outcome(reply: Reply, seconds: float) -> Outcome:
    """A run's reply as its outcome; an engine's failure is logged. Raises BadRequestError."""
    if reply.fault is not None:
        LOG.error("engine failed: %s", reply.fault)
    if reply.refused is not None:
        raise BadRequestError(reply.refused)
    return Outcome(reply.body, reply.error, reply.budget, reply.steps, seconds, reply.lasting)
