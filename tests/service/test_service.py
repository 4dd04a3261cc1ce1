"""One call, whoever else asks for whatever: kept answers, shared runs, turns. The pool under it is a stand-in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest

from app.service import Answered, BadRequestError, BusyError, Outcome, Pool, Service, service
from tests.service.scenario import in_a_loop


class StandIn:
    """Runs nothing: a run ends when the test says so."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.runs: list[str] = []
        self.ended: list[str] = []
        self.under_way: dict[str, asyncio.Future[Outcome]] = {}

    async def run(self, kind: str, request: dict[str, Any]) -> Outcome:
        """As Pool has it."""
        name = request["cells"][0] if kind == "trace" else kind
        self.runs.append(name)
        self.under_way[name] = asyncio.get_running_loop().create_future()
        try:
            return await self.under_way[name]
        finally:
            self.ended.append(name)

    def end(self, name: str, lasting: bool = True, error: Exception | None = None) -> None:
        """The run's end."""
        if error:
            self.under_way[name].set_exception(error)
        else:
            self.under_way[name].set_result(Outcome(name.encode(), None, None, None, 0.0, lasting))


class Room:
    """A service, its pool, and pages that ask."""

    def __init__(self, workers: int = 1, **settings: int) -> None:
        self.pool = StandIn(workers)
        self.service = Service(cast(Pool, self.pool), **{"queue": 32, "cache_mb": 1, **settings})

    async def ask(self, *names: str, page: str = "p") -> list[asyncio.Task[Answered]]:
        """Requests under way."""
        calls = [self.service.call("trace", {"cells": [name]}, page) for name in names]
        tasks = [asyncio.create_task(call) for call in calls]
        await settled()
        return tasks

    async def answered(self, name: str, page: str = "p") -> Answered:
        """The answer to a request whose run ends at once."""
        (task,) = await self.ask(name, page=page)
        if not task.done():
            self.pool.end(name)
        return await task


async def settled() -> None:
    """Lets everything happen that can."""
    for _ in range(20):
        await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def room(**settings: int) -> AsyncIterator[Room]:
    """A service that is idle in the end."""
    made = Room(**settings)
    yield made
    await settled()
    assert (made.service.waiting, made.service.running) == (0, 0)
    assert made.service._sharing._flights == {}


@in_a_loop
async def test_equal_requests_run_once_then_never() -> None:
    async with room() as made:
        tasks = [*await made.ask("x", "x", page="a"), *await made.ask("x", page="b")]
        assert made.pool.runs == ["x"]
        made.pool.end("x")
        answers = [await task for task in tasks]
        assert [answer.source for answer in answers] == ["run", "shared", "shared"]
        assert {answer.outcome.body for answer in answers} == {b"x"}
        assert (await made.answered("x")).source == "cache"
        assert made.pool.runs == ["x"]
        assert made.service.cache_bytes > 0


@in_a_loop
async def test_what_does_not_last_runs_again() -> None:
    async with room() as made:
        for _ in range(2):
            (task,) = await made.ask("x")
            made.pool.end("x", lasting=False)
            assert (await task).source == "run"
        assert made.pool.runs == ["x", "x"]


@in_a_loop
async def test_without_room_runs_are_still_shared() -> None:
    async with room(cache_mb=0) as made:
        tasks = await made.ask("x", "x")
        made.pool.end("x")
        assert [(await task).source for task in tasks] == ["run", "shared"]
        assert (await made.answered("x")).source == "run"


@in_a_loop
async def test_kept_answers_need_no_turn() -> None:
    async with room(queue=0) as made:
        await made.answered("x")
        (running,) = await made.ask("y")
        with pytest.raises(BusyError):
            await made.service.call("trace", {"cells": ["z"]}, "p")
        assert (await made.answered("x")).source == "cache"
        made.pool.end("y")
        await running


@in_a_loop
async def test_run_goes_on_while_somebody_waits() -> None:
    async with room() as made:
        first, second = await made.ask("x", "x")
        first.cancel()
        await settled()
        assert made.pool.ended == []
        made.pool.end("x")
        assert (await second).source == "shared"


@in_a_loop
async def test_run_ends_when_all_have_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "GRACE_SECONDS", 0.01)
    async with room() as made:
        for task in await made.ask("x", "x"):
            task.cancel()
        await settled()
        assert made.service.running == 1  # the worker is not free before its program has ended
        await asyncio.sleep(0.1)
        assert made.pool.ended == ["x"]


@in_a_loop
async def test_run_that_ends_in_its_grace_is_kept() -> None:
    async with room() as made:
        (task,) = await made.ask("x")
        task.cancel()
        await settled()
        made.pool.end("x")
        await settled()
        assert (await made.answered("x")).source == "cache"


@in_a_loop
async def test_who_comes_after_all_have_left_gets_a_run() -> None:
    async with room(workers=2) as made:
        (left,) = await made.ask("x")
        old = made.pool.under_way["x"]
        left.cancel()
        await settled()
        (task,) = await made.ask("x")
        assert made.pool.runs == ["x", "x"]
        made.pool.end("x", lasting=False)
        assert (await task).source == "run"
        old.set_exception(BadRequestError("of nobody's request"))


@in_a_loop
async def test_who_leaves_the_queue_runs_nothing() -> None:
    async with room() as made:
        (running,) = await made.ask("x")
        (waiting,) = await made.ask("y")
        assert (made.service.running, made.service.waiting) == (1, 1)
        waiting.cancel()
        await settled()
        assert made.service.waiting == 0
        made.pool.end("x")
        await running
        assert made.pool.runs == ["x"]


@in_a_loop
async def test_bad_request_reaches_all_who_asked_and_is_not_kept() -> None:
    async with room() as made:
        for _ in range(2):
            tasks = await made.ask("x", "x")
            made.pool.end("x", error=BadRequestError("no operation 7"))
            for task in tasks:
                with pytest.raises(BadRequestError, match="no operation 7"):
                    await task
        assert made.pool.runs == ["x", "x"]


@in_a_loop
async def test_time_in_the_queue_is_told() -> None:
    async with room() as made:
        first, waiting = [*await made.ask("x"), *await made.ask("y")]
        await asyncio.sleep(0.05)
        made.pool.end("x")
        await settled()
        made.pool.end("y")
        assert (await first).waited < 0.04
        assert (await waiting).waited > 0.04


@in_a_loop
async def test_kinds_and_questions_do_not_mix() -> None:
    async with room(workers=2) as made:
        trace = asyncio.create_task(made.service.call("trace", {"cells": ["x"]}, "p"))
        edges = asyncio.create_task(made.service.call("edges", {"cells": ["x"]}, "p"))
        await settled()
        assert made.pool.runs == ["x", "edges"]
        made.pool.end("edges")
        assert (await edges).outcome.body == b"edges"
        made.pool.end("x")
        assert (await trace).outcome.body == b"x"
