"""System calls of a worker: those that a program needs work, every other is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.service.confined import seccomp
from app.service.orders import FILTERED, NO_LIBRARY, NOT_USABLE
from tests.service.honest import WORK
from tests.service.scenario import cold, in_a_loop, outcome, pool, said, zygote_of

pytestmark = pytest.mark.alone

ROOT = Path(__file__).resolve().parents[2]
MAP = "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)"


@pytest.fixture(autouse=True, scope="module")
def _library() -> None:
    try:
        seccomp.built()
    except seccomp.MISSING as error:
        pytest.skip(f"no libseccomp on this machine: {error}")


def trial(work: str) -> int:
    """What becomes of the filter when this line of Python is the work to try it with."""
    code = f"import mmap, os; from app.service.confined import seccomp; print(seccomp.tried(lambda: {work})[1])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


REFUSED = [
    "open /etc/hostname",
    "list /",
    "socket",
    "fork",
    f"exec {sys.executable}",
    "kill {server}",
    "kill {zygote}",
    "kill 0",
    "starve {server}",
    "write {folder}/made",
]


@pytest.mark.parametrize("cell", REFUSED)
@in_a_loop
async def test_worker_cannot(cell: str, tmp_path: Path) -> None:
    async with pool() as made:
        words = cell.format(server=os.getpid(), zygote=await zygote_of(made), folder=tmp_path)
        assert await said(made, words) == "EPERM"


@in_a_loop
async def test_honest_work_goes_on() -> None:
    async with pool() as made:
        for name in WORK:
            assert (await outcome(made, f"honest {name}")).error is None, name


def test_trial_notices_a_filter_that_is_too_strict() -> None:
    assert trial("None") == FILTERED
    assert trial("os.listdir('/')") == NOT_USABLE


def test_memory_that_can_be_executed_is_refused() -> None:
    assert trial(MAP.replace("| mmap.PROT_EXEC", "")) == FILTERED
    assert trial(MAP) == NOT_USABLE


def test_missing_library_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    assert seccomp.tried(lambda: None) == (None, NO_LIBRARY)


@in_a_loop
async def test_server_says_once_that_there_is_no_filter(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.service.processes.nursery.MODULE", "tests.service.unfiltered")
    made = cold()
    for _ in range(2):
        made._line.renew()
        assert made._line._next is not None
        await made._line._next
    assert await said(made, "open /etc/hostname") == "done"
    assert caplog.text.count("libseccomp is not installed") == 1
    await made.stop()
