"""Learners' mistakes, as PyTorch answers them: type, message and line of every error."""

import pytest

from tests.golden.cases import Case, load
from tests.golden.check import check_cell

MISTAKES = [
    pytest.param(case, number, id=f"{case.name}-{number}")
    for case in load("errors")
    for number in range(len(case.cells))
]


@pytest.mark.parametrize(("case", "number"), MISTAKES)
def test_mistake(case: Case, number: int) -> None:
    check_cell(case, number)
