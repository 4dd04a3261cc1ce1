"""Optimizers, schedulers and data loading, as PyTorch answers them."""

import pytest

from tests.golden.cases import Case, load
from tests.golden.check import check_cell

CELLS = [
    pytest.param(case, number, id=f"{case.name}-{number}")
    for case in load("optim")
    for number in range(len(case.cells))
]


@pytest.mark.parametrize(("case", "number"), CELLS)
def test_cell(case: Case, number: int) -> None:
    check_cell(case, number)
