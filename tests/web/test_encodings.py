"""Answers that come compressed from the worker: passed through, or unpacked for who cannot take them."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.service import Answered, Outcome
from app.service.outcome import RESPONSE_BYTES
from app.web.encodings import accepts_gzip

TEXT = json.dumps({"said": "x" * 5000}).encode()
PACKED = gzip.compress(TEXT, 9)  # not the level of the middleware: what passes through can be told


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5, br", True),
        ("x-gzip", True),
        ("*", True),
        ("*;q=0, gzip", True),
        ("br, *;q=0.1", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("*, gzip;q=0", False),
        ("notgzip", False),
        ("gzip;level=9", False),
    ],
)
def test_accepts_gzip(header: str, taken: bool) -> None:
    assert accepts_gzip(header) is taken


@pytest.fixture
def packed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The application, its service giving one compressed answer."""

    async def call(kind: str, request: dict[str, Any], page: str) -> Answered:
        return Answered(Outcome(PACKED, None, None, None, 0.0, True), 0.0, "run")

    monkeypatch.setattr(client.app.state.service, "call", call)  # type: ignore[attr-defined]
    return client


@pytest.mark.parametrize("header", ["gzip", "gzip;q=0", "identity", ""])
def test_answer_is_what_the_client_takes(packed: TestClient, header: str) -> None:
    with packed.stream("POST", "/api/trace", json={"code": ""}, headers={"Accept-Encoding": header}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["vary"] == "Accept-Encoding"
    assert int(response.headers["content-length"]) == len(raw)
    if header == "gzip":
        assert response.headers["content-encoding"] == "gzip"
        assert raw == PACKED
    else:
        assert "content-encoding" not in response.headers
        assert raw == TEXT


def test_everything_else_is_compressed_where_it_pays(client: TestClient) -> None:
    for header, encoding in (("br, gzip", "gzip"), ("gzip;q=0", None), ("", None)):
        response = client.get("/api/ops", headers={"Accept-Encoding": header})
        assert response.headers.get("content-encoding") == encoding
        assert response.headers["vary"] == "Accept-Encoding"


def test_worker_cannot_fill_the_server() -> None:
    def outcome(body: bytes) -> Outcome:
        return Outcome(body, None, None, None, 0.0, True)

    largest = gzip.compress(bytes(RESPONSE_BYTES), 1)
    assert len(outcome(largest).plain()) == RESPONSE_BYTES
    for body in (gzip.compress(bytes(RESPONSE_BYTES + 1), 1), PACKED[:-9], b"\x1f\x8bnot gzip"):
        with pytest.raises(ValueError, match="the answer is"):
            outcome(body).plain()
