"""Commands to a notebook, `%matplotlib inline` and `!pip install torch`: not Python, and without effect here."""

from __future__ import annotations

import re

from app.interpreter.paste.kept import NOTHING, Kept
from app.interpreter.paste.scanner import Scanner

MAGIC = re.compile(r"^\s*(?:%{1,2}|!)[A-Za-z]")


def without_magics(lines: list[Kept]) -> list[Kept]:
    """The lines with such commands emptied, where a statement could start."""
    if not any(MAGIC.match(line.text) for line in lines):
        return lines
    scanner = Scanner()
    out = []
    for line in lines:
        starts = scanner.triple is None and scanner.depth == 0
        if starts and MAGIC.match(line.text):
            out.append(NOTHING)
            continue
        scanner.read(line.text)
        out.append(line)
    return out
