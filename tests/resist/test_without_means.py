"""A server that the machine denies something: files, room, descriptors, memory, a queue that has room, time to end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import processes
from tests.resist.served import PROGRAM, Reply, Served, eventually, served
from tests.resist.test_killed import SLOW

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts are those of Linux"),
]

MOUNTS = shutil.which("unshare") and not subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode
needs_mounts = pytest.mark.skipif(not MOUNTS, reason="this user may not make mounts of its own")


def in_mounts(script: str) -> list[str]:
    """What starts a server that sees other mounts than we do."""
    return ["unshare", "-m", "sh", "-ec", f'mount --make-rprivate /; {script}; exec "$@"', "sh"]


def limited(*limits: str) -> list[str]:
    """What starts a server with these limits of `prlimit`."""
    return ["prlimit", *limits]


READ_ONLY = (
    "for at in $(awk '{print $2}' /proc/mounts); do case $at in /proc*|/sys*|/dev*) ;;"
    " *) mount -o remount,bind,ro $at || true;; esac; done"
)


@needs_mounts
def test_nothing_can_be_written_anywhere() -> None:
    """As with `docker run --read-only` and no tmpfs at all."""
    with served(prefix=in_mounts(READ_ONLY)) as server:
        server.assert_serves()
        os.kill(server.leaves()[0], 9)
        server.assert_serves()
        assert server.request("GET", "/").status == 200


@needs_mounts
def test_the_disk_is_full() -> None:
    full = "mount -t tmpfs -o size=16k,nr_inodes=4 tmpfs /var/tmp; head -c 16384 /dev/zero > /var/tmp/full || true"
    with served(prefix=in_mounts(full), TMPDIR="/var/tmp") as server:
        server.assert_serves()
        os.kill(server.leaves()[0], 9)
        server.assert_serves()


def test_the_log_is_full() -> None:
    """Every line of the log fails; no request does."""
    with served("--log-format", "json", prefix=["sh", "-c", 'exec "$@" 2>/dev/full >/dev/full', "sh"]) as server:
        for _ in range(20):
            server.assert_serves()
        assert server.request("GET", "/nowhere").status == 404


def test_no_file_may_grow() -> None:
    with served(prefix=limited("--fsize=0")) as server:
        for _ in range(5):
            server.assert_serves()


def test_no_descriptors_are_left() -> None:
    """Connections beyond the limit wait or are dropped; those who are in are served; all is well when they go."""
    with served(prefix=limited("--nofile=80")) as server:
        idle = connections(server, 150)
        before = processes.cpu_seconds(server.pid)
        time.sleep(2)
        assert processes.cpu_seconds(server.pid) - before < 1.5  # it does not spin
        for connection in idle:
            connection.close()
        assert eventually(lambda: serves(server), 20)
        server.process.poll()
        assert server.process.returncode is None
        assert len(server.log) < 1_000_000


def connections(server: Served, number: int) -> list[socket.socket]:
    """Connections that say nothing."""
    made = []
    for _ in range(number):
        connection = socket.socket()
        connection.settimeout(5)
        connection.connect(server.address)
        made.append(connection)
    return made


def serves(server: Served) -> bool:
    try:
        return server.trace(PROGRAM, timeout=5).json["error"] is None
    except OSError:
        return False


def test_little_address_space() -> None:
    """The server's own limit reaches its workers; programs that ask for much are told so, and it lives on."""
    with served(prefix=limited(f"--as={1200 * 2**20}")) as server:
        hungry = "import torch\nx = [torch.ones(2000, 1000) for _ in range(8)]\nsum(x).sum()"
        for number in range(4):
            assert server.trace(f"{hungry}  # {number}").status == 200
        server.assert_serves()


def test_full_queue_loses_nobody() -> None:
    """Far more pages than places: each is answered, or told when to come back, and then answered."""
    with served("--queue", "4", "--workers", "1", "--cache-mb", "0", "--flood-per-second", "0") as server:
        statuses: Counter[int] = Counter()
        lock = threading.Lock()

        def insist(number: int) -> Reply:
            give_up = time.monotonic() + 60
            while time.monotonic() < give_up:
                reply = server.trace(f"{PROGRAM}\n# {number}", X_Backpass_Page=f"page-{number}")
                with lock:
                    statuses[reply.status] += 1
                if reply.status != 429:
                    return reply
                assert 1 <= int(reply.headers["retry-after"]) <= 60
                assert reply.json["error"]["type"] == "TooManyRequests"
                time.sleep(int(reply.headers["retry-after"]) * 0.5)
            raise AssertionError("never served")

        blocker = threading.Thread(target=lambda: server.trace(SLOW, X_Backpass_Page="slow"))
        blocker.start()
        time.sleep(0.2)
        with ThreadPoolExecutor(60) as pool:
            replies = list(pool.map(insist, range(60)))
        blocker.join()
        assert {reply.status for reply in replies} == {200}
        assert all(reply.json["error"] is None for reply in replies)
        assert statuses[429] > 0
        assert set(statuses) == {200, 429}


def test_shutdown_finishes_what_runs() -> None:
    """SIGTERM while programs run and others wait: those that were taken are answered, then all processes are gone."""
    with served("--workers", "1") as server, ThreadPoolExecutor(3) as pool:
        below = server.below()
        answers = [pool.submit(server.trace, f"{SLOW}  # {number}") for number in range(2)]
        time.sleep(0.3)
        before = time.monotonic()
        assert server.stop() in (0, -15)
        assert time.monotonic() - before < 15
        replies = [answer.result(20) for answer in answers]
        assert replies[0].status == 200
        assert replies[0].json["error"]["type"] == "LimitError"
        assert {reply.status for reply in replies} <= {200, 429, 503}
        assert eventually(lambda: not any(processes.state(pid) for pid in below))
        assert "Traceback" not in server.log


def test_shutdown_does_not_wait_for_idlers() -> None:
    with served() as server:
        idle = connections(server, 20)
        with server.connect(b"POST /api/trace HTTP/1.1\r\nHost: x\r\nContent-Le"):
            before = time.monotonic()
            assert server.stop() in (0, -15)
            assert time.monotonic() - before < 12
        for connection in idle:
            connection.close()
