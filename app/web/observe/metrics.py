"""Prometheus metrics of one application. Labels are words of ours: no client can make a new series."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from app import __version__
from app.service import Answered, Service
from app.web.observe import outcomes
from app.web.observe.watch import Ended

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
RESTARTS: Final = ("deadline", "crash", "memory", "recycled", "left")
SOURCES: Final = ("run", "shared", "cache")
KINDS: Final = ("trace", "edges")

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series beside each counter, which nobody reads


class Metrics:
    """What is counted, in a registry of its own: several applications may live in one process."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ended = ["route", "method", "status", "outcome"]
        self._requests = Counter("backpass_requests", "Requests by how they ended.", ended, registry=registry)
        self._sent = Counter("backpass_response_bytes", "Bytes of answers' bodies.", ["route"], registry=registry)
        self._run = Histogram(
            "backpass_run_seconds", "Wall clock of programs.", ["kind"], buckets=SECONDS, registry=registry
        )
        self._wait = Histogram(
            "backpass_queue_wait_seconds", "Time until a program's turn.", buckets=SECONDS, registry=registry
        )
        self._answers = Counter(
            "backpass_answers", "Programs' answers by where they came from.", ["source"], registry=registry
        )
        self._budgets = Counter("backpass_budgets_hit", "Programs ended by a budget.", ["budget"], registry=registry)
        self._restarts = Counter("backpass_worker_restarts", "Workers replaced.", ["reason"], registry=registry)
        build = Info("backpass_build", "What runs.", registry=registry)
        build.info({"version": __version__, "python": platform.python_version()})
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        self._service: Service | None = None
        self._gauge("waiting", "Requests that wait for a worker.", lambda service: service.waiting)
        self._gauge("running", "Programs that run.", lambda service: service.running)
        self._gauge("cache_bytes", "Memory that kept answers take.", lambda service: service.cache_bytes)
        self._workers = Gauge("backpass_workers", "Programs that can run at once.", registry=registry)
        self._begin_at_zero()

    def _gauge(self, name: str, about: str, of: Callable[[Service], int]) -> None:
        """Asks the service whenever somebody reads the metrics."""
        gauge = Gauge(f"backpass_{name}", about, registry=self.registry)
        gauge.set_function(lambda: of(self._service) if self._service else 0)

    def _begin_at_zero(self) -> None:
        """Series that exist before their first event: else a first restart would not show as an increase."""
        for source in SOURCES:
            self._answers.labels(source)
        for budget in outcomes.BUDGETS:
            self._budgets.labels(budget)
        for reason in RESTARTS:
            self._restarts.labels(reason)
        for kind in KINDS:
            self._run.labels(kind)

    def follow(self, service: Service, workers: int) -> None:
        """Tells this service's present state from now on. `workers`: how many programs can run at once."""
        self._service = service
        self._workers.set(workers)

    def restarted(self, reason: str) -> None:
        """A worker was replaced: "deadline", "crash", "memory", "recycled" or "left"."""
        self._restarts.labels(reason if reason in RESTARTS else outcomes.OTHER).inc()

    def count(self, ended: Ended) -> None:
        """One request."""
        status = f"{ended.status // 100}xx" if ended.status else "none"
        outcome = outcomes.ended(ended.notes, ended.status)
        self._requests.labels(ended.route, ended.method, status, outcome).inc()
        self._sent.labels(ended.route).inc(ended.size)
        if ended.notes.answered is not None:
            self._count_answer(ended.notes.kind or KINDS[0], ended.notes.answered)

    def _count_answer(self, kind: str, answered: Answered) -> None:
        self._answers.labels(answered.source).inc()
        if answered.source != "run":
            return  # one run is counted once, however many it was for
        self._wait.observe(answered.waited)
        self._run.labels(kind).observe(answered.outcome.seconds)
        if budget := outcomes.budget(answered.outcome):
            self._budgets.labels(budget).inc()

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)
