"""Every command that a document shows is run, and what it shows to come back is compared.

A document that fails here: write commands as ```console with `$ ` before each, on the server http://127.0.0.1:8000 and
from the source tree's root; show output as it comes, with `…` for what changes. What cannot run on a test machine gets
`<!-- not run: the reason -->` on a line before its block; a block of ```sh with docker, kubectl or sudo needs no other.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.examples.console import SHELL, Block, agrees, blocks, wants_more
from tests.examples.shell import ROOT, Desk

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
ALL = {path: blocks(path, str(path.relative_to(ROOT))) for path in DOCUMENTS}
RUN = {path: [one for one in found if one.language == "console" and not one.skipped] for path, found in ALL.items()}
SKIPPED = [one for found in ALL.values() for one in found if one.skipped]
OURS = re.compile(r"(?<![\w./-])(?:deploy|examples|docs|tools)/[\w/-]+(?:\.\w+)*")
NOT_RUN = "put <!-- not run: the reason --> on the line before the block"


def names(items: list[Path]) -> list[str]:
    """Paths as they are said."""
    return [str(path.relative_to(ROOT)) for path in items]


WITH_COMMANDS = [path for path, found in RUN.items() if found]


@pytest.mark.skipif(not shutil.which("bash") or not shutil.which("curl"), reason="needs bash and curl")
@pytest.mark.parametrize("path", WITH_COMMANDS, ids=names(WITH_COMMANDS))
def test_its_commands_do_what_it_shows(path: Path, base_url: str, tmp_path: Path) -> None:
    faults: list[str] = []
    for number, block in enumerate(RUN[path]):
        faults += Desk.laid(tmp_path / str(number), base_url).faults(block)
    assert not faults, "\n\n".join([*faults, f"Mend the document or the program; or {NOT_RUN}."])


@pytest.mark.parametrize("block", SKIPPED, ids=[f"{one.document}:{one.line} ({one.skipped})" for one in SKIPPED])
def test_what_is_not_run_is_shell_and_names_files_that_there_are(block: Block) -> None:
    """The reason stands in the test's name, so that nobody takes the block for tried."""
    commands = "\n".join(line.removeprefix("$ ") for line in block.lines)
    if block.language in SHELL | {"console"}:
        read = subprocess.run(["bash", "-n"], input=commands.encode(), capture_output=True, check=False)
        assert read.returncode == 0, read.stderr.decode()
    assert [name for name in OURS.findall(commands) if not (ROOT / name).exists()] == []


def test_commands_are_in_console_blocks() -> None:
    wrong = [
        f"{one.document}:{one.line}: ```{one.language}"
        for found in ALL.values()
        for one in found
        if not one.skipped
        and (one.language in SHELL or (one.language == "" and one.lines and one.lines[0].startswith("$ ")))
    ]
    assert not wrong, f"write these as ```console with `$ ` before each command, or {NOT_RUN}: {wrong}"


def test_console_blocks_begin_with_a_command() -> None:
    wrong = [
        f"{one.document}:{one.line}"
        for found in ALL.values()
        for one in found
        if one.language == "console" and not (one.lines and one.lines[0].startswith("$ "))
    ]
    assert not wrong, f"a ```console block begins with `$ ` and a command: {wrong}"


def test_code_that_is_shown_is_code() -> None:
    for found in ALL.values():
        for one in found:
            text = "\n".join(one.lines)
            if one.language == "python" and not one.skipped:
                compile(text, f"{one.document}:{one.line}", "exec")
            if one.language == "json" and not one.skipped:
                json.loads(text)


def test_this_runner_can_fail(base_url: str, tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    typed = "echo 'two\nlines' |\n  cat\ntwo\nlines", "echo one\ntwo", "false", "cat /nowhere\n…", "echo $?\n1"
    skipped_block = "<!-- not run: there is no such program -->\n\n```console\n$ frobnicate\n```\n"
    document.write_text("```console\n" + "".join(f"$ {one}\n" for one in typed) + f"```\n{skipped_block}", "utf-8")
    good, skipped = blocks(document, "a.md")
    assert skipped.skipped == "there is no such program"
    faults = Desk.laid(tmp_path / "desk", base_url).faults(good)
    assert [fault.split(": ")[0] for fault in faults] == ["a.md:7", "a.md:9"]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb", "a\nb\n", True),
        ("a … c", "a b c", True),
        ("a … c", "a b d", False),
        ("a\n…\nc", "a\n1\n2\nc", True),
        ("…", "anything\nat all", True),
        ("a.b", "axb", False),
    ],
)
def test_what_agrees(shown: str, printed: str, same: bool) -> None:
    assert agrees(shown, printed) is same


@pytest.mark.parametrize(
    ("text", "more"),
    [("echo 'a", True), ("curl x |", True), ("curl \\", True), ("echo a", False), ("for a in b; do", True)],
)
def test_when_a_command_goes_on(text: str, more: bool) -> None:
    assert wants_more(text) is more
