"""Everything that watches one application, made once per application and found in its state."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from app.service import Pool, Service
from app.web.observe import logs
from app.web.observe.addresses import is_public
from app.web.observe.metrics import Metrics
from app.web.observe.readiness import Readiness
from app.web.observe.watch import Ended, client_of

FORWARDED: Final = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
"""Headers that proxies add. Whoever forges one only shuts himself out."""

WARM_SECONDS: Final = 15.0
"""Workers are warm after one or two; on a machine that has much else to do, later."""


class Observer:
    """`readers`: who may read the metrics, "private", "all" or "none"; `ready_seconds`: how long a probe may take."""

    def __init__(self, *, readers: str, ready_seconds: float) -> None:
        self.metrics = Metrics()
        self.readers = readers
        self.readiness: Readiness | None = None
        self._ready_seconds = ready_seconds

    def follow(self, service: Service, pool: Pool) -> None:
        """Watches a service from now on. Probes go to its pool: past the queue and what is kept."""
        self.metrics.follow(service, pool.workers)
        self.readiness = Readiness(pool.run, self._ready_seconds, WARM_SECONDS)

    async def stop(self) -> None:
        """Ends what is under way."""
        if self.readiness is not None:
            await self.readiness.stop()

    def tell(self, ended: Ended) -> None:
        """One request has ended."""
        self.metrics.count(ended)
        logs.log(ended)
        answered = ended.notes.answered
        if self.readiness and answered and answered.source == "run" and answered.outcome.error != "EngineError":
            self.readiness.proved()

    def admits(self, request: Request) -> bool:
        """Whether this client may read the metrics."""
        if self.readers == "private":
            came_through_proxy = any(name in request.headers for name in FORWARDED)
            return not came_through_proxy and not is_public(client_of(request.scope))
        return self.readers == "all"
