"""The command line inside the test's own process."""

from __future__ import annotations

import os

import pytest

from tests.cli.running import Typed


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Typed:
    """`typed("trace", "-", stdin=b"…")`, without settings from outside."""
    for name in [name for name in os.environ if name.upper().startswith("BACKPASS_")]:
        monkeypatch.delenv(name)
    return Typed(monkeypatch, capfdbinary)
