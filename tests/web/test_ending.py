"""How a real server ends: answers first, idle connections not waited for, a second signal at once."""

from __future__ import annotations

import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPException

import pytest

from tests.resist.served import Reply, Served, eventually, served

pytestmark = [pytest.mark.alone, pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs Unix signals")]

# As `backpass serve`, with jobs that can sleep: no program of the engine's may take so long.
SERVE = """import sys
from app.main import create_app
from app.settings import Settings
from app.web import server
port = int(sys.argv[sys.argv.index("--port") + 1])
server.serve(create_app(Settings(workers=1, deadline_seconds=20), jobs="tests.service.fake_jobs"), "127.0.0.1", port)
"""
SECONDS = 1.5


@pytest.fixture
def server() -> Iterator[Served]:
    """A server with one worker."""
    with served(start=[sys.executable, "-c", SERVE]) as made:
        yield made


def running(server: Served, pool: ThreadPoolExecutor, programs: int) -> list[Future[Reply]]:
    """Programs that take SECONDS each, no two alike: one runs while the others wait."""
    answers = [pool.submit(server.trace, f"sleep {SECONDS + number / 10}") for number in range(programs)]
    time.sleep(0.5)
    assert not any(answer.done() for answer in answers)
    return answers


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_first_signal_lets_everybody_finish(server: Served, sign: signal.Signals) -> None:
    with ThreadPoolExecutor(2) as pool, server.connect(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n") as idle:
        assert received(idle).startswith(b"HTTP/1.1 200")
        answers = running(server, pool, 2)
        below = server.below()
        server.process.send_signal(sign)
        assert idle.recv(1) == b""  # at once: nothing is asked over it
        assert not answers[0].done()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(server.address, timeout=5).close()
        assert [answer.result().status for answer in answers] == [200, 200]
    assert server.process.wait(15) == 0
    assert below
    assert eventually(lambda: not alive(below))
    assert "Traceback" not in server.log


def test_second_signal_ends_at_once(server: Served) -> None:
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(server.trace, "sleep 18")
        time.sleep(0.5)
        below = server.below()
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        before = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(20) == 1
        assert time.monotonic() - before < 4  # uvicorn alone would wait for ten
        assert isinstance(answer.exception(), OSError | HTTPException)  # hung up on
    assert eventually(lambda: not alive(below))


def test_signal_that_comes_twice_in_a_moment_is_one(server: Served) -> None:
    with ThreadPoolExecutor(1) as pool:
        (answer,) = running(server, pool, 1)
        server.process.send_signal(signal.SIGTERM)
        server.process.send_signal(signal.SIGTERM)
        assert answer.result().status == 200
    assert server.process.wait(15) == 0


def test_idle_server_ends_at_once(server: Served) -> None:
    before = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - before < 3


def test_port_that_is_taken_is_told(server: Served) -> None:
    with pytest.raises(RuntimeError, match=r"ended with status [1-9]"), served("--port", str(server.address[1])):
        pass


def received(connection: socket.socket) -> bytes:
    """One small answer, which may come in parts."""
    said = b""
    while not said.endswith(b"}"):
        said += connection.recv(2000)
    return said


def alive(pids: list[int]) -> list[int]:
    """Those that have not ended."""
    found = []
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                found += [pid] if stat.read().rpartition(")")[2].split()[0] != "Z" else []
        except OSError:
            continue
    return found
