"""A real `backpass serve` of its own for a test, with what clients and /proc tell about it."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import processes
from tests.cli.running import ROOT, command, environment, free_port

START_SECONDS = 60.0
PROGRAM = "import torch\nx = torch.ones(2, 2, requires_grad=True)\n(x * x).sum().backward()\nprint(x.grad)"
FAILED = ("Traceback", "Exception in ASGI", '"status": 500')


class Reply(NamedTuple):
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


class Served:
    """A running server. Each request has a connection of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.address = ("127.0.0.1", port)
        self.url = f"http://127.0.0.1:{port}"
        self._log = log

    def request(
        self, method: str, path: str, body: bytes | None = None, timeout: float = 30.0, **headers: str
    ) -> Reply:
        """One answer; names of headers are written with _ for -."""
        before = time.monotonic()
        connection = http.client.HTTPConnection(*self.address, timeout=timeout)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            got = connection.getresponse()
            told = {name.lower(): value for name, value in got.getheaders()}
            return Reply(got.status, told, got.read(), time.monotonic() - before)
        finally:
            connection.close()

    def trace(self, code: str, timeout: float = 30.0, **headers: str) -> Reply:
        """The answer to a program of one cell."""
        body = json.dumps({"cells": [code]}).encode()
        return self.request("POST", "/api/trace", body, timeout, Content_Type="application/json", **headers)

    def connect(self, data: bytes = b"", timeout: float = 20.0) -> socket.socket:
        """A connection over which `data` was sent as it is."""
        made = socket.create_connection(self.address, timeout=timeout)
        made.sendall(data)
        return made

    def assert_serves(self) -> None:
        """An honest request is answered, and the log knows of no earlier one that failed within the server."""
        reply = self.trace(PROGRAM)
        assert reply.status == 200, reply
        assert reply.json["error"] is None, reply.json["error"]
        assert [word for word in FAILED if word in self.log] == [], self.log[-3000:]

    @property
    def log(self) -> str:
        """What the server has written so far."""
        return self._log.read_text("utf-8", "replace")

    @property
    def pid(self) -> int:
        """The server's own process, also when it was started through another program."""
        return self.process.pid

    def below(self) -> list[int]:
        """Every process of the server but its own."""
        return [found.pid for found in processes.tree(self.pid)[1:]]

    def leaves(self) -> list[int]:
        """The processes that run programs: those that have none below them."""
        found = processes.tree(self.pid)
        deepest = max(process.depth for process in found)
        return [process.pid for process in found if process.depth == deepest > 0]

    def stop(self, seconds: float = 20.0) -> int:
        """Asks it to end as an operator does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


@contextmanager
def served(
    *flags: str, prefix: Sequence[str] = (), start: Sequence[str] | None = None, **variables: str
) -> Iterator[Served]:
    """A server that answers. `prefix`: the command that starts it; `start`: what is started instead of backpass."""
    port = free_port()
    line = [*prefix, *(start or command()), "serve", "--port", str(port), *flags]
    with tempfile.TemporaryDirectory(prefix="backpass-test-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(line, cwd=ROOT, env=environment(variables), stdout=output, stderr=output)
        made = Served(process, port, log)
        try:
            wait_until_ready(made)
            yield made
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_ready(made: Served) -> None:
    """Returns when a program was run; raises RuntimeError when the server ended or takes too long."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if made.process.poll() is not None:
            raise RuntimeError(f"the server ended with status {made.process.returncode}: {made.log}")
        try:
            if made.trace("1").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"no answer within {START_SECONDS:g} s: {made.log}")


def eventually(true: Any, seconds: float = 10.0) -> bool:
    """Whether a condition holds within so many seconds."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if true():
            return True
        time.sleep(0.05)
    return bool(true())
