"""Operators of PyTorch's database whose every sample is right: value, gradient, and edges that compose to the Jacobian.

`right.txt` lists them; `python -m tests.live.report --write` makes the list again.
"""

from __future__ import annotations

import pytest

from app.engine.registry import TORCH
from tests.live.judge import judge
from tests.live.oracle import operators
from tests.live.report import RIGHT

NAMES = RIGHT.read_text("utf-8").split()
LARGE = 300
"""More samples than that are left to the report."""

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_is_right(name: str) -> None:
    verdict = judge(name, operators()[name], LARGE)
    assert verdict.passed, verdict.line


def test_enough_of_them() -> None:
    assert len(NAMES) >= 500


def test_the_judge_can_say_no() -> None:
    assert not judge("sin", operators()["sin"], call=TORCH["cos"]).passed
    assert judge("sin", operators()["sin"], call=TORCH["sin"]).passed
