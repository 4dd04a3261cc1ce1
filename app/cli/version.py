"""`backpass version`."""

from __future__ import annotations

import argparse
import platform
from typing import Any

from app import __version__
from app.cli import endings


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """The command and its options."""
    text = "say which Backpass and which Python this is"
    commands.add_parser("version", help=text, description=f"{text.capitalize()}.").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """One line on stdout."""
    print(f"backpass {__version__} (Python {platform.python_version()})")
    return endings.DONE
