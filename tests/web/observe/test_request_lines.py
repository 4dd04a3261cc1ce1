"""One line per request with what is needed to find and understand it, and nothing of the program."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.service import Answered, Outcome
from app.web.observe.lines import JsonLines
from app.web.observe.logs import LOG

SECRET = "sentinel_7731"


class Kept(logging.Handler):
    """Keeps lines as they would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def requests(self) -> list[dict[str, Any]]:
        """The fields of the lines about requests."""
        read = [json.loads(line) for line in self.lines]
        return [fields for fields in read if fields["logger"] == LOG.name]


@pytest.fixture
def kept() -> Iterator[Kept]:
    """Everything that is logged, at every level."""
    handler, root = Kept(), logging.getLogger()
    ours = [logging.getLogger(name) for name in ("backpass", "app", "uvicorn")]
    levels = [logger.level for logger in ours]
    root.addHandler(handler)
    for logger in ours:
        logger.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    for logger, level in zip(ours, levels, strict=True):
        logger.setLevel(level)


def test_a_program_is_a_length_and_a_digest(client: TestClient, kept: Kept) -> None:
    cells = [f"x = {SECRET!r}  # ∂", "print(x)"]
    response = client.post("/api/trace", json={"cells": cells}, headers={"X-Backpass-Page": SECRET})
    (line,) = kept.requests()
    source = f"{cells[0]}\n# %%\n{cells[1]}"
    assert line["request"] == response.headers["x-request-id"]
    assert (line["route"], line["method"], line["status"], line["outcome"]) == ("/api/trace", "POST", 200, "ok")
    assert line["source_characters"] == len(source)
    assert line["source_sha256"] == hashlib.sha256(source.encode()).hexdigest()
    assert line["cached"] is False
    assert line["ms"] >= line["run_ms"] > 0
    assert len(line["page"]) == 12
    assert SECRET not in "".join(kept.lines)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/api/trace", json.dumps({"code": SECRET, SECRET: 1})),
        ("/api/trace", json.dumps({"cells": [f"raise {SECRET}"]})),
        ("/api/trace", json.dumps({"cells": [f"refuse {SECRET}"]})),
        ("/api/trace", json.dumps({"cells": [f"exit 3 {SECRET}"]})),
        ("/api/trace", json.dumps({"cells": [f"sleep {SECRET}"]})),
        ("/api/trace", SECRET),
        (f"/api/{SECRET}", SECRET),
        (f"/api/trace?{SECRET}=1", "{}"),
    ],
)
def test_no_line_quotes_the_client(path: str, sent: str, client: TestClient, kept: Kept) -> None:
    client.post(path, content=sent, headers={"Content-Type": "application/json", "User-Agent": SECRET})
    assert len(kept.requests()) == 1
    assert SECRET not in "".join(kept.lines)


def test_a_failure_of_ours_is_logged_without_its_words(
    client: TestClient, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(kind: str, request: dict[str, Any], page: str) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(client.app.state.service, "call", broken)  # type: ignore[attr-defined]
    response = client.post("/api/trace", json={"cells": ["x"]})
    (line,) = kept.requests()
    assert (line["status"], line["outcome"], line["level"]) == (500, "failed", "warning")
    fault = next(fields for text in kept.lines if "exception" in (fields := json.loads(text)))
    assert fault["exception"][0].startswith("RuntimeError at ")
    assert "/app/web/trace.py:" in fault["exception"][0]
    assert fault["request"] == line["request"] == response.headers["x-request-id"]
    assert SECRET not in "".join(kept.lines)


@pytest.mark.parametrize(
    ("error", "budget", "said"),
    [
        (None, None, ("ok", None, None)),
        ("RuntimeError", None, ("program_error", "RuntimeError", None)),
        (SECRET, None, ("program_error", "other", None)),
        ("LimitError", "time", ("limit", "LimitError", "time")),
        ("LimitError", SECRET, ("limit", "LimitError", "other")),
        ("EngineError", None, ("engine_error", "EngineError", None)),
    ],
)
def test_how_the_program_ended(
    error: str | None,
    budget: str | None,
    said: tuple[str | None, ...],
    client: TestClient,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def ends(kind: str, request: dict[str, Any], page: str) -> Answered:
        return Answered(Outcome(b"{}", error, budget, 12, 0.25, False), 1.5, "cache")

    monkeypatch.setattr(client.app.state.service, "call", ends)  # type: ignore[attr-defined]
    client.post("/api/trace", json={"cells": ["x"]})
    (line,) = kept.requests()
    assert (line["outcome"], line.get("error"), line.get("budget")) == said
    assert (line["steps"], line["run_ms"], line["queue_ms"], line["cached"]) == (12, 250.0, 1500.0, True)


def test_addresses_are_shortened(client: TestClient, kept: Kept) -> None:
    visitor = TestClient(client.app, client=("192.0.2.77", 5000))
    visitor.get("/api/ops")
    assert [line["address"] for line in kept.requests()] == ["192.0.2.0/24"]
    assert "192.0.2.77" not in "".join(kept.lines)


@pytest.mark.parametrize("path", ["/healthz", "/static/css/base.css", "/readyz", "/metrics"])
def test_probes_and_files_are_for_debugging(path: str, client: TestClient, kept: Kept) -> None:
    assert client.get(path).status_code == 200
    assert [line["level"] for line in kept.requests()] == ["debug"]
