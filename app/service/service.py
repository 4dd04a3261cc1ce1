"""What the web asks: an answer kept from before, the run that is under way for the same, or a turn in the queue."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from app.service.cache import Cache, key_of
from app.service.outcome import Answered, Outcome
from app.service.pool import Pool
from app.service.queue import Queue
from app.service.sharing import Flight, Sharing

# A program that nobody waits for any more may run on for so long: most end sooner, and then no process is lost.
GRACE_SECONDS: Final = 0.5


class Service:
    """Runs programs for pages. `queue`: how many requests may wait; `cache_mb`: room for answers, 0 for none."""

    def __init__(self, pool: Pool, *, queue: int, cache_mb: int) -> None:
        self._pool = pool
        self._cache = Cache(cache_mb)
        self._sharing = Sharing()
        self._queue = Queue(pool.workers, queue)

    def start(self) -> None:
        """Begins to warm up the workers; does not wait for them."""
        self._pool.start()

    async def stop(self) -> None:
        """Ends all workers."""
        await self._pool.stop()

    async def call(self, kind: str, request: dict[str, Any], page: str) -> Answered:
        """The answer to `kind` ("trace" or "edges") for a page. Raises BusyError and BadRequestError."""
        key = key_of(kind, request)
        if (kept := self._cache.get(key)) is not None:
            return Answered(kept, 0.0, "cache")

        async def run(flight: Flight) -> Outcome:
            async with self._queue.turn(page):
                flight.begins()
                return await unhurried(self._run_and_keep(key, kind, request))

        return await self._sharing.outcome(key, run)

    async def _run_and_keep(self, key: bytes, kind: str, request: dict[str, Any]) -> Outcome:
        outcome = await self._pool.run(kind, request)
        self._cache.keep(key, outcome)
        return outcome

    @property
    def waiting(self) -> int:
        """Requests in the queue."""
        return self._queue.waiting

    @property
    def running(self) -> int:
        """Programs that run now."""
        return self._queue.running

    @property
    def cache_bytes(self) -> int:
        """What the kept answers take."""
        return self._cache.size

    @property
    def cache_evictions(self) -> int:
        """Answers dropped for want of room since the start."""
        return self._cache.evictions


async def unhurried(run: Coroutine[Any, Any, Outcome]) -> Outcome:
    """What `run` gives. When this is cancelled, `run` is too, but not before it had a moment to end by itself."""
    running = asyncio.create_task(run)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait((running,), timeout=GRACE_SECONDS)
        running.cancel()
        await asyncio.wait((running,))
        if not running.cancelled():
            running.exception()  # it is nobody's any more
        raise
