"""The programs recorded from PyTorch keep the sum rule and the form of the answer too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.trace import trace
from app.trace.encode import encode
from app.trace.schema import Trace
from tests.trace.sum_rule import faults

FOLDER = Path(__file__).resolve().parents[1] / "golden"
EVERY = 6
"""All programs take a minute; every sixth of each file shows what they show."""


def programs() -> list[Any]:
    """Cells of some programs of every golden file."""
    found = []
    for path in sorted(FOLDER.glob("*/*.jsonl")):
        for n, line in enumerate(path.read_text("utf-8").splitlines()[::EVERY]):
            found.append(pytest.param(json.loads(line)["cells"], id=f"{path.stem}-{n * EVERY}"))
    return found


def no_more(op: int, input: int, output: int) -> dict[str, Any]:
    """Golden programs are small."""
    raise AssertionError(f"operation {op} lacks edges")


def is_whole(answer: dict[str, Any]) -> bool:
    """Whether everything was described: a training loop may be longer than the budgets of an answer."""
    relations = [r for op in answer["ops"] for r in op["relations"] if r["carries"]]
    return answer["ops_total"] == len(answer["ops"]) and all(r["complete"] for r in relations)


@pytest.mark.parametrize("cells", programs())
def test_program(cells: list[str]) -> None:
    answer = trace(cells)
    if is_whole(answer):
        assert faults(answer, no_more) == []
    assert Trace.model_validate_json(encode(answer))


def test_there_are_programs() -> None:
    assert len(programs()) > 200
