"""The real answers have the forms that the API's reference promises."""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.trace.schema import Trace
from app.web import programs
from app.web.answers import EdgesAnswer, SupportedName

pytestmark = pytest.mark.alone

PROGRAMS = programs.built_in()
ROUND = 40


def post(base_url: str, route: str, body: dict[str, Any]) -> bytes:
    """The answer of the running server."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(base_url + route, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        answer: bytes = response.read()
    return answer


@pytest.mark.parametrize("slug", PROGRAMS)
def test_trace(base_url: str, slug: str) -> None:
    answer = post(base_url, "/api/trace", {"cells": PROGRAMS[slug].cells})
    assert TypeAdapter(Trace).validate_json(answer)


@pytest.mark.parametrize("program", ["while True: pass", "import torch\ntorch.ones(5000, 5000)", "x = (", "1 / 0", ""])
def test_trace_of_a_program_that_fails(base_url: str, program: str) -> None:
    answer = post(base_url, "/api/trace", {"cells": [program, "y = 1"]})
    assert len(TypeAdapter(Trace).validate_json(answer).cells) == 2


QUESTIONS: list[dict[str, Any]] = [
    {"op": 0, "input": 0, "output": 0, "of_outputs": [0, 1]},
    {"op": 0, "input": 0, "output": 0, "of_inputs": [3]},
    {"from": 0, "to": 2},
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_edges(base_url: str, question: dict[str, Any]) -> None:
    program = "import torch\nx = torch.ones(2, 2, requires_grad=True)\n(x * x).sum().backward()"
    answer = post(base_url, "/api/edges", {"cells": [program], **question})
    found = TypeAdapter[Any](EdgesAnswer).validate_json(answer)
    assert found.edges.weight
    assert len(found.edges.input) == len(found.edges.output) == len(found.edges.weight)


def test_catalogue(base_url: str) -> None:
    with urllib.request.urlopen(f"{base_url}/api/ops", timeout=30) as response:
        found = TypeAdapter(list[SupportedName]).validate_json(response.read())
    assert {"sum", "softmax", "matmul"} <= {entry.name for entry in found}


def test_ordinary_request_is_quick(base_url: str) -> None:
    """The median of programs that differ. Other work on the machine only adds: the quickest round counts."""
    assert any(median_of_a_round(base_url, start) < 0.015 for start in range(0, 400, ROUND))


def median_of_a_round(base_url: str, start: int) -> float:
    """Seconds of the middle one of a round's requests."""
    took = []
    for number in range(start, start + ROUND):
        program = f"import torch\nx = torch.full((2, 2), {number}.5, requires_grad=True)\n(x * x * 3).mean().backward()"
        before = time.perf_counter()
        post(base_url, "/api/trace", {"cells": [program]})
        took.append(time.perf_counter() - before)
    return statistics.median(took)
