"""Every operation as PyTorch answers it: values, layout, gradients of both orders, a second backward."""

import pytest

from tests.golden.cases import Case, load
from tests.golden.check import check


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in load("operations")])
def test_operation(case: Case) -> None:
    check(case)
