"""64 kB is the most that a body may be, on a real connection."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

LIMIT = 64 * 1024


def body_of(size: int) -> bytes:
    """A request of exactly so many bytes whose program is one comment."""
    empty = len(json.dumps({"cells": ["#"]}).encode())
    return json.dumps({"cells": ["#" + "x" * (size - empty)]}).encode()


def chunks(body: bytes) -> Iterator[bytes]:
    """The body in pieces, so that no length is declared."""
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]


def post(base_url: str, body: bytes | Iterator[bytes]) -> tuple[int, dict[str, object]]:
    """Status and parsed answer."""
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=30)
    try:
        connection.request("POST", "/api/trace", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def test_largest_body_is_read(base_url: str) -> None:
    status, _ = post(base_url, body_of(LIMIT))
    assert status == 200


@pytest.mark.parametrize("size", [LIMIT + 1, 10 * LIMIT])
def test_larger_body_is_refused(base_url: str, size: int) -> None:
    status, answer = post(base_url, body_of(size))
    assert status == 413
    assert answer["error"] == {"type": "ContentTooLarge", "message": f"the body is larger than {LIMIT} bytes"}


def test_undeclared_length_is_counted(base_url: str) -> None:
    status, _ = post(base_url, chunks(body_of(LIMIT + 1)))
    assert status == 413


def test_client_that_goes_away_is_no_failure(base_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    place = urlsplit(base_url)
    with socket.create_connection((place.hostname, place.port)) as connection:
        connection.sendall(b"POST /api/trace HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
        connection.sendall(b"Content-Length: 1000\r\n\r\n{")
    assert post(base_url, body_of(100))[0] == 200
    assert "Traceback" not in capfd.readouterr().err


def test_huge_body_is_not_read_whole(base_url: str) -> None:
    """The server may hang up in the middle; it must neither read 200 MB nor send them back."""
    try:
        status, answer = post(base_url, iter([b"x" * LIMIT] * 3_200))
    except ConnectionError:
        return
    assert status == 413
    assert len(json.dumps(answer)) < 500
