"""Honest programs meet no limit of their worker: what it may not do, none of them needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.service import jobs
from app.service.making import pool_of
from tests.service.scenario import in_a_loop

pytestmark = pytest.mark.alone

ROOT = Path(__file__).resolve().parents[2]


def programs() -> dict[str, list[str]]:
    """The cells of the built-in programs, and of those that people have written elsewhere."""
    built_in = {path.stem: [path.read_text("utf-8")] for path in (ROOT / "app/programs").glob("*.py")}
    wild = [
        json.loads(line)
        for path in (ROOT / "tests/golden/wild").glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    return {**built_in, **{case["name"]: case["cells"] for case in wild}}


@in_a_loop
async def test_programs_run_as_they_do_outside(caplog: pytest.LogCaptureFixture) -> None:
    pool = pool_of(jobs="app.service.jobs", workers=1, deadline_seconds=30, memory_mb=768, recycle_after=10_000)
    pool.start()
    found = programs()
    assert len(found) > 60
    for name, cells in found.items():
        confined, free = await pool.run("trace", {"cells": cells}), jobs.run("trace", {"cells": cells})
        assert (confined.error, confined.budget) == (free.error, free.budget), name
        told, expected = json.loads(confined.plain()), json.loads(free.body)
        assert [cell["stdout"] for cell in told["cells"]] == [cell["stdout"] for cell in expected["cells"]], name
        assert len(told["ops"]) == len(expected["ops"]), name
    await pool.stop()
    assert caplog.text == ""
