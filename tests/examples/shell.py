"""Runs the commands of a document one after another, as a reader would, against a server of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.examples.console import Block, Command, agrees

ROOT: Final = Path(__file__).resolve().parent.parent.parent
WRITTEN: Final = ("http://127.0.0.1:8000", "http://localhost:8000")
MARK: Final = "\x1e"
SECONDS: Final = 240.0


@dataclass(frozen=True)
class Desk:
    """A folder in which the source tree seems to lie, the commands that a reader has, and a running server."""

    folder: Path
    server: str

    @classmethod
    def laid(cls, folder: Path, server: str) -> Desk:
        """A fresh one. What commands write stays in it."""
        programs = folder / ".programs"
        programs.mkdir(parents=True)
        for name, run in {"backpass": f"{sys.executable} -m app.cli", "python3": sys.executable}.items():
            (programs / name).write_text(f'#!/bin/sh\nexec {run} "$@"\n')
            (programs / name).chmod(0o755)
        for entry in ROOT.iterdir():
            if not entry.name.startswith("."):
                (folder / entry.name).symlink_to(entry)
        return cls(folder, server)

    def faults(self, block: Block) -> list[str]:
        """What a block shows that is not so, each with its line. Empty when all is as shown."""
        commands = block.commands()
        answers = self.run([self.here(command.text) for command in commands])
        found: list[str] = []
        for k, command in enumerate(commands):
            status, printed = answers[k] if k < len(answers) else (-1, "(the shell had ended)")
            asks = k + 1 < len(commands) and "$?" in commands[k + 1].text
            found += self.judged(block, command, status, printed, asks)
        return found

    def judged(self, block: Block, command: Command, status: int, printed: str, asks: bool) -> list[str]:
        """The faults of one command. `asks`: the next command looks at its exit code, so that it may be any."""
        where = f"{block.document}:{command.line}: $ {command.text.splitlines()[0]}"
        printed = printed.replace(self.server, WRITTEN[0])
        if status and not asks:
            return [f"{where}\n  ended with exit code {status} and said:\n{printed}"]
        shown = "\n".join(command.shown)
        if shown.strip() and not agrees(shown, printed):
            return [f"{where}\n  the document shows:\n{shown}\n  it printed:\n{printed}"]
        return []

    def here(self, command: str) -> str:
        """The command with the test's server in place of the one that documents name."""
        for address in WRITTEN:
            command = command.replace(address, self.server)
        return command

    def run(self, commands: list[str]) -> list[tuple[int, str]]:
        """Exit code and text of each, all in one shell, so that `cd` and `echo $?` mean what they mean to a reader."""
        script = "".join(
            f"{command}\nkept=$?; printf '{MARK}%s{MARK}' $kept; (exit $kept)\n" for command in ["true", *commands]
        )
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        parts = done.stdout.decode(errors="replace").split(MARK)
        return [(int(status), text) for text, status in zip(parts[2::2], parts[3::2], strict=False)]

    def variables(self) -> dict[str, str]:
        """A reader's environment: no settings, and our commands before the machine's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKPASS_")}
        path = f"{self.folder / '.programs'}{os.pathsep}{kept.get('PATH', '')}"
        return {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
