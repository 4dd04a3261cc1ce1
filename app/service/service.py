"""What the web asks: one call per request, whoever else asks for whatever at the same time."""

from __future__ import annotations

from typing import Any

from app.service.outcome import Answered
from app.service.pool import Pool


class Service:
    """Runs programs for pages."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def start(self) -> None:
        """Begins to warm up the workers; does not wait for them."""
        self._pool.start()

    async def stop(self) -> None:
        """Ends all workers."""
        await self._pool.stop()

    async def call(self, kind: str, request: dict[str, Any], page: str) -> Answered:
        """The answer to `kind` ("trace" or "edges") for a page. Raises BusyError and BadRequestError."""
        return Answered(await self._pool.run(kind, request), 0.0, "run")
