"""Which dtype results when dtypes meet, as PyTorch answers it."""

import pytest

from tests.golden.cases import Case, load
from tests.golden.check import check


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in load("promotion")])
def test_promotion(case: Case) -> None:
    check(case)
