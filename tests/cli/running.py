"""The real command, in a process of its own as a person would start it, or in the test's."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 240.0  # a picture takes 5 s on an idle machine, and a minute on one that is busy with other tests


def command(*arguments: str | Path) -> list[str]:
    """`backpass …` of this tree."""
    return [sys.executable, "-m", "app.cli", *map(str, arguments)]


def environment(variables: dict[str, str] | None = None) -> dict[str, str]:
    """This process's environment without settings of ours, and some more variables."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("BACKPASS_")}
    return {**kept, "PYTHONPATH": str(ROOT), **(variables or {})}


def backpass(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path = ROOT, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs one command to its end."""
    given = environment(variables)
    return subprocess.run(
        command(*arguments), input=stdin, env=given, cwd=cwd, capture_output=True, timeout=SECONDS, check=False
    )


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Typed:
    """Commands inside this process: no interpreter to start, so a test of many mistakes costs nothing."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[bytes]) -> None:
        self._monkeypatch = monkeypatch
        self._captured = captured

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Runs one command to its end."""
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        words = list(map(str, arguments))
        try:
            with ThreadPoolExecutor(1) as alone:  # the browser's tests leave a loop in theirs
                status = alone.submit(main, words).result()
        except SystemExit as ended:  # argparse
            status = int(ended.code or 0)
        out, said = self._captured.readouterr()
        return subprocess.CompletedProcess(words, status, out, said)
