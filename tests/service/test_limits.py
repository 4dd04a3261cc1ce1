"""What a worker may not do: run on, grow, write, look around, outlive its server."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from app.trace.schema import Trace
from tests.service.scenario import (
    DEADLINE,
    answer,
    in_a_loop,
    is_running,
    outcome,
    pool,
    said,
    until,
    zygote_of,
)

pytestmark = pytest.mark.alone


@pytest.mark.parametrize("cell", ["sleep 60", "spin"])
@in_a_loop
async def test_deadline_kills_and_names_itself(cell: str) -> None:
    async with pool(deadline_seconds=DEADLINE) as made:
        before = time.monotonic()
        killed = json.loads((await made.run("trace", {"cells": [cell, "second"]})).plain())
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
async def test_memory_has_a_limit_and_the_worker_survives_it() -> None:
    async with pool(memory_mb=256) as made:
        before = await said(made, "pid")
        refused = await outcome(made, f"grow {300 * 2**20}")
        assert (refused.error, refused.budget, refused.lasting) == ("LimitError", "memory", False)
        assert "256 MB" in json.loads(refused.plain())["error"]["message"]
        assert await said(made, "pid") == before


@in_a_loop
async def test_answer_has_a_limit() -> None:
    async with pool() as made:
        assert len(await said(made, "large 1990000")) == 1990000
        refused = await outcome(made, "large 8000001")
        assert (refused.error, refused.budget, refused.lasting) == ("LimitError", "response", True)
        assert "8000000 bytes" in json.loads(refused.plain())["error"]["message"]


@in_a_loop
async def test_stray_output_stays_out_of_the_answers(capfd: pytest.CaptureFixture[str]) -> None:
    async with pool() as made:
        assert (await answer(made, "print"))["said"] == {"cells": ["print"]}
    assert capfd.readouterr() == ("", "")


@in_a_loop
async def test_processor_time_ends_a_program_that_no_clock_ends() -> None:
    async with pool(deadline_seconds=60) as made:
        worker = await said(made, "pid")
        allowed = (await said(made, "limits"))["CPU"]
        assert 120 <= allowed < 130
        assert is_running(worker)


@in_a_loop
async def test_worker_that_used_up_its_processor_time_ran_too_long() -> None:
    async with pool() as made:
        pid = await said(made, "pid")
        os.kill(pid, signal.SIGXCPU)
        await until(lambda: not is_running(pid))
        assert await said(made, "pid") != pid


@in_a_loop
async def test_limits_of_the_system() -> None:
    async with pool(memory_mb=500) as made:
        limits = await said(made, "limits")
        assert limits["AS"] == 500 * 2**20
        assert limits["NOFILE"] == 16
        assert limits["FSIZE"] == limits["NPROC"] == limits["CORE"] == 0


@in_a_loop
async def test_memory_killer_takes_a_worker_before_the_server() -> None:
    async with pool() as made:
        pid = await said(made, "pid")
        assert Path(f"/proc/{pid}/oom_score_adj").read_text() == "1000\n"
        assert Path("/proc/self/oom_score_adj").read_text() != "1000\n"
        assert Path(f"/proc/{await zygote_of(made)}/oom_score_adj").read_text() != "1000\n"


@in_a_loop
async def test_worker_gains_no_privileges() -> None:
    async with pool() as made:
        status = Path(f"/proc/{await said(made, 'pid')}/status").read_text()
        assert "NoNewPrivs:\t1" in status
        assert "Threads:\t1\n" in status


@in_a_loop
async def test_worker_knows_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BACKPASS_TEST_SECRET", "of the server")
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        async with pool() as made:
            environment = await said(made, "environment")
            assert environment["OPENBLAS_NUM_THREADS"] == "1"
            assert not {"BACKPASS_TEST_SECRET", "HOME", "PATH"} & environment.keys()
            assert await said(made, "descriptors") == [0, 1, 2, 3]
            assert {os.readlink(f"/proc/{await said(made, 'pid')}/fd/{number}") for number in (0, 1, 2)} == {os.devnull}
            folder = Path(os.readlink(f"/proc/{await said(made, 'pid')}/cwd"))
            assert list(folder.iterdir()) == []
            held = Path(f"/proc/{await zygote_of(made)}/fd").iterdir()
            assert str(tmp_path / "open") not in {os.readlink(each) for each in held}
