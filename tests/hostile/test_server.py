"""Hostile requests to a real server: an answer to each in time, never a 5xx, and the next request is served."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.alone

PROGRAM = "import torch\nx = torch.ones(2, 2, requires_grad=True)\n(x * x).sum().backward()\nprint(x.grad)"
ELEMENTS = {"op": 0, "input": 0, "output": 0, "of_outputs": [0]}
SECONDS = 6.0  # the deadline of a program, and what a busy machine adds


def cell(code: str, **more: object) -> str:
    return json.dumps({"cells": [code], **more})


REQUESTS: dict[str, tuple[str, str | bytes, int]] = {
    "nan": ("trace", '{"code": NaN}', 400),
    "infinity": ("trace", '{"code": "1", "seed": -Infinity}', 400),
    "overflow": ("trace", '{"code": "1", "seed": 1e999}', 422),
    "digits": ("trace", '{"code": "1", "seed": ' + "9" * 5000 + "}", 400),
    "depth": ("trace", "[" * 60000, 400),
    "depth-in-field": ("trace", '{"code": "1", "limits": ' + "[" * 900 + "]" * 900 + "}", 422),
    "surrogate": ("trace", '{"code": "\\ud800"}', 422),
    "surrogate-key": ("trace", '{"\\ud800": 1}', 422),
    "bad-utf-8": ("trace", b'{"code": "\xff"}', 400),
    "utf-16": ("trace", '{"code": "1"}'.encode("utf-16"), 400),
    "null-byte": ("trace", cell("x = '\0'"), 200),
    "twice": ("trace", '{"code": "1", "code": "2"}', 422),
    "thousand-cells": ("trace", json.dumps({"cells": ["1"] * 1000}), 422),
    "two-hundred-cells": ("trace", json.dumps({"cells": ["1"] * 200}), 200),
    "markers": ("trace", json.dumps({"code": "# %%\n" * 9000}), 200),
    "unknown-field": ("trace", cell("1", zzz=1), 422),
    "negative-limit": ("trace", cell("1", limits={"edges": -1}), 422),
    "true-as-number": ("edges", cell(PROGRAM, **{**ELEMENTS, "op": True}), 422),
    "negative-operation": ("edges", cell(PROGRAM, **{**ELEMENTS, "op": -1}), 422),
    "far-operation": ("edges", cell(PROGRAM, **{**ELEMENTS, "op": 2**53 - 1}), 422),
    "farther-operation": ("edges", cell(PROGRAM, **{**ELEMENTS, "op": 2**80}), 422),
    "far-element": ("edges", cell(PROGRAM, **{**ELEMENTS, "of_outputs": [10**9]}), 422),
    "far-tensor": ("edges", cell(PROGRAM, **{"from": 0, "to": 10**9}), 422),
    "edges-of-endless": ("edges", cell("while True: pass", **{"from": 0, "to": 0}), 422),
    "too-large": ("trace", cell("#" * 10**6), 413),
    "printed-surrogate": ("trace", cell("print('\\ud800')\n'\\udfff'"), 200),
    "raised-surrogate": ("trace", cell("raise ValueError('\\ud800')"), 200),
    "printed-nan": ("trace", cell("import torch\ntorch.tensor([float('nan'), -float('inf')])"), 200),
    "large-integer": ("trace", cell("2 ** 500"), 200),
    "flood": ("trace", cell("while True: print('x' * 1000)"), 200),
}  # fmt: skip


class Client:
    """Requests to the server at one address."""

    def __init__(self, url: str) -> None:
        self.host = url.removeprefix("http://")

    def post(self, route: str, body: str | bytes) -> tuple[int, Any, float]:
        """Status, JSON and seconds."""
        start = time.monotonic()
        connection = http.client.HTTPConnection(self.host, timeout=30)
        data = body if isinstance(body, bytes) else body.encode()
        try:
            connection.request("POST", f"/api/{route}", data, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read()), time.monotonic() - start
        finally:
            connection.close()

    def raw(self, data: bytes) -> socket.socket:
        """A connection over which `data` was sent as it is."""
        host, port = self.host.split(":")
        made = socket.create_connection((host, int(port)), timeout=10)
        made.sendall(data)
        return made

    def assert_serves(self) -> None:
        status, made, _ = self.post("trace", cell(PROGRAM))
        assert status == 200
        assert made["error"] is None


@pytest.fixture(scope="module")
def client(base_url: str) -> Client:
    made = Client(base_url)
    made.assert_serves()
    return made


@pytest.mark.parametrize("name", REQUESTS)
def test_a_hostile_request(client: Client, name: str) -> None:
    route, body, expected = REQUESTS[name]
    status, made, seconds = client.post(route, body)
    assert status == expected
    assert "EngineError" not in json.dumps(made)
    assert seconds < SECONDS
    client.assert_serves()


RAW = {
    "version": b"GET / HTTP/9.9\r\n\r\n",
    "garbage": b"\x00\x01\x02" * 100 + b"\r\n\r\n",
    "negative-length": b"POST /api/trace HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
    "bad-chunk": b"POST /api/trace HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("name", RAW)
def test_malformed_http(client: Client, name: str) -> None:
    with client.raw(RAW[name]) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 4")
    client.assert_serves()


def test_slow_clients_keep_nobody_waiting(client: Client) -> None:
    head = b"POST /api/trace HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
    waiting = [client.raw(head) for _ in range(100)]
    client.assert_serves()
    for connection in waiting:
        connection.close()
    client.assert_serves()


def test_two_hundred_at_once(client: Client) -> None:
    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda _: client.post("trace", cell(PROGRAM)), range(200)))
    assert {status for status, _, _ in answers} <= {200, 429}
    assert any(status == 200 for status, _, _ in answers)
    client.assert_serves()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found as Linux tells them")
def test_a_worker_that_is_killed_is_replaced(client: Client) -> None:
    slow = "import torch\nfor i in range(9): x = torch.randn(1000, 1000)\nwhile True: pass"
    answers: list[tuple[int, Any, float]] = []
    asking = threading.Thread(target=lambda: answers.append(client.post("trace", cell(slow))))
    asking.start()
    time.sleep(0.2)
    running = workers(client)
    assert running
    for worker in running:
        os.kill(worker, signal.SIGKILL)
    asking.join(20)
    assert [status for status, _, _ in answers] == [200]
    client.assert_serves()


def workers(client: Client) -> list[int]:
    """The process ids of the server's worker and its spare: the children of the process that was given the port."""
    port = client.host.split(":")[1].encode()
    servers = [path.parent for path in Path("/proc").glob("[0-9]*/cmdline") if port in words(path)]
    tasks = [task for server in servers for task in server.glob("task/*/children")]
    return [int(child) for task in tasks for child in task.read_text().split()]


def words(path: Path) -> list[bytes]:
    """The command line of a process, which may have ended meanwhile."""
    with contextlib.suppress(OSError):
        return path.read_bytes().split(b"\0")
    return []
