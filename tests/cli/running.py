"""The real command, in a process of its own, as a person would start it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60.0


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
