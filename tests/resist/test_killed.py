"""Processes that are killed or stopped from outside: nobody but their own program notices, and not for long."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from benchmarks import processes
from tests.resist.served import Reply, Served, eventually, served

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found as Linux tells them"),
]

DEADLINE = 3.0
ELSE = 6.0  # seconds that a busy machine adds
# Real work of half a second and more, then an end by its budget.
SLOW = "import torch\nx = torch.randn(300, 300)\nwhile True: x = (x @ x).softmax(1)"


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served("--flood-per-second", "0", "--workers", "2", "--cache-mb", "0") as made:
        yield made


@contextmanager
def running(server: Served) -> Iterator[tuple[Future[Reply], int]]:
    """A program under way, and the process that runs it, stopped so that it cannot end."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(server.trace, SLOW)
        found = busy(server)
        os.kill(found, signal.SIGSTOP)
        yield answer, found


def kill(pids: list[int]) -> None:
    """Kills idle processes, and leaves the server a moment to hear of it."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):  # it may be going anyway
            os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)


def busy(server: Served) -> int:
    """The process that computes. Raises AssertionError when there is none for a while."""
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        before = {pid: processes.cpu_seconds(pid) for pid in server.leaves()}
        time.sleep(0.03)
        spent = {pid: processes.cpu_seconds(pid) - before[pid] for pid in before}
        if spent and max(spent.values()) > 0:
            return max(spent, key=lambda pid: spent[pid])
    raise AssertionError("nothing runs")


def test_idle_workers_are_killed(server: Served) -> None:
    killed = server.leaves()
    assert killed
    kill(killed)
    before = time.monotonic()
    server.assert_serves()
    assert time.monotonic() - before < ELSE
    assert not set(killed) & set(server.leaves())


def test_everything_below_the_server_is_killed(server: Served) -> None:
    kill(server.below())
    before = time.monotonic()
    server.assert_serves()
    assert time.monotonic() - before < 2 * ELSE


def test_again_and_again(server: Served) -> None:
    for _ in range(10):
        kill(server.leaves())
        server.assert_serves()


def test_a_running_worker_is_killed(server: Served) -> None:
    with running(server) as (answer, pid):
        os.kill(pid, signal.SIGKILL)
        server.assert_serves()
        reply = answer.result(20)
    assert reply.status == 200
    assert reply.json["error"]["type"] in ("EngineError", "LimitError")
    assert reply.seconds < DEADLINE + ELSE
    server.assert_serves()


def test_a_running_worker_is_stopped(server: Served) -> None:
    """SIGSTOP is what a machine that swaps looks like: the deadline ends the wait."""
    with running(server) as (answer, pid):
        server.assert_serves()  # the other one
        reply = answer.result(20)
    assert reply.json["error"]["type"] == "LimitError"
    assert "budget: time" in reply.json["error"]["message"]
    assert DEADLINE - 1 < reply.seconds < DEADLINE + ELSE
    assert eventually(lambda: processes.state(pid) == "")
    server.assert_serves()


def test_all_idle_workers_are_stopped(server: Served) -> None:
    stopped = server.leaves()
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    for _ in stopped:
        assert server.trace("1").seconds < DEADLINE + ELSE
    server.assert_serves()
    assert eventually(lambda: not set(stopped) & set(server.leaves()))


def test_the_zygote_is_killed_while_programs_run(server: Served) -> None:
    between = [found.pid for found in processes.tree(server.pid) if found.depth == 1]
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(server.trace, f"{SLOW}  # {number}") for number in range(4)]
        time.sleep(0.3)
        kill(between)
        replies = [answer.result(40) for answer in answers]
    assert {reply.status for reply in replies} <= {200, 429}  # 429: what came meanwhile may have waited too long
    server.assert_serves()


def test_nothing_outlives_a_server_that_is_killed() -> None:
    with served() as server:
        below = server.below()
        assert below
        server.process.kill()
        server.process.wait()
        assert eventually(lambda: not any(processes.state(pid) for pid in below), 15)


def test_nothing_is_left_by_killed_workers(server: Served) -> None:
    """Neither zombies nor descriptors."""
    server.assert_serves()
    before = processes.descriptors(server.pid)
    for _ in range(10):
        kill(server.leaves())
        server.assert_serves()
    assert eventually(lambda: processes.descriptors(server.pid) <= before + 3), processes.descriptors(server.pid)
    assert eventually(lambda: "Z" not in {processes.state(pid) for pid in server.below()})
