"""Where a command's result goes: a file, or stdout and nothing else with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from app.cli.endings import environment

STDOUT: Final = "-"


def write(content: bytes, path: str) -> None:
    """Writes the result. Raises StopError where the file cannot be written, BrokenPipeError where nobody reads."""
    if path == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        Path(path).write_bytes(content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise environment(f"cannot write {path}: {reason.lower()}") from None
