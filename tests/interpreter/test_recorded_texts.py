"""Programs that print what PyTorch and numpy print, to the letter."""

from __future__ import annotations

import json

import pytest

from app.interpreter import run_cells
from tests.golden.texts import FOLDER, programs_of, started

FILES = sorted(FOLDER.glob("*.json"))
CASES = [
    pytest.param(case["program"], case["prints"], id=f"{path.stem}-{number}")
    for path in FILES
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("program", "prints"), CASES)
def test_prints_what_was_recorded(program: str, prints: str) -> None:
    cell = run_cells([started(program)]).cells[0]
    error = f"{cell.error.type}: {cell.error.message}\n" if cell.error else ""
    assert cell.stdout + error == prints


def test_every_program_is_recorded() -> None:
    assert FILES
    for path in FILES:
        recorded = [case["program"] for case in json.loads(path.read_text(encoding="utf-8"))]
        assert recorded == programs_of(path.with_suffix(".txt"))
