"""The command `backpass`: serve, trace, render, version."""

from app.cli.command import main

__all__ = ["main"]
