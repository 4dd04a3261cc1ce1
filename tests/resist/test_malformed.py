"""Bytes that are no HTTP, or lie about themselves: refused or dropped at once, and the next request is served."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Iterator

import pytest

from tests.cli.running import ROOT
from tests.resist import malformed
from tests.resist.served import Served, served

SECONDS = 15.0
PATIENCE = 3.0
# What must not be in any answer: our paths, our code, the request's own words.
SECRETS = [b"Traceback", b'File "', b"site-packages", str(ROOT).encode(), b"root:", b"create_app", b"alert('qwertz')"]
# As on a machine where the extra `server` is not installed: uvicorn then parses with h11.
WITHOUT = "import sys; sys.modules.update(httptools=None, uvloop=None); from app.cli.command import main; main()"


@pytest.fixture(scope="module", params=["httptools", "h11"])
def server(request: pytest.FixtureRequest) -> Iterator[Served]:
    """A server with either of the two parsers of HTTP that it may have."""
    start = [sys.executable, "-c", WITHOUT] if request.param == "h11" else None
    with served("--flood-per-second", "0", start=start) as made:
        yield made


def exchanged(server: Served, data: bytes) -> bytes:
    """All that the server says until it hangs up; after PATIENCE we say that nothing more will come.

    Raises TimeoutError when it neither speaks nor hangs up then.
    """
    parts = []
    with server.connect(timeout=PATIENCE) as connection:
        with contextlib.suppress(ConnectionError):  # it may hang up in the middle
            connection.sendall(data)
        with contextlib.suppress(ConnectionError):
            while part := received(connection):
                parts.append(part)
    return b"".join(parts)


def received(connection: socket.socket) -> bytes:
    """The next bytes; when none come for PATIENCE, those that come after our end of the connection is closed."""
    try:
        return connection.recv(65_536)
    except TimeoutError:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(SECONDS)
        return connection.recv(65_536)


def status_of(answer: bytes) -> int:
    """The first status of an answer; 0 when there is none."""
    assert not answer or answer.startswith(b"HTTP/1."), answer[:200]
    return int(answer.split(b" ", 2)[1]) if answer else 0


EVERYTHING = {**malformed.LINES, **malformed.HEADERS, **malformed.LENGTHS}


@pytest.mark.parametrize("name", EVERYTHING)
def test_malformed_request(server: Served, name: str) -> None:
    data, expected = EVERYTHING[name]
    answer = exchanged(server, data)
    assert status_of(answer) in expected, answer[:500]
    assert [secret for secret in SECRETS if secret in answer] == []
    assert b"\r\nSet-Cookie" not in answer.title()
    server.assert_serves()


@pytest.mark.parametrize("path", malformed.TRAVERSALS)
def test_no_path_leads_out_of_the_static_files(server: Served, path: str) -> None:
    answer = exchanged(server, malformed.get(b"/static/" + path.encode()))
    assert status_of(answer) in {307, *malformed.REFUSED}, answer[:500]
    assert [secret for secret in SECRETS if secret in answer] == []


@pytest.mark.parametrize("asked", malformed.RANGES)
def test_odd_ranges(server: Served, asked: str) -> None:
    answer = exchanged(server, malformed.get(b"/static/css/docs.css", b"Range: " + asked.encode()))
    whole = len(server.request("GET", "/static/css/docs.css").body)
    assert status_of(answer) in malformed.RANGES[asked], answer[:300]
    assert len(answer) < 2 * whole + 2_000
    server.assert_serves()
