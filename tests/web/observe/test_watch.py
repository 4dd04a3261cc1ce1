"""Every request gets an id and is told once, however it ends."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.observe.watch import CURRENT, Ended, Watch
from tests.service.scenario import in_a_loop


def told_of(app: ASGIApp, **scope: Any) -> tuple[list[Ended], list[Message], BaseException | None]:
    """What one request through the layer tells, what it sends, and how it raises."""
    told: list[Ended] = []
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    whole = {"type": "http", "method": "GET", "path": "/", "headers": [], "client": ("192.0.2.7", 5), **scope}
    failed: list[BaseException] = []

    @in_a_loop
    async def run() -> None:
        try:
            await Watch(app, told.append)(whole, receive, send)
        except Exception as error:
            failed.append(error)
        assert CURRENT.get() is None

    run()
    return told, sent, failed[0] if failed else None


async def answers(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"abc", "more_body": True})
    await send({"type": "http.response.body", "body": b"de"})


async def goes_silent(scope: Scope, receive: Receive, send: Send) -> None:
    pass


async def breaks_in_the_middle(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise RuntimeError


def test_an_answer() -> None:
    told, sent, _ = told_of(answers)
    (ended,) = told
    assert (ended.status, ended.size, ended.client, ended.route) == (200, 5, "192.0.2.7", "unknown")
    assert ended.seconds > 0
    assert dict(sent[0]["headers"])[b"x-request-id"].decode() == ended.notes.request


def test_a_client_that_left() -> None:
    told, _, _ = told_of(goes_silent)
    assert [ended.status for ended in told] == [None]


def test_a_failure_in_the_middle_of_an_answer_is_one() -> None:
    told, _, error = told_of(breaks_in_the_middle)
    assert [ended.status for ended in told] == [500]
    assert isinstance(error, RuntimeError)


def test_the_id_is_known_while_the_request_is_served() -> None:
    seen: list[str | None] = []

    async def looks(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(CURRENT.get())

    told, _, _ = told_of(looks)
    assert seen == [told[0].notes.request]


@pytest.mark.parametrize(("method", "known"), [("GET", "GET"), ("BREW", "other"), ("get", "other")])
def test_methods_are_few(method: str, known: str) -> None:
    told, _, _ = told_of(answers, method=method)
    assert told[0].method == known


def test_the_id_of_an_answer_is_ours_and_new(client: TestClient) -> None:
    ids = {client.get("/healthz", headers={"X-Request-Id": "mine"}).headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert "mine" not in ids


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/ops", "/static/css/base.css", "/api/trace"])
def test_every_answer_has_one(path: str, client: TestClient) -> None:
    assert len(client.get(path).headers.get_list("x-request-id")) == 1
