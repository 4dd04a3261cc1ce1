"""A warm pool with fake jobs, and what it says."""

from __future__ import annotations

import asyncio
import functools
import json
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ParamSpec

from app.service.outcome import Outcome
from app.service.pool import Pool
from app.service.processes.pool import ProcessPool

P = ParamSpec("P")
JOBS = "tests.service.fake_jobs"
# Seconds, where a program is meant to be killed.
DEADLINE = 0.6


def cold(**settings: Any) -> ProcessPool:
    """A pool of one worker with the fake jobs, not started; it leaves time enough unless the test is about time."""
    usual = {
        "jobs": JOBS,
        "workers": 1,
        "deadline_seconds": 20,
        "memory_mb": 768,
        "recycle_after": 2000,
        "on_restart": lambda reason: None,
    }
    return ProcessPool(**{**usual, **settings})


@asynccontextmanager
async def pool(**settings: Any) -> AsyncIterator[ProcessPool]:
    """A pool with the fake jobs, its zygote warm and one worker forked."""
    made = cold(**settings)
    made.start()
    try:
        await said(made, "print")
        yield made
    finally:
        await made.stop()


async def outcome(made: Pool, cell: str, kind: str = "trace") -> Outcome:
    """The outcome of a program of one cell."""
    return await made.run(kind, {"cells": [cell]})


async def answer(made: Pool, cell: str, kind: str = "trace") -> dict[str, Any]:
    """The parsed answer to a program of one cell."""
    found: dict[str, Any] = json.loads((await outcome(made, cell, kind)).plain())
    return found


async def said(made: Pool, cell: str) -> Any:
    """What the fake job had to say."""
    return (await answer(made, cell))["said"]


async def zygote_of(made: ProcessPool) -> int:
    """The process id of the present zygote."""
    return (await made._line.nursery()).pid


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Returns when it is so; fails when it never is."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def parent_of(pid: int) -> int:
    """The process that this one is a child of."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def children() -> set[int]:
    """The processes that this one started, also those that only wait to be reaped."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    return {int(pid) for task in tasks for pid in (task / "children").read_text().split()}


def descriptors() -> set[str]:
    """What this process has open, but the folder that is just being read."""
    return {name for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}")}


def in_a_loop(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """An asynchronous test, run in an event loop and a thread of its own: browser tests keep a loop in the main one."""

    @functools.wraps(test)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        with ThreadPoolExecutor(1) as alone:
            alone.submit(lambda: asyncio.run(test(*arguments, **named))).result()

    return run
