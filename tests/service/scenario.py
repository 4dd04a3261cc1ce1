"""A warm worker with fake jobs, and what it says."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, ParamSpec

from app.service.lane import Worker

P = ParamSpec("P")
JOBS = "tests.service.fake_jobs"
# Seconds, where a program is meant to be killed.
DEADLINE = 0.6


def cold(**settings: Any) -> Worker:
    """A worker with the fake jobs, not started; it leaves time enough unless the test is about time."""
    usual = {"deadline_seconds": 20, "memory_mb": 768, "queue": 32, "recycle_after": 2000}
    return Worker(jobs=JOBS, **{**usual, **settings})


@asynccontextmanager
async def worker(**settings: Any) -> AsyncIterator[Worker]:
    """A worker with the fake jobs, its first process warm."""
    made = cold(**settings)
    made.start()
    try:
        await said(made, "pid")
        yield made
    finally:
        await made.stop()


async def answer(made: Worker, cell: str, kind: str = "trace") -> dict[str, Any]:
    """The parsed answer to a program of one cell."""
    found: dict[str, Any] = json.loads(await made.call(kind, {"cells": [cell]}))
    return found


async def said(made: Worker, cell: str) -> Any:
    """What the fake job had to say."""
    return (await answer(made, cell))["said"]


def in_a_loop(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """An asynchronous test, run in an event loop and a thread of its own: browser tests keep a loop in the main one."""

    @functools.wraps(test)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        with ThreadPoolExecutor(1) as alone:
            alone.submit(lambda: asyncio.run(test(*arguments, **named))).result()

    return run
