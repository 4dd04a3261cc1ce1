"""Networks, layers, containers, hooks and first numbers, as PyTorch answers them."""

import pytest

from tests.golden.cases import Case, load
from tests.golden.check import check


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in load("nn")])
def test_network_program(case: Case) -> None:
    check(case)
