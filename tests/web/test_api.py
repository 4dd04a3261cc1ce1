"""What a request becomes on its way to the worker, and what an answer becomes on its way back."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient


def sent(client: TestClient, route: str, body: dict[str, Any]) -> Any:
    """What the worker was asked."""
    response = client.post(route, json=body)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    return response.json()["said"]


def test_cells(client: TestClient) -> None:
    assert sent(client, "/api/trace", {"cells": ["a", "b"]}) == {
        "cells": ["a", "b"],
        "seed": 0,
        "strict": False,
    }


def test_code_is_split_at_its_markers(client: TestClient) -> None:
    assert len(sent(client, "/api/trace", {"code": "a\n# %%\nb\n"})["cells"]) == 2


def test_everything_optional(client: TestClient) -> None:
    body = {"cells": ["a"], "limits": {"edges": 5, "ops": 0}, "focus": 1, "strict": True, "seed": 2**64 - 1}
    assert sent(client, "/api/trace", body) == body


def test_a_whole_number_is_an_integer_however_it_is_written(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/api/trace", content=b'{"cells": ["a"], "focus": 2.0, "seed": 1e3}', headers=headers)
    assert response.json()["said"] == {"cells": ["a"], "focus": 2, "seed": 1000, "strict": False}


def test_null_is_as_good_as_absent(client: TestClient) -> None:
    body = {"cells": ["a"], "code": None, "limits": None, "focus": None}
    assert set(sent(client, "/api/trace", body)) == {"cells", "seed", "strict"}


def test_edges_of_elements(client: TestClient) -> None:
    question = {
        "cells": ["a"],
        "op": 1,
        "input": 0,
        "output": 0,
        "of_outputs": [0, 1],
        "seed": 0,
        "strict": False,
        "curve": False,
    }
    assert sent(client, "/api/edges", question) == question


def test_edges_between_tensors(client: TestClient) -> None:
    asked = sent(client, "/api/edges", {"cells": ["a"], "from": 0, "to": 6})
    assert (asked["from_"], asked["to"]) == (0, 6)


def test_killed_program_is_an_ordinary_answer(client: TestClient) -> None:
    response = client.post("/api/trace", json={"cells": ["spin", "x"]})
    assert response.status_code == 200
    answer = response.json()
    assert answer["error"]["type"] == "LimitError"
    assert len(answer["cells"]) == 2


def test_failing_engine_is_no_5xx(client: TestClient) -> None:
    response = client.post("/api/trace", json={"cells": ["raise"]})
    assert response.status_code == 200
    assert response.json()["error"]["type"] == "EngineError"


def test_full_queue(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.service import BusyError

    async def busy(kind: str, request: dict[str, Any], page: str) -> None:
        raise BusyError(retry_after=7)

    monkeypatch.setattr(client.app.state.service, "call", busy)  # type: ignore[attr-defined]
    response = client.post("/api/trace", json={"cells": ["x"]})
    assert response.status_code == 429
    assert response.headers["retry-after"] == "7"
    assert response.json()["error"]["type"] == "TooManyRequests"


def test_failing_server_says_where_its_log_has_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(kind: str, request: dict[str, Any], page: str) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(client.app.state.service, "call", broken)  # type: ignore[attr-defined]
    response = client.post("/api/trace", json={"cells": ["x"]})
    assert response.status_code == 500
    reference = response.json()["error"]["message"].rpartition(" ")[2]
    assert reference in caplog.text
    assert "inside" not in response.text
    assert "content-security-policy" in response.headers


def test_large_answers_are_compressed(client: TestClient) -> None:
    response = client.post("/api/trace", json={"cells": ["large 5000"]}, headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    small = client.get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in small.headers


def test_head(client: TestClient) -> None:
    for path in ("/healthz", "/docs", "/"):
        response = client.head(path)
        assert response.status_code == 200
        assert response.content == b""
