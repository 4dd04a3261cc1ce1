"""The worker process: killed by the clock, replaced at once, and nobody else notices."""

from __future__ import annotations

import asyncio
import errno
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.service import BadRequestError, BusyError, Worker

DEADLINE = 0.6


@asynccontextmanager
async def worker(**settings: Any) -> AsyncIterator[Worker]:
    """A worker with the fake jobs and a short deadline, its first process warm."""
    made = Worker(jobs="tests.service.fake_jobs", **{"deadline_seconds": DEADLINE, **settings})
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


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    """Runs one scenario in its own event loop."""

    async def whole() -> None:
        await scenario()

    asyncio.run(whole())


def test_answer_comes_back_as_the_job_made_it() -> None:
    async def scenario() -> None:
        async with worker() as made:
            assert await answer(made, "x = '∂'", "edges") == {"kind": "edges", "said": {"cells": ["x = '∂'"]}}

    run(scenario)


@pytest.mark.parametrize("cell", ["sleep 60", "spin"])
def test_deadline_kills_and_names_itself(cell: str) -> None:
    async def scenario() -> None:
        async with worker() as made:
            before = time.monotonic()
            killed = json.loads(await made.call("trace", {"cells": [cell, "second"]}))
            assert DEADLINE <= time.monotonic() - before < DEADLINE + 0.5
            assert killed["error"]["type"] == "LimitError"
            assert f"{DEADLINE} s" in killed["error"]["message"]
            assert killed["error"]["cell"] == 0
            assert killed["error"]["hint"]["code"] == "limit"
            assert killed["error"]["hint"]["zh"]
            assert [each["error"]["type"] for each in killed["cells"]] == ["LimitError"] * 2
            assert killed["tensors"] == killed["ops"] == killed["backward"] == []

    run(scenario)


def test_next_request_after_a_kill_is_served_at_once() -> None:
    async def scenario() -> None:
        async with worker() as made:
            first = await said(made, "pid")
            await asyncio.sleep(1.5)  # the spare gets warm behind the first
            await answer(made, "spin")
            before = time.monotonic()
            assert await said(made, "pid") != first
            assert time.monotonic() - before < 0.2

    run(scenario)


def test_several_kills_in_a_row() -> None:
    async def scenario() -> None:
        async with worker() as made:
            for _ in range(3):
                assert (await answer(made, "spin"))["error"]["type"] == "LimitError"
            assert await said(made, "pid")

    run(scenario)


def test_crash_is_ours_to_explain_and_the_worker_goes_on() -> None:
    async def scenario() -> None:
        async with worker() as made:
            crashed = await answer(made, "exit 3")
            assert crashed["error"]["type"] == "EngineError"
            assert await said(made, "pid")

    run(scenario)


def test_engine_failure_never_shows_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        async with worker() as made:
            failed = await answer(made, "raise")
            assert failed["error"]["type"] == "EngineError"
            assert "IndexError" not in json.dumps(failed)
            reference = failed["error"]["message"].rpartition(" ")[2]
            assert reference in caplog.text
            assert "IndexError" in caplog.text

    run(scenario)


def test_memory_has_a_limit_and_the_process_survives_it() -> None:
    async def scenario() -> None:
        async with worker(memory_mb=256) as made:
            before = await said(made, "pid")
            refused = await answer(made, f"grow {300 * 2**20}")
            assert refused["error"]["type"] == "LimitError"
            assert "256 MB" in refused["error"]["message"]
            assert await said(made, "pid") == before

    run(scenario)


def test_answer_has_a_limit() -> None:
    async def scenario() -> None:
        async with worker() as made:
            assert len(await said(made, "large 1990000")) == 1990000
            assert "2000000 bytes" in (await answer(made, "large 2000001"))["error"]["message"]

    run(scenario)


def test_bad_request_reaches_the_caller() -> None:
    async def scenario() -> None:
        async with worker() as made:
            with pytest.raises(BadRequestError, match="there is no operation 7"):
                await answer(made, "refuse", "edges")

    run(scenario)


def test_stray_output_stays_out_of_the_answers() -> None:
    async def scenario() -> None:
        async with worker() as made:
            assert (await answer(made, "print"))["said"] == {"cells": ["print"]}

    run(scenario)


def test_queue_is_bounded() -> None:
    async def scenario() -> None:
        async with worker(queue=2) as made:
            running = asyncio.create_task(answer(made, "sleep 0.4"))
            await asyncio.sleep(0.05)
            waiting = [asyncio.create_task(said(made, "pid")) for _ in range(2)]
            await asyncio.sleep(0.05)
            with pytest.raises(BusyError):
                await answer(made, "pid")
            assert "said" in await running
            assert all(await asyncio.gather(*waiting))

    run(scenario)


def test_process_is_recycled() -> None:
    async def scenario() -> None:
        async with worker(recycle_after=3) as made:
            pids = [await said(made, "pid") for _ in range(7)]
            assert len(set(pids)) == 3
            assert len(set(pids[2:5])) == 1

    run(scenario)


def test_caller_that_goes_away_leaves_nothing_behind() -> None:
    async def scenario() -> None:
        async with worker() as made:
            leaving = asyncio.create_task(answer(made, "sleep 0.3"))
            await asyncio.sleep(0.05)
            leaving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leaving
            assert (await answer(made, "mine"))["said"] == {"cells": ["mine"]}

    run(scenario)


def test_worker_knows_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPASS_TEST_SECRET", "of the server")

    async def scenario() -> None:
        async with worker() as made:
            environment = await said(made, "environment")
            assert environment["OPENBLAS_NUM_THREADS"] == "1"
            assert not {"BACKPASS_TEST_SECRET", "HOME", "PATH"} & environment.keys()
            assert await said(made, "folder") == []

    run(scenario)


def test_worker_writes_no_file(tmp_path: Any) -> None:
    async def scenario() -> None:
        async with worker() as made:
            assert await said(made, f"write {tmp_path}/made") == str(errno.EFBIG)

    run(scenario)
