"""The recorded programs are those of the sources: an edited source must be recorded again."""

import pytest

from tests.golden.cases import FOLDER, load
from tests.golden.operations import expand
from tests.golden.promotion import pairs
from tests.golden.sources import programs


@pytest.mark.parametrize("family", ["errors", "autograd", "optim", "nn"])
def test_programs_are_recorded(family: str) -> None:
    files = sorted((FOLDER / family).glob("*.txt"))
    written = [(case.name, case.cells) for file in files for case in programs(file)]
    assert written == [(case.name, case.cells) for case in load(family)]


def test_operation_rows_are_recorded() -> None:
    files = sorted((FOLDER / "operations").glob("*.txt"))
    rows = [row for file in files for row in expand.rows(file)]
    recorded = load("operations")
    assert [row.name for row in rows] == [case.name for case in recorded]
    assert [expand.forward(row) for row in rows] == [case.cells[0] for case in recorded]
    assert [expand.layout(row) for row in rows] == [case.cells[1] for case in recorded]


def test_promotion_pairs_are_recorded() -> None:
    written = {case.name: case.cells for _, cases in pairs.families() for case in cases}
    assert written == {case.name: case.cells for case in load("promotion")}


def test_every_recording_is_small_enough_to_read() -> None:
    assert max(file.stat().st_size for file in FOLDER.glob("*/*.jsonl")) < 300_000
