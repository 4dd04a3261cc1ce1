"""A body has so many seconds to arrive; one that would be too large is refused before it is sent."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from app.web import body


def test_body_that_does_not_arrive(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0.05)
    assert client.portal is not None
    start, content = client.portal.call(unfinished, client.app)
    assert start["status"] == 408
    assert (b"connection", b"close") in start["headers"]
    told = json.loads(content["body"])
    assert told["error"]["type"] == "RequestTimeout"


async def unfinished(app: Any) -> list[Any]:
    """What the application sends to a client that stays, but sends half of its body."""
    told = [{"type": "http.request", "body": b'{"cells', "more_body": True}]
    sent = []

    async def receive() -> Any:
        if told:
            return told.pop()
        return await asyncio.sleep(60)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/api/trace", "query_string": b"",
        "headers": [(b"content-type", b"application/json")], "app": app,
    }  # fmt: skip
    await app(scope, receive, send)
    return sent


@pytest.mark.parametrize(("length", "status"), [(65_536, b"100"), (65_537, b"413"), (10**15, b"413")])
def test_client_that_asks_before_it_sends(base_url: str, length: int, status: bytes) -> None:
    place = urlsplit(base_url)
    head = f"POST /api/trace HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        connection.sendall(f"{head}Expect: 100-continue\r\n\r\n".encode())
        assert connection.recv(1000).split()[1] == status
