"""What a server costs and how soon it recovers: `python -m benchmarks.operating`. Prints a table in Markdown.

Processor time is what the processes used, so that a busy machine blurs it less than the clock; times are of the clock.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import statistics
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from benchmarks.processes import cpu_seconds, pss_bytes, tree
from benchmarks.serving import started
from benchmarks.student import PROGRAMS, SHARED, Book, Student
from benchmarks.watch import Watch

ROUNDS = 5
PAGES = 40
MEGABYTE = 2**20
SLOW = "import torch\nx = torch.randn(300, 300)\nwhile True: x = (x @ x).softmax(1)"


def post(url: str, cells: list[str]) -> dict[str, Any]:
    """A program's trace."""
    body = json.dumps({"cells": cells}).encode()
    request = urllib.request.Request(f"{url}/api/trace", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def fresh(url: str) -> dict[str, Any]:
    """The trace of a program that nobody has run."""
    return post(url, [f"# {time.monotonic()}\nimport torch\ntorch.ones(2)"])


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of the clock."""
    before = time.monotonic()
    act()
    return (time.monotonic() - before) * 1000


def at_depth(pid: int, depth: int) -> list[int]:
    """The processes so far below the server."""
    return [process.pid for process in tree(pid) if process.depth == depth]


def recovery(url: str, pid: int, depth: int, sign: int) -> float:
    """Milliseconds from a signal to idle processes until a program is answered; the median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        fresh(url)
        for victim in at_depth(pid, depth):
            os.kill(victim, sign)
        time.sleep(0.05 if sign == signal.SIGKILL else 0)
        times.append(timed(lambda: fresh(url)))
        time.sleep(3)  # a spare gets warm
    return statistics.median(times)


def processor(pid: int, act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor time that the server itself, and all below it, use for something."""

    def used() -> tuple[float, float]:
        spent = [cpu_seconds(process.pid) for process in tree(pid)]
        return spent[0] * 1000, sum(spent[1:]) * 1000

    before = used()
    act()
    after = used()
    return after[0] - before[0], after[1] - before[1]


async def pages(url: str) -> None:
    """Some students open the page, one after the other."""
    host, _, port = url.removeprefix("http://").partition(":")
    for number in range(PAGES):
        await Student(number, 1, (host, int(port)), Book()).open_page()


async def link(url: str, readers: int) -> tuple[float, float]:
    """Everybody opens one link that nobody has opened: milliseconds until all have it, and how often it was run."""
    host, _, port = url.removeprefix("http://").partition(":")
    watch = Watch(None, host, int(port))
    before = await watch.metrics()
    book = Book()
    students = [Student(number, 1, (host, int(port)), book) for number in range(readers)]
    began = time.monotonic()
    await asyncio.gather(*(student.run("link", [SHARED % began]) for student in students))
    took = (time.monotonic() - began) * 1000
    after = await watch.metrics()
    name = 'backpass_answers_total{source="run"}'
    return took, after.get(name, 0) - before.get(name, 0)


def main() -> None:
    """Measures and prints."""
    rows: list[tuple[str, str]] = []
    begun = time.monotonic()
    with started("--flood-per-second", "0") as (url, pid):
        fresh(url)
        rows.append(("start until the first program is answered", f"{time.monotonic() - begun:.1f} s"))
        for cells in PROGRAMS:
            post(url, cells)
        for depth, who in enumerate(("server", "zygote", "each worker")):
            sizes = [pss_bytes(found) / MEGABYTE for found in at_depth(pid, depth)]
            rows.append((f"memory, {who}", f"{statistics.mean(sizes):.0f} MB"))
        rows.append(("worker killed, next answer", f"{recovery(url, pid, 2, signal.SIGKILL):.0f} ms"))
        rows.append(("zygote killed, next answer", f"{recovery(url, pid, 1, signal.SIGKILL):.0f} ms"))
        rows.append(("workers stopped, answer by the deadline", f"{recovery(url, pid, 2, signal.SIGSTOP):.0f} ms"))
        rows.append(("endless program, until its LimitError", f"{timed(lambda: post(url, [SLOW])):.0f} ms"))
        own, below = processor(pid, lambda: asyncio.run(pages(url)))
        rows.append(("processor time of opening the page", f"{(own + below) / PAGES:.0f} ms"))
        edited = [[*cells[:-1], f"{cells[-1]}\n# edited"] for cells in PROGRAMS]
        own, below = processor(pid, lambda: [post(url, cells) for cells in edited])
        shares = f"{own / len(edited):.1f} ms in the server, {below / len(edited):.0f} ms in a worker"
        rows.append(("processor time of a built-in program, edited", shares))
        own, below = processor(pid, lambda: [post(url, cells) for cells in edited * 5])
        rows.append(("processor time of an answer from the cache", f"{(own + below) / len(edited) / 5:.1f} ms"))
        took, runs = asyncio.run(link(url, 300))
        rows.append(("a link opened by 300 at once", f"{runs:.0f} run, all answered after {took:.0f} ms"))
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}\n")
    print("| what | measured |\n| --- | --- |")
    for what, measured in rows:
        print(f"| {what} | {measured} |")


if __name__ == "__main__":
    main()
