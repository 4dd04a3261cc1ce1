"""What every command shares: help that can be read, exit codes, one line instead of a traceback."""

from __future__ import annotations

import re

import pytest

from app import __version__
from app.cli.command import parser
from tests.cli.running import Typed, backpass

COMMANDS = ["serve", "trace", "render", "version"]


def test_version_is_one_line() -> None:
    done = backpass("version")
    assert done.returncode == 0
    assert re.fullmatch(rf"backpass {re.escape(__version__)} \(Python 3\.\d+\.\d+\w*\)\n", done.stdout.decode())


def test_help_names_every_command_and_every_exit_code() -> None:
    text = parser().format_help()
    for word in [*COMMANDS, "exit codes", "130"]:
        assert word in text


@pytest.mark.parametrize("arguments", [[], ["frobnicate"], ["serve", "--no-such-flag"], ["version", "extra"]])
def test_what_is_not_a_command_is_usage(typed: Typed, arguments: list[str]) -> None:
    done = typed(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"usage: backpass" in done.stderr
