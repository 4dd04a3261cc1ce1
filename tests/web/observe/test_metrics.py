"""/metrics: what happened is counted, under labels that no client can add to, for those who may read it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app.main import create_app
from app.service import Answered, BusyError, Outcome
from app.settings import Settings


@pytest.fixture
def fresh() -> Iterator[TestClient]:
    """An application that has counted nothing yet."""
    with TestClient(create_app(Settings(deadline_seconds=1.0), jobs="tests.service.fake_jobs")) as made:
        yield made


def numbers(client: TestClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every sample by name and labels."""
    text = client.get("/metrics").text
    families = text_string_to_metric_families(text)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def number(client: TestClient, name: str, **labels: str) -> float:
    """One sample."""
    return numbers(client)[name, frozenset(labels.items())]


def answering(client: TestClient, monkeypatch: pytest.MonkeyPatch, answered: Answered | Exception) -> None:
    """Makes the service say this."""

    async def call(kind: str, request: dict[str, Any], page: str) -> Answered:
        if isinstance(answered, Exception):
            raise answered
        return answered

    monkeypatch.setattr(client.app.state.service, "call", call)  # type: ignore[attr-defined]


def requests(client: TestClient, outcome: str, status: str = "2xx") -> float:
    """How many programs ended so."""
    return number(client, "backpass_requests_total", route="/api/trace", method="POST", status=status, outcome=outcome)


def test_a_program_is_counted(fresh: TestClient) -> None:
    sent = fresh.post("/api/trace", json={"cells": ["x"]})
    assert requests(fresh, "ok") == 1
    assert number(fresh, "backpass_run_seconds_count", kind="trace") == 1
    assert number(fresh, "backpass_run_seconds_count", kind="edges") == 0
    assert number(fresh, "backpass_queue_wait_seconds_count") == 1
    assert number(fresh, "backpass_answers_total", source="run") == 1
    assert number(fresh, "backpass_response_bytes_total", route="/api/trace") == len(sent.content)
    assert number(fresh, "backpass_workers") >= 1


def test_an_answer_from_the_cache_is_no_run(fresh: TestClient) -> None:
    for _ in range(3):
        fresh.post("/api/trace", json={"cells": ["x"]})
    assert number(fresh, "backpass_run_seconds_count", kind="trace") == 1
    assert number(fresh, "backpass_answers_total", source="cache") == 2
    assert number(fresh, "backpass_cache_bytes") > 0


@pytest.mark.parametrize(
    ("answered", "outcome", "status"),
    [
        (Answered(Outcome(b"{}", "ValueError", None, 1, 0.1, True), 0.0, "run"), "program_error", "2xx"),
        (Answered(Outcome(b"{}", "LimitError", "steps", 1, 0.1, True), 0.0, "run"), "limit", "2xx"),
        (Answered(Outcome(b"{}", "EngineError", None, 1, 0.1, True), 0.0, "run"), "engine_error", "2xx"),
        (BusyError(3), "busy", "4xx"),
    ],
)
def test_outcomes(
    answered: Answered | Exception, outcome: str, status: str, fresh: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(fresh, monkeypatch, answered)
    fresh.post("/api/trace", json={"cells": ["x"]})
    assert requests(fresh, outcome, status) == 1


def test_refusals_and_failures(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh.post("/api/trace", json={"cells": 3})
    assert requests(fresh, "refused", "4xx") == 1
    answering(fresh, monkeypatch, RuntimeError())
    fresh.post("/api/trace", json={"cells": ["x"]})
    assert requests(fresh, "failed", "5xx") == 1


def test_budgets_are_counted_by_name(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("steps", "time", "anything a program may say", "anything else"):
        answering(fresh, monkeypatch, Answered(Outcome(b"{}", "LimitError", name, 1, 0.1, True), 0.0, "run"))
        fresh.post("/api/trace", json={"cells": ["x"]})
    assert number(fresh, "backpass_budgets_hit_total", budget="steps") == 1
    assert number(fresh, "backpass_budgets_hit_total", budget="time") == 1
    assert number(fresh, "backpass_budgets_hit_total", budget="memory") == 0
    assert number(fresh, "backpass_budgets_hit_total", budget="other") == 2


def test_a_killed_worker_is_counted(fresh: TestClient) -> None:
    fresh.post("/api/trace", json={"cells": ["spin"]})
    assert number(fresh, "backpass_worker_restarts_total", reason="deadline") == 1
    assert number(fresh, "backpass_budgets_hit_total", budget="time") == 1


def test_a_flood_is_told_from_a_full_queue() -> None:
    app = create_app(Settings(flood_per_second=0.001, flood_burst=1), jobs="tests.service.fake_jobs")
    with TestClient(app) as held:
        for _ in range(3):
            held.post("/api/trace", json={"cells": ["x"]})
        assert requests(held, "ok") == 1
        assert requests(held, "flood", "4xx") == 2


def test_clients_cannot_make_series(fresh: TestClient) -> None:
    def strange(number: int) -> None:
        fresh.request(f"BREW{number}", f"/nothing/{number}")
        fresh.get(f"/api/programs/{number}")
        fresh.get(f"/static/{number}.js", headers={"X-Backpass-Page": str(number)})

    strange(0)
    numbers(fresh)
    before = len(numbers(fresh))
    for index in range(1, 20):
        strange(index)
    assert len(numbers(fresh)) == before


@pytest.mark.parametrize(
    ("readers", "client", "headers", "status"),
    [
        ("private", "127.0.0.1", {}, 200),
        ("private", "10.1.2.3", {}, 200),
        ("private", "8.8.8.8", {}, 403),
        ("private", "127.0.0.1", {"X-Forwarded-For": "10.1.2.3"}, 403),
        ("private", "127.0.0.1", {"Forwarded": "for=10.1.2.3"}, 403),
        ("all", "8.8.8.8", {"X-Forwarded-For": "8.8.8.8"}, 200),
        ("none", "127.0.0.1", {}, 404),
    ],
)
def test_who_may_read(readers: Any, client: str, headers: dict[str, str], status: int) -> None:
    app = create_app(Settings(metrics=readers))
    response = TestClient(app, client=(client, 1)).get("/metrics", headers=headers)
    assert response.status_code == status
    assert ("backpass_requests_total" in response.text) == (status == 200)


def test_two_applications_count_for_themselves(fresh: TestClient, client: TestClient) -> None:
    client.post("/api/trace", json={"cells": ["x"]})
    fresh.post("/api/trace", json={"cells": ["y"]})
    assert requests(fresh, "ok") == 1


def test_readyz_runs_a_program(fresh: TestClient) -> None:
    give_up = time.monotonic() + 60  # the first worker takes as long as this machine makes it
    while (response := fresh.get("/readyz")).status_code == 503 and time.monotonic() < give_up:
        assert response.json()["error"]["type"] == "NotReady"
        time.sleep(0.2)
    assert (response.status_code, response.json()["status"]) == (200, "ready")
    assert fresh.head("/readyz").status_code == 200
    assert number(fresh, "backpass_answers_total", source="run") == 0, "it is no answer to anybody"


def test_readyz_says_why_not(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken() -> str:
        return "no worker has answered within 4 s"

    monkeypatch.setattr(fresh.app.state.observer.readiness, "reason", broken)  # type: ignore[attr-defined]
    response = fresh.get("/readyz")
    assert response.status_code == 503
    assert response.json()["error"] == {"type": "NotReady", "message": "no worker has answered within 4 s"}
    labels = {"route": "/readyz", "method": "GET", "status": "5xx", "outcome": "not_ready"}
    assert number(fresh, "backpass_requests_total", **labels) == 1


def test_readyz_before_the_start() -> None:
    assert TestClient(create_app(Settings())).get("/readyz").status_code == 503
