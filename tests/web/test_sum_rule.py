"""The sum rule over HTTP: every program of ours and of the documents, every call, element by element."""

from __future__ import annotations

import json
import math
import urllib.request
from typing import Any

from tests.trace.programs import each_program, everything
from tests.trace.sum_rule import Ask, faults


def post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    """The answer of the running server, read as strictly as a browser reads it."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        answer: dict[str, Any] = json.loads(response.read(), parse_constant=refuse)
    return answer


def refuse(name: str) -> None:
    """JSON has no NaN and no Infinity."""
    raise ValueError(name)


def asker(base_url: str, cells: list[str], trace: dict[str, Any]) -> Ask:
    """Edges that the trace had no room for."""

    def ask(op: int, input: int, output: int) -> dict[str, Any]:
        size = math.prod(trace["tensors"][trace["ops"][op]["outputs"][output]]["shape"])
        wanted = {"op": op, "input": input, "output": output, "of_outputs": list(range(size))}
        return post(f"{base_url}/api/edges", {"cells": cells, **wanted})

    return ask


@each_program()
def test_every_score_is_the_sum_of_its_shares(base_url: str, name: str) -> None:
    cells = everything()[name]
    trace = post(f"{base_url}/api/trace", {"cells": cells})
    assert any(call["scores"] for call in trace["backward"])
    assert faults(trace, asker(base_url, cells, trace)) == []


@each_program()
def test_also_when_the_trace_has_no_room_for_edges(base_url: str, name: str) -> None:
    cells = everything()[name]
    trace = post(f"{base_url}/api/trace", {"cells": cells, "limits": {"edges": 30}})
    assert faults(trace, asker(base_url, cells, trace)) == []
