"""A client that goes away: its program is ended, not run on to its deadline."""

from __future__ import annotations

import json
from typing import Any

from fastapi.testclient import TestClient


def test_program_that_nobody_waits_for_is_ended(client: TestClient) -> None:
    assert client.portal is not None
    assert client.portal.call(abandoned, client.app, "sleep 60") == []
    assert client.post("/api/trace", json={"cells": ["next"]}).json()["said"]["cells"] == ["next"]


def test_quick_program_keeps_its_process(client: TestClient) -> None:
    assert client.portal is not None
    pid = client.post("/api/trace", json={"cells": ["pid"]}).json()["said"]
    assert client.portal.call(abandoned, client.app, "quick") == []
    assert client.post("/api/trace", json={"cells": ["pid"]}).json()["said"] == pid


async def abandoned(app: Any, cell: str) -> list[Any]:
    """What the application sends to a client that hangs up as soon as it has sent its program."""
    told = [
        {"type": "http.request", "body": json.dumps({"cells": [cell]}).encode(), "more_body": False},
        {"type": "http.disconnect"},
    ]
    sent = []

    async def receive() -> Any:
        return told.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/api/trace", "query_string": b"",
        "headers": [(b"content-type", b"application/json")], "app": app,
    }  # fmt: skip
    await app(scope, receive, send)
    return sent
