"""What a worker process may not do: run on, grow, write, look around, outlive its server."""

from __future__ import annotations

import asyncio
import errno
import json
import signal
import time
from pathlib import Path

import pytest

from app.service.process import CrashError, Process, Recipe
from app.trace.schema import Trace
from tests.service.scenario import DEADLINE, JOBS, answer, in_a_loop, said, worker

pytestmark = pytest.mark.alone


@pytest.mark.parametrize("cell", ["sleep 60", "spin"])
@in_a_loop
async def test_deadline_kills_and_names_itself(cell: str) -> None:
    async with worker(deadline_seconds=DEADLINE) as made:
        before = time.monotonic()
        killed = json.loads(await made.call("trace", {"cells": [cell, "second"]}))
        assert DEADLINE <= time.monotonic() - before < DEADLINE + 2
        assert killed["error"]["type"] == "LimitError"
        assert f"{DEADLINE} s" in killed["error"]["message"]
        assert killed["error"]["cell"] == 0
        assert killed["error"]["hint"]["code"] == "limit"
        assert killed["error"]["hint"]["zh"]
        assert [each["error"]["type"] for each in killed["cells"]] == ["LimitError"] * 2
        assert killed["tensors"] == killed["ops"] == killed["backward"] == []
        assert Trace.model_validate(killed)


@in_a_loop
async def test_memory_has_a_limit_and_the_process_survives_it() -> None:
    async with worker(memory_mb=256) as made:
        before = await said(made, "pid")
        refused = await answer(made, f"grow {300 * 2**20}")
        assert refused["error"]["type"] == "LimitError"
        assert "256 MB" in refused["error"]["message"]
        assert await said(made, "pid") == before


@in_a_loop
async def test_answer_has_a_limit() -> None:
    async with worker() as made:
        assert len(await said(made, "large 1990000")) == 1990000
        assert "8000000 bytes" in (await answer(made, "large 8000001"))["error"]["message"]


@in_a_loop
async def test_stray_output_stays_out_of_the_answers() -> None:
    async with worker() as made:
        assert (await answer(made, "print"))["said"] == {"cells": ["print"]}


@in_a_loop
async def test_worker_ends_with_its_server(tmp_path: Path) -> None:
    process = await Process.start(Recipe(JOBS, 768, DEADLINE, str(tmp_path)))
    assert process._child.stdin is not None
    process._child.stdin.close()  # as the system does for a server that was killed
    assert await asyncio.wait_for(process._child.wait(), 5) == 0


@in_a_loop
async def test_processor_time_ends_a_process_whose_server_is_gone(tmp_path: Path) -> None:
    process = await Process.start(Recipe(JOBS, 768, 0.1, str(tmp_path)))
    with pytest.raises(CrashError, match=str(-signal.SIGXCPU)):
        await process.call("trace", {"cells": ["spin"]}, seconds=20)
    await process.ended()


@in_a_loop
async def test_worker_knows_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPASS_TEST_SECRET", "of the server")
    async with worker() as made:
        environment = await said(made, "environment")
        assert environment["OPENBLAS_NUM_THREADS"] == "1"
        assert not {"BACKPASS_TEST_SECRET", "HOME", "PATH"} & environment.keys()
        assert await said(made, "folder") == []


@in_a_loop
async def test_worker_writes_no_file(tmp_path: Path) -> None:
    async with worker() as made:
        assert await said(made, f"write {tmp_path}/made") == str(errno.EFBIG)
