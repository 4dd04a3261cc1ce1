"""Programs that reach out or take too much, in process: each ends as it must, soon, and tells nothing of the host."""

from __future__ import annotations

import gc
import json
import re
import sys
import time
from typing import Any

import pytest

from app.trace import trace
from app.trace.encode import encode
from tests.hostile.escapes import ESCAPES
from tests.hostile.exhaustion import ENDED, EXHAUSTION

SECONDS = 3.0  # of processor time, as the service gives; on a quiet machine each takes about one at most
HOST = re.compile(r"numpy[./]_|Traceback|site-packages|/usr/|/etc/|File \"|\bapp\.\w|0x(?!7f0000)[0-9a-f]{6}")


def answer(*cells: str) -> tuple[dict[str, Any], float]:
    """The answer as a client gets it, and the processor time it took."""
    start = time.process_time()
    made: dict[str, Any] = json.loads(encode(trace(list(cells))))
    return made, time.process_time() - start


def texts(made: dict[str, Any]) -> str:
    """All that the program itself was told."""
    return "\n".join(
        str(part) for c in made["cells"] for part in (c["stdout"], c["result"], c["error"] and c["error"]["message"])
    )


def leaks(made: dict[str, Any], code: str) -> list[str]:
    """What looks like the host's and is not the program's own word."""
    return [found for found in HOST.findall(texts(made)) if found not in code]


@pytest.mark.parametrize("name", ESCAPES)
def test_an_escape_leads_nowhere(name: str) -> None:
    code, error = ESCAPES[name]
    made, seconds = answer(code)
    assert (made["error"] and made["error"]["type"]) == error
    assert leaks(made, code) == []
    assert seconds < SECONDS


@pytest.mark.parametrize("name", EXHAUSTION)
def test_a_budget_ends_it(name: str) -> None:
    code, budget = EXHAUSTION[name]
    made, seconds = answer(code)
    if budget is None:
        assert made["error"] is None
    else:
        assert made["error"]["type"] == "LimitError"
        assert f"(budget: {budget} = " in made["error"]["message"]
    # A neighbour on the same core can double what a program takes; it is then asked once more.
    assert seconds < SECONDS or answer(code)[1] < SECONDS


@pytest.mark.parametrize("name", ENDED)
def test_an_ordinary_error_ends_it(name: str) -> None:
    code, error = ENDED[name]
    made, seconds = answer(code)
    assert made["error"]["type"] == error
    assert leaks(made, code) == []
    assert seconds < SECONDS


@pytest.mark.alone  # a process that has run thousands of tests holds and frees memory of its own accord
def test_the_memory_of_a_run_is_given_back() -> None:
    if sys.platform != "linux":
        pytest.skip("the memory of a process is read as Linux tells it")
    greedy = "import torch\nx = torch.ones(1000, 1000, requires_grad=True)\n(x * x).sum().backward()"
    answer(greedy)
    before = _resident()
    for _ in range(10):
        answer(greedy)
        gc.collect()  # as the worker does once it has sent an answer
    assert _resident() - before < 30 * 2**20


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as table:
        return int(table.read().split()[1]) * 4096
