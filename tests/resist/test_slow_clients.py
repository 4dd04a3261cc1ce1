"""Clients that are slow, silent or gone: they cost a place for a while, and nobody else waits for them."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from app.web.body import BODY_SECONDS
from app.web.connections import HEAD_SECONDS, READ_SECONDS
from benchmarks import processes
from tests.resist.pulse import Pulse
from tests.resist.served import PROGRAM, Served, eventually, served

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform != "linux", reason="what the server holds is seen as Linux tells it"),
]

CALM = 1.0  # seconds of the middle honest answer on a busy machine
LATE = 6.0  # what a busy machine adds to a limit
MEGABYTE = 2**20
JSON = b"Content-Type: application/json\r\n"
# Answers of several megabytes, even compressed.
LARGE = [
    "import torch\nx = torch.randn(40, 40, requires_grad=True)\nfor i in range(200):\n    x = x * torch.randn(40, 40)"
    "\nx.sum().backward()"
]  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served("--flood-per-second", "0") as made:
        yield made


def post_of(body: bytes, *headers: bytes) -> bytes:
    """A whole request."""
    head = [b"POST /api/trace HTTP/1.1", b"Host: x", JSON.strip(), b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join([*head, b"", body])


WHOLE = post_of(json.dumps({"cells": [PROGRAM]}).encode())


def dripped(connections: list[socket.socket], data: Callable[[int], bytes], over: threading.Event) -> None:
    """Sends a little to each, again and again, until it is over; those that were hung up on are left alone."""
    for number in range(10_000):
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.sendall(data(number))
        if over.wait(0.5):
            return


def is_closed(connection: socket.socket) -> bool:
    """Whether the server has hung up; what it said before is thrown away."""
    connection.setblocking(False)
    try:
        while connection.recv(65_536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


POST = b"POST /api/trace HTTP/1.1\r\nHost: x\r\n" + JSON


@pytest.mark.parametrize(
    ("start", "drop", "limit"),
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-%d: 1\r\n", HEAD_SECONDS, id="headers"),
        pytest.param(b"GE", b"T", HEAD_SECONDS, id="request line"),
        pytest.param(POST + b"Content-Length: 60000\r\n\r\n", b" ", BODY_SECONDS, id="body"),
        pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", BODY_SECONDS, id="chunks"),
    ],
)
def test_drop_by_drop(server: Served, start: bytes, drop: bytes, limit: float) -> None:
    slow = [server.connect(start) for _ in range(150)]
    over = threading.Event()
    dripping = threading.Thread(
        target=dripped, args=(slow, lambda number: drop % number if b"%d" in drop else drop, over)
    )
    dripping.start()
    try:
        with Pulse(server) as pulse:
            assert eventually(lambda: all(is_closed(connection) for connection in slow), limit + 2 * LATE)
    finally:
        over.set()
        dripping.join()
        for connection in slow:
            connection.close()
    pulse.assert_calm(CALM)
    server.assert_serves()


def test_readers_that_do_not_read(server: Served) -> None:
    """Each holds some megabytes of answer for a while; then the answer is dropped, and the memory with it."""
    body = json.dumps({"cells": LARGE}).encode()
    assert server.request("POST", "/api/trace", body, Content_Type="application/json").status == 200
    before = processes.pss_bytes(server.pid)
    descriptors = processes.descriptors(server.pid)
    readers = [reader(server, post_of(body) * 10) for _ in range(30)]  # so much that no buffer of the system holds it
    try:
        with Pulse(server) as pulse:
            assert eventually(lambda: processes.descriptors(server.pid) >= descriptors + 25)
            assert eventually(lambda: processes.descriptors(server.pid) <= descriptors + 5, READ_SECONDS + 2 * LATE)
    finally:
        for connection in readers:
            connection.close()
    pulse.assert_calm(CALM)
    assert eventually(lambda: processes.pss_bytes(server.pid) < before + 40 * MEGABYTE), (
        processes.pss_bytes(server.pid) - before
    )


def reader(server: Served, data: bytes) -> socket.socket:
    """A connection that takes in as little as the system allows."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    made.connect(server.address)
    made.sendall(data)
    return made


def test_a_thousand_idle_connections(server: Served) -> None:
    before = processes.descriptors(server.pid)
    memory = processes.pss_bytes(server.pid)
    idle = [server.connect() for _ in range(1000)]
    with Pulse(server) as pulse:
        assert eventually(lambda: processes.descriptors(server.pid) >= before + 900)
        assert processes.pss_bytes(server.pid) < memory + 60 * MEGABYTE
        time.sleep(2)
    for connection in idle:
        connection.close()
    pulse.assert_calm(CALM)
    assert eventually(lambda: processes.descriptors(server.pid) <= before + 5), processes.descriptors(server.pid)


def test_idle_connections_are_ended(server: Served) -> None:
    idle = [server.connect() for _ in range(20)]
    assert eventually(lambda: all(is_closed(connection) for connection in idle), HEAD_SECONDS + LATE)
    for connection in idle:
        connection.close()


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_gone_in_every_phase(server: Served, reset: bool) -> None:
    """After every few bytes of a request; and with the program under way; and with its answer under way."""
    before = processes.descriptors(server.pid)
    large = post_of(json.dumps({"cells": LARGE}).encode())
    with Pulse(server) as pulse:
        for cut in range(0, len(WHOLE) + 1, 5):
            vanish(server.connect(WHOLE[:cut]), reset)
        for number in range(40):
            unique = post_of(json.dumps({"cells": [f"{PROGRAM}\n# {reset} {number}"]}).encode())
            vanish(server.connect(unique), reset)
        for _ in range(5):
            connection = server.connect(large)
            connection.recv(100)
            vanish(connection, reset)
    pulse.assert_calm(CALM)
    assert eventually(lambda: processes.descriptors(server.pid) <= before + 5), processes.descriptors(server.pid)
    server.assert_serves()


def vanish(connection: socket.socket, reset: bool) -> None:
    """Closes; with a reset instead of a farewell where that is asked for."""
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def test_pipelined_requests_are_answered_in_turn(server: Served) -> None:
    paths = [b"/healthz" if number % 2 else b"/api/nowhere" for number in range(40)]
    data = b"".join(b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % path for path in paths)
    with server.connect(data + b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as connection:
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    statuses = [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [404, 200] * 20 + [200]


def test_a_flood_of_pipelined_requests_is_no_flood_of_memory(server: Served) -> None:
    memory = processes.pss_bytes(server.pid)
    data = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 20_000
    with Pulse(server) as pulse, server.connect(timeout=3) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(data)  # it stops reading when nobody reads its answers
        assert processes.pss_bytes(server.pid) < memory + 60 * MEGABYTE
    pulse.assert_calm(CALM)
    assert eventually(lambda: processes.pss_bytes(server.pid) < memory + 40 * MEGABYTE)
