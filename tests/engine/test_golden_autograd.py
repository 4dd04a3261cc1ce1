"""What autograd remembers, accumulates, frees and refuses, as PyTorch answers it."""

import pytest

from tests.golden.cases import Case, load
from tests.golden.check import check


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in load("autograd")])
def test_autograd_program(case: Case) -> None:
    check(case)
