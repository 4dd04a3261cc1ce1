"""The worker: its process is replaced when it is gone, and nobody else notices."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from app.service import BadRequestError, BusyError
from app.service.process import CrashError, Process, Recipe
from tests.service.scenario import DEADLINE, JOBS, answer, cold, in_a_loop, said, worker

pytestmark = pytest.mark.alone


@in_a_loop
async def test_answer_comes_back_as_the_job_made_it() -> None:
    async with worker() as made:
        assert await answer(made, "x = '∂'", "edges") == {"kind": "edges", "said": {"cells": ["x = '∂'"]}}


@in_a_loop
async def test_next_request_after_a_kill_is_served_at_once() -> None:
    async with worker(deadline_seconds=DEADLINE) as made:
        assert made._spare is not None
        spare = await asyncio.shield(made._spare)  # it gets warm behind the first
        assert await said(made, "pid") != spare.pid
        await answer(made, "spin")
        assert await said(made, "pid") == spare.pid


@in_a_loop
async def test_several_kills_in_a_row() -> None:
    async with worker(deadline_seconds=DEADLINE) as made:
        for _ in range(3):
            assert (await answer(made, "spin"))["error"]["type"] == "LimitError"
        assert await said(made, "pid")


@in_a_loop
async def test_crash_is_ours_to_explain_and_the_worker_goes_on() -> None:
    async with worker() as made:
        crashed = await answer(made, "exit 3")
        assert crashed["error"]["type"] == "EngineError"
        assert await said(made, "pid")


@in_a_loop
async def test_engine_failure_never_shows_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    async with worker() as made:
        failed = await answer(made, "raise")
        assert failed["error"]["type"] == "EngineError"
        assert "IndexError" not in json.dumps(failed)
        reference = failed["error"]["message"].rpartition(" ")[2]
        assert reference in caplog.text
        assert "IndexError" in caplog.text


@in_a_loop
async def test_bad_request_reaches_the_caller() -> None:
    async with worker() as made:
        with pytest.raises(BadRequestError, match="there is no operation 7"):
            await answer(made, "refuse", "edges")


@in_a_loop
async def test_queue_is_bounded() -> None:
    async with worker(queue=2) as made:
        running = asyncio.create_task(answer(made, "sleep 1"))
        await asyncio.sleep(0.05)
        waiting = [asyncio.create_task(said(made, "pid")) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError):
            await answer(made, "pid")
        assert "said" in await running
        assert all(await asyncio.gather(*waiting))


@pytest.mark.parametrize("seconds", [0, 0.001, 0.01, 0.1])
@in_a_loop
async def test_stop_in_the_middle_of_a_start(seconds: float) -> None:
    made = cold()
    made.start()
    await asyncio.sleep(seconds)
    await made.stop()
    assert made._spare is not None
    assert made._spare.done()


@in_a_loop
async def test_process_is_recycled() -> None:
    async with worker(recycle_after=3) as made:
        pids = [await said(made, "pid") for _ in range(7)]
        assert len(set(pids)) == 3
        assert len(set(pids[2:5])) == 1


@in_a_loop
async def test_caller_that_goes_away_leaves_nothing_behind() -> None:
    async with worker() as made:
        leaving = asyncio.create_task(answer(made, "sleep 0.3"))
        await asyncio.sleep(0.05)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        assert (await answer(made, "mine"))["said"] == {"cells": ["mine"]}


@in_a_loop
async def test_caller_that_goes_away_leaves_the_process_that_warms_up() -> None:
    made = cold()
    made.start()
    warming = made._spare
    assert warming is not None
    leaving = asyncio.create_task(said(made, "pid"))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.wait((leaving,))
    assert await said(made, "pid") == (await warming).pid
    await made.stop()


@in_a_loop
async def test_worker_without_a_folder_to_run_in_says_so(tmp_path: Path) -> None:
    with pytest.raises(CrashError, match="could not be made"):
        await Process.start(Recipe(JOBS, 768, DEADLINE, str(tmp_path / "gone")))


@in_a_loop
async def test_worker_that_cannot_start_says_so(tmp_path: Path) -> None:
    with pytest.raises(CrashError):
        await Process.start(Recipe("tests.service.no_such_jobs", 768, DEADLINE, str(tmp_path)))
