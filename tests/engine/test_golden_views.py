"""Random programs of views and in-place writes, as PyTorch answers them."""

import pytest

from tests.golden.cases import Case, load
from tests.golden.check import check


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in load("views")])
def test_view_program(case: Case) -> None:
    check(case)
