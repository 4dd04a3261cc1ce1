"""Ready means that a program has just been run; asking often does not run many."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from typing import Any

import pytest

from app.service import Outcome
from app.web.observe import readiness
from app.web.observe.readiness import Readiness
from tests.service.scenario import in_a_loop


class Runs:
    """A pool that does as it is told and counts."""

    def __init__(self, *, error: str | None = None, seconds: float = 0.0, raises: Exception | None = None) -> None:
        self.error, self.seconds, self.raises = error, seconds, raises
        self.count = 0

    async def __call__(self, kind: str, request: dict[str, Any]) -> Outcome:
        self.count += 1
        await asyncio.sleep(self.seconds)
        if self.raises:
            raise self.raises
        return Outcome(b"{}", self.error, None, None, 0.0, True)


@in_a_loop
async def test_many_who_ask_share_one_run() -> None:
    runs = Runs(seconds=0.02)
    ready = Readiness(runs, 5)
    assert await asyncio.gather(*(ready.reason() for _ in range(50))) == [None] * 50
    assert await ready.reason() is None
    assert runs.count == 1


@in_a_loop
async def test_a_finding_does_not_hold_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "KEPT_SECONDS", 0.0)
    runs = Runs(raises=OSError("secret"))
    ready = Readiness(runs, 5)
    assert await ready.reason() == "no program can be run: OSError"
    runs.raises = None
    assert await ready.reason() is None
    runs.error = "EngineError"
    assert await ready.reason() == "the program of the probe ended with EngineError"
    assert runs.count == 3


@in_a_loop
async def test_the_wait_is_bounded() -> None:
    assert await Readiness(Runs(seconds=60), 0.05).reason() == "no worker has answered within 0.05 s"


@in_a_loop
async def test_the_first_run_may_take_as_long_as_warming_up_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "KEPT_SECONDS", 0.0)
    ready = Readiness(Runs(seconds=0.1), 0.05, first_seconds=5)
    assert await ready.reason() is None
    assert await ready.reason() == "no worker has answered within 0.05 s"


@in_a_loop
async def test_a_program_of_somebodys_is_proof_enough() -> None:
    runs = Runs()
    ready = Readiness(runs, 5)
    ready.proved()
    assert await ready.reason() is None
    assert runs.count == 0


@in_a_loop
async def test_one_who_goes_away_does_not_take_the_probe_along() -> None:
    runs = Runs(seconds=0.05)
    ready = Readiness(runs, 5)
    first, second = asyncio.create_task(ready.reason()), asyncio.create_task(ready.reason())
    await asyncio.sleep(0.01)
    first.cancel()
    assert await second is None
    assert runs.count == 1


@in_a_loop
async def test_it_can_be_stopped_in_the_middle() -> None:
    ready = Readiness(Runs(seconds=60), 120)
    asking = asyncio.create_task(ready.reason())
    await asyncio.sleep(0.01)
    await asyncio.wait_for(ready.stop(), 1)
    asking.cancel()


def test_a_real_server_becomes_ready(base_url: str) -> None:
    give_up = time.monotonic() + 60
    while (status := status_of(f"{base_url}/readyz")) == 503 and time.monotonic() < give_up:
        time.sleep(0.2)
    assert status == 200


def status_of(url: str) -> int:
    """What the server answers, also where it is a refusal."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
