"""The pool: a worker that is gone is replaced, and nobody else notices."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time

import pytest

from app.service import BadRequestError, UnavailableError
from tests.service.scenario import DEADLINE, answer, cold, in_a_loop, outcome, parent_of, pool, said, until, zygote_of

pytestmark = pytest.mark.alone


@in_a_loop
async def test_answer_comes_back_as_the_job_made_it() -> None:
    async with pool() as made:
        assert await answer(made, "x = '∂'", "edges") == {"kind": "edges", "said": {"cells": ["x = '∂'"]}}
        told = await outcome(made, "1")
        assert (told.error, told.budget, told.steps, told.lasting) == (None, None, 7, True)
        assert 0 < told.seconds < 1


@in_a_loop
async def test_long_answers_come_compressed() -> None:
    async with pool() as made:
        assert not (await outcome(made, "large 900")).compressed
        long = await outcome(made, "large 100000")
        assert long.compressed
        assert len(long.body) < 1000
        assert len(json.loads(long.plain())["said"]) == 100_000


@in_a_loop
async def test_next_request_after_a_kill_is_served_at_once() -> None:
    reasons: list[str] = []
    async with pool(deadline_seconds=DEADLINE, on_restart=reasons.append) as made:
        zygote = await zygote_of(made)
        for _ in range(3):
            killed = await outcome(made, "spin")
            assert (killed.error, killed.budget, killed.lasting) == ("LimitError", "time", False)
            before = time.monotonic()
            assert parent_of(await said(made, "pid")) == zygote
            assert time.monotonic() - before < 1  # some milliseconds, where nothing else runs
    assert reasons == ["deadline"] * 3


@in_a_loop
async def test_requests_run_on_all_workers_at_the_same_time() -> None:
    async with pool(workers=4) as made:
        before = time.monotonic()
        await asyncio.gather(*(answer(made, "sleep 0.5") for _ in range(8)))
        assert 1 <= time.monotonic() - before < 3.5  # one after another they take 4
        pids = await asyncio.gather(*(said(made, "pid") for _ in range(40)))
        assert len(set(pids)) <= 4


@in_a_loop
async def test_killed_worker_costs_its_neighbours_nothing() -> None:
    async with pool(workers=2, deadline_seconds=DEADLINE) as made:
        spinning = asyncio.create_task(answer(made, "spin"))
        for _ in range(20):
            await said(made, "pid")
        assert not spinning.done()
        assert (await spinning)["error"]["type"] == "LimitError"


@pytest.mark.parametrize("cell", ["exit 0", "exit 3", "abort", "half"])
@in_a_loop
async def test_crash_is_ours_to_explain_and_the_pool_goes_on(cell: str, caplog: pytest.LogCaptureFixture) -> None:
    reasons: list[str] = []
    async with pool(on_restart=reasons.append) as made:
        crashed = await outcome(made, cell)
        assert (crashed.error, crashed.lasting) == ("EngineError", False)
        reference = json.loads(crashed.plain())["error"]["message"].rpartition(" ")[2]
        assert f"{reference}: worker ended with status" in caplog.text
        assert await said(made, "pid")
    assert reasons == ["crash"]


@pytest.mark.parametrize("cell", ["babble", "lie", "hang-up"])
@in_a_loop
async def test_worker_that_breaks_the_protocol_is_killed(cell: str) -> None:
    async with pool() as made:
        pid = await said(made, "pid")
        assert (await outcome(made, cell)).error == "EngineError"
        assert await said(made, "pid") != pid
        await until(lambda: not os.path.exists(f"/proc/{pid}"))


@in_a_loop
async def test_worker_that_the_system_kills_ran_out_of_memory() -> None:
    reasons: list[str] = []
    async with pool(on_restart=reasons.append) as made:
        pid = await said(made, "pid")
        running = asyncio.create_task(outcome(made, "sleep 10"))
        await asyncio.sleep(0.1)
        os.kill(pid, signal.SIGKILL)
        killed = await running
        assert (killed.error, killed.budget, killed.lasting) == ("LimitError", "memory", False)
        assert "768 MB" in json.loads(killed.plain())["error"]["message"]
        assert await said(made, "pid") != pid
    assert reasons == ["memory"]


@in_a_loop
async def test_worker_that_is_killed_while_it_waits_is_not_missed() -> None:
    async with pool() as made:
        for _ in range(3):
            pid = await said(made, "pid")
            os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.05)
            assert await said(made, "pid") != pid


@in_a_loop
async def test_engine_failure_shows_neither_its_traceback_nor_the_program(caplog: pytest.LogCaptureFixture) -> None:
    async with pool() as made:
        failed = await answer(made, "raise")
        assert failed["error"]["type"] == "EngineError"
        assert "IndexError" not in json.dumps(failed)
        reference = failed["error"]["message"].rpartition(" ")[2]
        assert f"{reference}: IndexError at /tests/service/fake_jobs.py:" in caplog.text
        assert "secret" not in caplog.text


@in_a_loop
async def test_bad_request_reaches_the_caller() -> None:
    async with pool() as made:
        with pytest.raises(BadRequestError, match="there is no operation 7"):
            await answer(made, "refuse", "edges")


@in_a_loop
async def test_worker_is_recycled() -> None:
    reasons: list[str] = []
    async with pool(recycle_after=3, on_restart=reasons.append) as made:
        pids = [await said(made, "pid") for _ in range(7)]
        assert len(set(pids)) == 3
        assert len(set(pids[2:5])) == 1
    assert reasons == ["recycled"] * 2


@in_a_loop
async def test_caller_that_goes_away_ends_its_run() -> None:
    reasons: list[str] = []
    async with pool(on_restart=reasons.append) as made:
        pid = await said(made, "pid")
        leaving = asyncio.create_task(answer(made, "spin"))
        await asyncio.sleep(0.05)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        assert (await answer(made, "mine"))["said"] == {"cells": ["mine"]}
        await until(lambda: not os.path.exists(f"/proc/{pid}"))
    assert reasons == ["left"]


@in_a_loop
async def test_caller_that_goes_away_leaves_the_zygote_that_warms_up() -> None:
    made = cold()
    made.start()
    leaving = asyncio.create_task(said(made, "pid"))
    await asyncio.sleep(0.01)
    leaving.cancel()
    await asyncio.wait((leaving,))
    started = made._line._next
    assert started is not None
    assert parent_of(await said(made, "pid")) == await zygote_of(made)
    assert started.done()
    await made.stop()


@in_a_loop
async def test_pool_that_cannot_start_says_so(caplog: pytest.LogCaptureFixture) -> None:
    made = cold(jobs="tests.service.no_such_jobs")
    made.start()
    with pytest.raises(UnavailableError):
        await answer(made, "1")
    assert "ended before it was ready" in caplog.text
    await made.stop()


@in_a_loop
async def test_pool_without_a_folder_to_run_in_says_so(caplog: pytest.LogCaptureFixture) -> None:
    made = cold()
    made._folder.remove()
    with pytest.raises(UnavailableError):
        await answer(made, "1")
    assert "could not be made" in caplog.text
    await made.stop()
