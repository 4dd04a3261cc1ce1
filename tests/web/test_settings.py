"""Settings come from BACKPASS_ variables; a mistake in one is told at start."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import ValidationError

from app import settings


def test_mistyped_variable_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPASS_PROT", "80")
    with pytest.raises(settings.SettingError, match="BACKPASS_PROT"):
        settings.read()


def test_known_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPASS_PORT", "9001")
    monkeypatch.setenv("BACKPASS_QUEUE", "7")
    read = settings.read()
    assert (read.port, read.queue) == (9001, 7)


@pytest.mark.parametrize(
    "origins",
    ["https://a.org; script-src *", "https://a.org\r\nX: y", "*", "javascript:x", "https://a.org,b"],
)
def test_origins_cannot_end_the_directive(origins: str) -> None:
    with pytest.raises(ValidationError):
        settings.Settings(frame_ancestors=origins)


@pytest.mark.parametrize(("name", "value"), [("BACKPASS_PROT", "80"), ("BACKPASS_PORT", "http")])
def test_server_says_it_without_a_traceback(name: str, value: str) -> None:
    command = [sys.executable, "-m", "app.main"]
    done = subprocess.run(command, env={name: value}, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("backpass: ")
    assert name in done.stderr
    assert done.stderr.count("\n") == 1
