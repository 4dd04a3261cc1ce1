"""The corpus: programs in `corpus/*.txt`, each under a line with its name, how it ends, and why it is there.

`=== name | end | why`. The end is the name of a budget, the type of an error, or `runs`; several are separated by
slashes; `limit` is any budget. In the program a line `@repeat N text` stands for N times the text, escapes resolved,
with no line end of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "corpus"
REPEAT = re.compile(r"(?m)^@repeat (\d+) (.*)\n?")


@dataclass(frozen=True)
class Row:
    """One program."""

    code: str
    ends: frozenset[str]
    why: str

    def ended_as_it_must(self, answer: dict[str, Any]) -> bool:
        """Whether the answer's error is what the row says."""
        return bool(ways(answer) & self.ends)


def ways(answer: dict[str, Any]) -> frozenset[str]:
    """What the row may have said about a program that ended like this."""
    error = answer["error"]
    if error is None:
        return frozenset({"runs", "any"})
    if error["type"] != "LimitError":
        return frozenset({error["type"], "any"})
    budget = re.search(r"\(budget: (\w+)", error["message"])
    return frozenset({"limit", "any"} | ({budget[1]} if budget else set()))


def rows(name: str) -> dict[str, Row]:
    """The rows of one file, by name."""
    found: dict[str, Row] = {}
    for part in ("\n" + (FOLDER / f"{name}.txt").read_text(encoding="utf-8")).split("\n=== ")[1:]:
        head, _, code = part.partition("\n")
        called, ends, why = head.split(" | ", 2)
        assert called not in found, called
        found[called] = Row(REPEAT.sub(_repeated, code), frozenset(ends.split("/")), why)
    return found


def _repeated(line: re.Match[str]) -> str:
    return line[2].encode("latin-1", "backslashreplace").decode("unicode_escape") * int(line[1])
