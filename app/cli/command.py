"""`backpass COMMAND …`: the commands, and what no command leaves behind: a traceback."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from app.cli import endings, render, serve, trace, version

EXAMPLES = """examples:
  backpass serve                        the page on http://127.0.0.1:8000
  backpass COMMAND --help               what a command takes, with examples

exit codes of every command:
  0  done            2  the command line, or the file that it names, is wrong
  1  the program     3  this machine lacks something (a browser, a free port, room to write)
     failed        130  stopped by Ctrl-C
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; `arguments` default to those of the process."""
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except endings.StopError as stopped:
        print(f"backpass {options.command}: {stopped}", file=sys.stderr)
        return stopped.status
    except KeyboardInterrupt:
        return endings.INTERRUPTED
    except BrokenPipeError:
        forget_stdout()
        return endings.READER_LEFT
    return status


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    made = argparse.ArgumentParser(
        prog="backpass",
        description="See what backward() does: the backward pass of PyTorch-flavoured programs, element by element.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")
    for module in (serve, trace, render, version):
        module.add_to(commands)
    return made


def forget_stdout() -> None:
    """Nobody reads stdout any more; without this Python would try to flush it once more and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
