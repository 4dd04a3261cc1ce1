"""The command `backpass`: serve, trace, render, version."""

from __future__ import annotations

from collections.abc import Sequence

from app.cli.endings import INTERRUPTED

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; `arguments` default to those of the process."""
    try:
        from app.cli import command  # takes a second, in which Ctrl-C should be no traceback either
    except KeyboardInterrupt:
        return INTERRUPTED
    return command.main(arguments)
