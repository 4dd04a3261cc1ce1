"""Hostile programs by the hundred through the real server: each ends as its row says and in time, the answer is strict
JSON, the next reader is served at once, and afterwards the server holds no more memory than before.

Every tenth program that spends a budget runs each time; `BACKPASS_LONG=1` runs them all (ten minutes).
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.corpus import rows
from tests.hostile.escapes import ESCAPES
from tests.hostile.test_hostile import leaks
from tests.hostile.test_server import Client, cell, workers

pytestmark = pytest.mark.alone

LONG = "BACKPASS_LONG" in os.environ
SHARE = 1 if LONG else 10
SECONDS = 6.0  # the deadline, and what a busy machine adds; test_budgets_end_soon holds the processor time
MARGIN = 120 * 2**20
REACHING = rows("reach_out")
SPENDING = {**rows("print_and_allocate"), **rows("loop_and_recurse"), **rows("tensors_and_traces")}
CHOSEN = [name for name in SPENDING if zlib.crc32(name.encode()) % SHARE == 0]


@pytest.fixture(scope="module")
def client(base_url: str) -> Client:
    made = Client(base_url)
    made.assert_serves()
    return made


def asked(client: Client, code: str) -> dict[str, Any]:
    """The answer of the server, which must come in time and keep nobody waiting."""
    status, made, seconds = client.post("trace", cell(code))
    assert status == 200
    assert seconds < SECONDS
    assert (made["error"] or {}).get("type") != "EngineError"
    start = time.monotonic()
    client.assert_serves()
    assert time.monotonic() - start < SECONDS / 2
    return dict(made)


@pytest.mark.parametrize("name", CHOSEN)
def test_a_program_that_spends_without_end(client: Client, name: str) -> None:
    row = SPENDING[name]
    made = asked(client, row.code)
    assert row.ended_as_it_must(made) or "time" in str(made["error"])
    if made["error"] and made["error"]["type"] == "LimitError":
        assert any(character.isdigit() for character in made["error"]["message"])


@pytest.mark.parametrize("name", REACHING)
def test_a_program_that_reaches_out(client: Client, name: str) -> None:
    row = REACHING[name]
    made = asked(client, row.code)
    assert row.ended_as_it_must(made)
    assert leaks(made, row.code) == []
    assert not any("reached" in part["stdout"] for part in made["cells"])


def test_the_known_escapes_lead_nowhere(client: Client) -> None:
    wrong = {}
    for name, (code, error) in ESCAPES.items():
        made = asked(client, code)
        if (made["error"] and made["error"]["type"]) != error or leaks(made, code):
            wrong[name] = made["error"]
    assert wrong == {}


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read as Linux tells it")
def test_the_memory_comes_back(client: Client) -> None:
    greedy = [
        row.code for name, row in SPENDING.items() if "held" in name or "doubling" in name or "trace-many" in name
    ]
    for code in greedy[:4]:
        asked(client, code)
    before = held(client)
    for code in greedy * 2:
        asked(client, code)
    assert held(client) - before < MARGIN


def held(client: Client) -> int:
    """Bytes of the server's workers that are theirs alone or their share of what they have in common."""
    time.sleep(0.5)  # a worker that was killed or recycled is on its way out
    return sum(share(Path(f"/proc/{pid}/smaps_rollup")) for child in workers(client) for pid in (child, *below(child)))


def below(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    found: list[int] = []
    for table in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, table.read_text(encoding="ascii").split()):
                found += [child, *below(child)]
    return found


def share(path: Path) -> int:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0  # it has ended meanwhile
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def test_the_corpus_is_large_and_explained() -> None:
    assert len(SPENDING) + len(REACHING) + len(ESCAPES) >= 900
    assert all(row.why for row in (*SPENDING.values(), *REACHING.values()))
