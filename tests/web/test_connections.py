"""Connections over which nothing, too much, or too little comes: they end, with either parser of HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.web import connections
from app.web.connections import protocol
from app.web.server import Server, config

pytestmark = pytest.mark.alone

MOST = 20
LARGE = 30_000_000  # more than the system takes for a connection
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
PATIENCE = 15.0


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers at once, late, or at length."""
    path = scope["path"]
    if path == "/late":
        await asyncio.sleep(2.5)
    body = bytes(LARGE) if path == "/large" else b"done"
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def answer_on(connection: socket.socket) -> bytes:
    """An answer up to its end, which may come in several parts; what there is when the server hangs up before."""
    said = b""
    while not said.endswith(b"done") and (part := connection.recv(1000)):
        said += part
    return said


class Place:
    """A server in a thread, with times so short that a test can wait for them."""

    def __init__(self, parser: type[asyncio.Protocol]) -> None:
        made = config(application, "127.0.0.1", 0, protocol(MOST, parser))
        made.lifespan = "off"
        self.server = Server(made)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        wait_until(lambda: self.server.started)
        self.address = self.server.servers[0].sockets[0].getsockname()

    def connect(self, data: bytes = b"") -> socket.socket:
        """A connection over which `data` was sent."""
        made = socket.create_connection(self.address, timeout=PATIENCE)
        made.sendall(data)
        return made

    def assert_serves(self) -> None:
        """A request of somebody else is answered."""
        with self.connect(GET) as connection:
            assert connection.recv(100).startswith(b"HTTP/1.1 200")

    def stop(self) -> None:
        """As after SIGTERM."""
        self.server.should_exit = True
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


@pytest.fixture(params=[HttpToolsProtocol, H11Protocol])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A running server."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(connections, "READ_SECONDS", 1.5)
    made = Place(request.param)
    yield made
    made.stop()


def wait_until(true: Callable[[], bool]) -> None:
    """Fails when a condition does not come about."""
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def rest_of(connection: socket.socket) -> bytes:
    """Everything until the server hangs up."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def refusal_in(answer: bytes) -> tuple[int, dict[str, Any]]:
    """Status and body of an answer that must have the shape of every refusal."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    assert "connection: close" in lines
    assert "x-content-type-options: nosniff" in lines
    assert f"content-length: {len(body)}" in lines
    told = json.loads(body)
    assert set(told) == {"error", "detail"}
    return int(head.split()[1]), told["error"]


def test_silence_is_ended_without_a_word(place: Place) -> None:
    with place.connect() as connection:
        assert rest_of(connection) == b""


def trickled(connection: socket.socket, data: bytes) -> bytes:
    """What the server says while a byte comes now and then, until it hangs up."""
    with contextlib.suppress(ConnectionError):
        for position in range(100):
            connection.sendall(data[position % len(data) :][:1])
            time.sleep(0.1)
            connection.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                return connection.recv(65_536)
            connection.settimeout(PATIENCE)
    return b""


def test_head_that_trickles_is_ended(place: Place) -> None:
    before = time.monotonic()
    with place.connect(b"GET / HTTP/1.1\r\n") as connection:
        said = trickled(connection, b"X-Header: 1\r\n")
    assert time.monotonic() - before < 5
    if place.server.config.http.__mro__[2] is HttpToolsProtocol:  # type: ignore[union-attr]
        status, error = refusal_in(said)
        assert (status, error["type"]) == (408, "RequestTimeout")
    place.assert_serves()


def test_blank_lines_keep_nothing_open(place: Place) -> None:
    before = time.monotonic()
    with place.connect(GET) as connection:
        assert connection.recv(1000)
        trickled(connection, b"\r\n")
    assert time.monotonic() - before < 5


@pytest.mark.parametrize("header", [b"X: " + b"a" * 8000 + b"\r\n", b"a" * 8000])
def test_head_without_end_is_refused(place: Place, header: bytes) -> None:
    with place.connect(b"GET / HTTP/1.1\r\n") as connection:
        with contextlib.suppress(ConnectionError):
            for _ in range(200):
                connection.sendall(header)
                time.sleep(0.001)
        said = rest_of(connection)
    if said:  # a client that is still sending may not hear it
        assert refusal_in(said)[0] in {400, 431}
    place.assert_serves()


def test_what_is_not_http_is_refused_in_our_shape(place: Place) -> None:
    with place.connect(b"\0\1\2 qwertz\r\n\r\n") as connection:
        said = rest_of(connection)
    status, error = refusal_in(said)
    assert (status, error["type"]) == (400, "BadRequest")
    assert b"qwertz" not in said


def test_log_has_no_advice_for_who_asks_for_web_sockets(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    asked = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    with place.connect(asked) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    assert "pip install" not in caplog.text


def test_late_answer_comes(place: Place) -> None:
    with place.connect(GET.replace(b"/ ", b"/late ")) as connection:
        assert answer_on(connection).endswith(b"done")


def test_connection_between_two_requests_is_kept(place: Place) -> None:
    with place.connect(GET) as connection:
        assert answer_on(connection).endswith(b"done")
        time.sleep(2)
        connection.sendall(GET)
        assert answer_on(connection).endswith(b"done")


def test_client_that_does_not_read_is_ended(place: Place) -> None:
    with place.connect(GET.replace(b"/ ", b"/large ")):
        wait_until(lambda: len(place.server.server_state.connections) == 1)
        wait_until(lambda: not place.server.server_state.connections)
    place.assert_serves()


def test_client_that_does_not_read_and_whose_connection_was_to_close_is_ended(place: Place) -> None:
    asked = b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with place.connect(asked):
        wait_until(lambda: len(place.server.server_state.connections) == 1)
        wait_until(lambda: not place.server.server_state.connections)


def test_client_that_reads_slowly_gets_everything(place: Place) -> None:
    with place.connect(b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") as connection:
        size = 0
        for _ in range(12):  # for twice as long as a stalled client would have
            time.sleep(0.3)
            size += len(connection.recv(200_000))
        size += len(rest_of(connection))
    assert size > LARGE


def test_idle_connections_make_room(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 60)
    idle = [place.connect() for _ in range(3 * MOST)]
    for _ in range(5):
        place.assert_serves()
    assert len(place.server.server_state.connections) <= MOST
    for connection in idle:
        connection.close()


def test_too_many_at_work_are_told_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = [place.connect(GET.replace(b"/ ", b"/late ")) for _ in range(MOST)]
    wait_until(lambda: len(place.server.server_state.tasks) == MOST)
    with place.connect() as connection:
        status, error = refusal_in(rest_of(connection))
    assert (status, error["type"]) == (503, "ServiceUnavailable")
    assert all(answer_on(connection).endswith(b"done") for connection in busy)
    for connection in busy:
        connection.close()


def test_end_waits_for_answers_and_not_for_idle_connections(place: Place) -> None:
    with place.connect() as silent, place.connect(GET) as idle, place.connect(b"GET / HT") as half:
        assert answer_on(idle).endswith(b"done")
        with place.connect(GET.replace(b"/ ", b"/late ")) as late:
            wait_until(lambda: len(place.server.server_state.tasks) == 1)
            before = time.monotonic()
            place.stop()
            assert time.monotonic() - before < 5
            assert answer_on(late).endswith(b"done")
            assert late.recv(1) == b""
        assert (silent.recv(1), idle.recv(1), half.recv(1)) == (b"", b"", b"")
