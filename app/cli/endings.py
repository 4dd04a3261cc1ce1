"""How a command ends: the exit codes, and the exception that carries one with its sentence."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
PROGRAM_FAILED: Final = 1
USAGE: Final = 2  # argparse's own number
ENVIRONMENT: Final = 3
INTERRUPTED: Final = 130  # 128 + SIGINT, as a shell reports it
READER_LEFT: Final = 141  # 128 + SIGPIPE: `backpass trace big.py | head`


class StopError(Exception):
    """The command cannot go on. The message is one line for the person who typed it."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


def usage(message: str) -> StopError:
    """What was typed cannot be done: a file that is not there, a number out of range."""
    return StopError(message, USAGE)


def environment(message: str) -> StopError:
    """The machine lacks something: a browser, a free port, a folder that may be written."""
    return StopError(message, ENVIRONMENT)
