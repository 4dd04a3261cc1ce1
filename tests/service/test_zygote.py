"""The zygote: it can be lost, it is replaced without a gap, and nothing of it outlives the pool."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from pathlib import Path

import pytest

from app.service.processes import pool as pools
from app.service.processes.nursery import Nursery, Recipe
from tests.service.scenario import (
    JOBS,
    children,
    cold,
    descriptors,
    in_a_loop,
    is_running,
    outcome,
    parent_of,
    pool,
    said,
    until,
    zygote_of,
)

pytestmark = pytest.mark.alone


@in_a_loop
async def test_workers_are_children_of_one_thread() -> None:
    async with pool() as made:
        zygote = await zygote_of(made)
        assert parent_of(await said(made, "pid")) == zygote
        assert len(list(Path(f"/proc/{zygote}/task").iterdir())) == 1


@in_a_loop
async def test_zygote_killed_while_nothing_runs() -> None:
    async with pool() as made:
        worker, zygote = await said(made, "pid"), await zygote_of(made)
        os.kill(zygote, signal.SIGKILL)
        await until(lambda: not is_running(worker))
        assert await said(made, "pid") != worker
        assert await zygote_of(made) != zygote


@in_a_loop
async def test_zygote_killed_under_a_running_program_costs_it_only_time() -> None:
    async with pool(workers=2) as made:
        running = [asyncio.create_task(outcome(made, f"sleep 0.{tenths}")) for tenths in (4, 5)]
        await asyncio.sleep(0.1)
        os.kill(await zygote_of(made), signal.SIGKILL)
        assert [(await each).error for each in running] == [None, None]


@in_a_loop
async def test_worker_dies_with_its_zygote_even_while_it_spins() -> None:
    async with pool() as made:
        worker = await said(made, "pid")
        spinning = asyncio.create_task(outcome(made, "spin"))
        await asyncio.sleep(0.1)
        os.kill(await zygote_of(made), signal.SIGKILL)
        await until(lambda: not is_running(worker), 2)
        spinning.cancel()
        await asyncio.wait((spinning,))


@in_a_loop
async def test_zygote_ends_with_the_server() -> None:
    """As when the server is killed: the system closes its sockets."""
    async with pool() as made:
        worker, zygote = await said(made, "pid"), await zygote_of(made)
        nursery = await made._line.nursery()
        spinning = asyncio.create_task(outcome(made, "spin"))
        await asyncio.sleep(0.1)
        nursery._control.shutdown(2)
        await until(lambda: not is_running(worker) and not is_running(zygote), 3)
        spinning.cancel()
        await asyncio.wait((spinning,))


@in_a_loop
async def test_stuck_zygote_is_killed_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.service.processes.nursery.FORK_SECONDS", 0.3)
    monkeypatch.setattr("app.service.processes.nursery.KILL_SECONDS", 0.3)
    async with pool(deadline_seconds=0.3) as made:
        zygote = await zygote_of(made)
        os.kill(zygote, signal.SIGSTOP)
        assert (await outcome(made, "spin")).budget == "time"
        assert (await outcome(made, "pid")).error is None
        assert not is_running(zygote)


@in_a_loop
async def test_end_by_a_strange_signal_renews_the_zygote_without_a_gap() -> None:
    async with pool() as made:
        zygote = await zygote_of(made)
        assert (await outcome(made, "abort")).error == "EngineError"
        renewal = made._line._next
        assert renewal is not None
        await said(made, "pid")
        assert not renewal.done()  # the old one serves while the next one warms up
        await renewal
        assert parent_of(await said(made, "pid")) != zygote
        await until(lambda: not is_running(zygote))


@in_a_loop
async def test_kill_by_the_clock_keeps_the_zygote() -> None:
    async with pool(deadline_seconds=0.3) as made:
        zygote = await zygote_of(made)
        await outcome(made, "spin")
        assert made._line._next is None
        assert await zygote_of(made) == zygote


@in_a_loop
async def test_zygote_is_renewed_after_many_programs_and_the_old_one_finishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "ZYGOTE_PROGRAMS", 5)
    async with pool(workers=2) as made:
        zygote = await zygote_of(made)
        long = asyncio.create_task(outcome(made, "sleep 3"))
        for _ in range(5):
            await said(made, "pid")
        assert made._line._next is not None
        await made._line._next
        assert parent_of(await said(made, "pid")) != zygote
        assert is_running(zygote)
        assert (await long).error is None
        await until(lambda: not is_running(zygote))


@in_a_loop
async def test_nothing_is_left_after_stop() -> None:
    gc.collect()
    before, open_before = children(), descriptors()
    async with pool(workers=3, deadline_seconds=0.3) as made:
        await asyncio.gather(*(outcome(made, cell) for cell in ("spin", "exit 1", "abort", "pid", "pid")))
        os.kill(await zygote_of(made), signal.SIGKILL)
        await said(made, "pid")
        folder = Path(made._folder.path)
    assert children() <= before
    assert descriptors() <= open_before
    assert not folder.exists()


@pytest.mark.parametrize("seconds", [0, 0.001, 0.01, 0.1])
@in_a_loop
async def test_stop_in_the_middle_of_a_start(seconds: float) -> None:
    before = children()
    made = cold()
    made.start()
    await asyncio.sleep(seconds)
    await made.stop()
    assert children() <= before


@in_a_loop
async def test_stop_in_the_middle_of_a_run() -> None:
    made = cold()
    running = asyncio.create_task(outcome(made, "sleep 60"))
    await until(lambda: made._line._present is not None)
    await asyncio.sleep(0.1)
    await made.stop()
    await asyncio.wait((running,), timeout=5)
    assert running.done()
    assert running.exception()


@in_a_loop
async def test_hundred_kills_leave_neither_descriptors_nor_processes(tmp_path: Path) -> None:
    nursery = await Nursery.start(Recipe(JOBS, 768, 5, str(tmp_path)))
    gc.collect()
    open_before = descriptors()
    for _ in range(100):
        worker = await nursery.fork()
        worker.kill()
        await worker.ended
    await until(lambda: descriptors() <= open_before)
    assert Path(f"/proc/{nursery.pid}/task/{nursery.pid}/children").read_text() == ""
    await nursery.end()
