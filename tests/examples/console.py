"""The ```console blocks of a document: what is typed, and what is shown to come back."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FENCE: Final = re.compile(r"^(?P<indent> *)```(?P<language>[\w-]*) *$")
SKIPPED: Final = re.compile(r"<!-- not run: (?P<reason>\S.*?) *-->")
SHELL: Final = frozenset({"sh", "bash", "shell", "zsh"})
# What is not on a machine that runs tests, or would change it.
FOREIGN: Final = ("docker", "kubectl", "sudo", "systemctl")
ANY: Final = "…"


@dataclass
class Command:
    """One line after `$ `, with its continuation, and the lines that follow it."""

    text: str
    line: int
    shown: list[str] = field(default_factory=list)


@dataclass
class Block:
    """One fenced block of a document."""

    document: str
    line: int
    language: str
    lines: list[str]
    skipped: str | None
    """The reason why it is not run."""

    def commands(self) -> list[Command]:
        """What the block has to type. A command goes on for as long as the shell would ask for more."""
        found: list[Command] = []
        for number, line in enumerate(self.lines, self.line + 1):
            if line.startswith("$ "):
                found.append(Command(line[2:], number))
            elif found and not found[-1].shown and wants_more(found[-1].text):
                found[-1].text += "\n" + line.removeprefix("> ")
            elif found:
                found[-1].shown.append(line)
        return found


def wants_more(text: str) -> bool:
    """Whether a shell waits for another line: a quote is open, or the line ends in | or \\."""
    if text.rstrip().endswith(("\\", "|", "&&", "||")):
        return True
    read = subprocess.run(["bash", "-n"], input=text.encode(), capture_output=True, check=False)
    return b"unexpected EOF" in read.stderr or b"unexpected end of file" in read.stderr


def blocks(path: Path, name: str) -> list[Block]:
    """Every fenced block of a Markdown document."""
    found: list[Block] = []
    reason: str | None = None
    inside: Block | None = None
    indent = 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        fence = FENCE.match(line)
        if inside is not None:
            if fence and not fence["language"]:
                inside.skipped = inside.skipped or foreign(inside)
                inside = None
            else:
                inside.lines.append(line[indent:])
        elif fence:
            inside, indent = Block(name, number, fence["language"], [], reason), len(fence["indent"])
            found.append(inside)
            reason = None
        elif skipped := SKIPPED.search(line):
            reason = skipped["reason"]
        elif line.strip():
            reason = None
    return found


def foreign(block: Block) -> str | None:
    """Why a block of shell that is not shown as typed, with `$ `, needs no other reason not to be run."""
    words = {word for line in block.lines for word in line.split()}
    needed = [program for program in FOREIGN if program in words]
    return f"needs {needed[0]}" if needed and block.language in SHELL else None


def agrees(shown: str, printed: str) -> bool:
    """Whether a text is what a document shows of it; `…` stands for anything, on a line of its own for any lines."""
    lines = [
        "(?s:.*)" if line == ANY else re.escape(line).replace(re.escape(ANY), ".*")
        for line in shown.rstrip().split("\n")
    ]
    return re.fullmatch("\n".join(lines), printed.rstrip()) is not None
