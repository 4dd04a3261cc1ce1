"""Programs in the server's own process: the same answers, and a word of warning."""

from __future__ import annotations

import json
import os

import pytest

from app.service import BadRequestError
from app.service import making as choices
from app.service.inline import InlinePool
from app.service.making import cores, pool_of
from app.service.processes.pool import ProcessPool
from tests.service.scenario import JOBS, answer, in_a_loop, outcome, said

pytestmark = pytest.mark.alone

DEEP = "def f(n): return 0 if n == 0 else f(n - 1)\nf(150)"


def pool(jobs: str = JOBS) -> InlinePool:
    """A pool without processes, started."""
    made = pool_of(jobs=jobs, workers=0, deadline_seconds=3, memory_mb=768, recycle_after=10)
    assert isinstance(made, InlinePool)
    made.start()
    return made


@in_a_loop
async def test_answers_are_those_of_a_worker(caplog: pytest.LogCaptureFixture) -> None:
    made = pool()
    assert "inside the server's process" in caplog.text
    assert made.workers == 1
    assert await said(made, "pid") == os.getpid()
    assert (await outcome(made, "large 100000")).compressed
    with pytest.raises(BadRequestError, match="there is no operation 7"):
        await answer(made, "refuse")
    assert (await outcome(made, "raise")).error == "EngineError"
    assert "IndexError at /tests/service/fake_jobs.py" in caplog.text
    await made.stop()


@in_a_loop
async def test_budgets_end_programs_there_too() -> None:
    made = pool("app.service.jobs")
    endless = await made.run("trace", {"cells": ["while True: pass"]})
    assert (endless.error, endless.budget) == ("LimitError", "steps")
    deep = await made.run("trace", {"cells": [DEEP]})
    assert json.loads(deep.plain())["cells"][0]["result"] == "0"
    await made.stop()


def test_number_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(workers: int | None) -> int:
        pool = pool_of(jobs=JOBS, workers=workers, deadline_seconds=3, memory_mb=768, recycle_after=10)
        assert isinstance(pool, ProcessPool)
        pool._folder.remove()
        return pool.workers

    assert made(3) == 3
    assert made(None) == cores() >= 1
    monkeypatch.setattr(choices, "cores", lambda: 7)
    assert made(None) == 7


@pytest.mark.parametrize(("said", "granted"), [("200000 100000\n", 2), ("50000 100000\n", 1), ("250000 100000\n", 3)])
def test_container_s_share_of_processors_counts(
    said: str, granted: int, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("cgroup") / "cpu.max"
    monkeypatch.setattr(choices, "QUOTA", file)
    assert choices.quota() == choices.MANY
    file.write_text("max 100000\n")
    assert choices.quota() == choices.MANY
    file.write_text(said)
    assert choices.quota() == granted
    assert cores() <= granted


def test_system_without_fork_runs_programs_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    made = pool_of(jobs=JOBS, workers=None, deadline_seconds=3, memory_mb=768, recycle_after=10)
    assert isinstance(made, InlinePool)
