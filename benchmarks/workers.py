"""Reused workers against a fresh fork per request, and against a library's pool: latency, recovery, memory.

    python -m benchmarks.workers [--requests 300] [--workers 2]

pebble is measured where it is installed; it is no dependency. Linux only: memory is what smaps_rollup tells.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import logging
import os
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.service import jobs
from app.service.processes.pool import ProcessPool

SMALL = "import torch\nx = torch.full((2, 2), {}.5, requires_grad=True)\n(x * x).sum().backward()\nprint(x.grad)"
# Within every budget, and longer than DEADLINE.
LONG = "import torch\nfor i in range(60):\n    x = torch.randn(800, 800) @ torch.randn(800, 800)"
DEADLINE = 0.2
KILLS = 10

Ask = Callable[[str], Awaitable[Any]]


def request(code: str) -> dict[str, Any]:
    """A request of one cell."""
    return {"cells": [code]}


async def latencies(ask: Ask, requests: int) -> list[float]:
    """Milliseconds of each of so many small programs, one after another."""
    took = []
    for number in range(requests):
        before = time.perf_counter()
        await ask(SMALL.format(number))
        took.append((time.perf_counter() - before) * 1000)
    return took


async def recoveries(ask: Ask) -> list[float]:
    """Milliseconds of the small program that comes right after a killed one."""
    took = []
    for _ in range(KILLS):
        await ask(LONG)
        took += await latencies(ask, 1)
    return took


def row(name: str, small: list[float], after: list[float]) -> None:
    """One line of the table."""
    p95 = statistics.quantiles(small, n=20)[-1]
    print(
        f"{name:32} {statistics.median(small):8.1f} {p95:8.1f} {statistics.median(after):12.1f} {max(after):8.1f}",
        flush=True,
    )


def pool(workers: int, recycle_after: int) -> ProcessPool:
    """Our own pool."""
    return ProcessPool(
        jobs="app.service.jobs",
        workers=workers,
        deadline_seconds=DEADLINE,
        memory_mb=768,
        recycle_after=recycle_after,
        on_restart=lambda reason: None,
    )


async def measured(name: str, recycle_after: int, requests: int) -> None:
    """Latency and recovery of our pool."""
    made = pool(1, recycle_after)
    made.start()

    def ask(code: str) -> Awaitable[Any]:
        return made.run("trace", request(code))

    await latencies(ask, 10)
    row(name, await latencies(ask, requests), await recoveries(ask))
    await made.stop()


async def measured_pebble(requests: int) -> None:
    """The same of pebble, its process made by fork from a process that has imported everything."""
    try:
        pebble = importlib.import_module("pebble")
    except ImportError:
        print("pebble                           (not installed)")
        return
    jobs.warm_up()
    with pebble.ProcessPool(1) as made:

        async def ask(code: str) -> None:
            with suppress(TimeoutError):
                await asyncio.wrap_future(made.schedule(jobs.run, ("trace", request(code)), timeout=DEADLINE))

        await latencies(ask, 10)
        row("pebble, reused (unpickles)", await latencies(ask, requests), await recoveries(ask))


def pss(pid: int) -> float:
    """MB of memory of a process, its share of what it shares with others."""
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


async def memory(workers: int, requests: int) -> None:
    """What zygote and workers take, warm, after programs on all of them."""
    made = pool(workers, 10_000)
    made.start()
    for start in range(0, requests, workers):
        batch = (made.run("trace", request(SMALL.format(start + number))) for number in range(workers))
        await asyncio.gather(*batch)
    zygote = pss((await made._line.nursery()).pid)
    each = [pss(worker.pid) for _, worker in made._idle]
    print(f"\nPSS in MB: this process {pss(os.getpid()):.0f}, zygote {zygote:.0f}, ", end="")
    sizes = ", ".join(f"{size:.0f}" for size in each)
    print(f"{len(each)} workers {sizes}; zygote and workers {zygote + sum(each):.0f}")
    await made.stop()


async def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    said = parser.parse_args()
    logging.disable()
    print(f"{'milliseconds':32} {'p50':>8} {'p95':>8} {'after kill':>12} {'worst':>8}")
    await measured("zygote, worker reused", 10_000, said.requests)
    await measured("zygote, fork per request", 1, said.requests)
    await measured_pebble(said.requests)
    await memory(said.workers, said.requests)


if __name__ == "__main__":
    asyncio.run(main())
