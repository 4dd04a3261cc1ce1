"""What the sandbox must let through."""

from __future__ import annotations

import pytest

from app.trace import trace
from tests.hostile.legitimate import LEGITIMATE


@pytest.mark.parametrize("name", LEGITIMATE)
def test_it_runs(name: str) -> None:
    code, printed = LEGITIMATE[name]
    made = trace([code])
    assert made["error"] is None
    assert made["cells"][0]["stdout"] == f"{printed}\n"
