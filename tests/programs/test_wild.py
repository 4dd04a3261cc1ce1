"""Whole programs in the manner of tutorials, textbooks and forum questions, as PyTorch 2.13 answers them."""

import pytest

from tests.golden.cases import Case, load
from tests.golden.check import check


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in load("wild")])
def test_program(case: Case) -> None:
    check(case)
