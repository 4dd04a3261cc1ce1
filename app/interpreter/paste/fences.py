"""Markdown fences: what stands between them is code, what stands outside is prose."""

import re

from app.interpreter.paste.kept import Kept

FENCE = re.compile(r"^\s{0,3}(```+|~~~+)\s*([A-Za-z0-9_+.{}-]*)\s*$")


def outside_fences(lines: list[Kept]) -> list[Kept]:
    """The same lines with fences and the prose around them emptied; unchanged when there is no opening fence.

    A text whose only fence closes (the opening one was not selected) keeps what stands before it.
    """
    marks = [index for index, line in enumerate(lines) if FENCE.match(line.text)]
    if not marks:
        return lines
    inside = len(marks) == 1 and marks[0] > 0 and not _names_language(lines[marks[0]])
    out = []
    for index, line in enumerate(lines):
        if index in marks:
            inside = not inside
            out.append(Kept(""))
        else:
            out.append(line if inside else Kept(""))
    return out


def _names_language(line: Kept) -> bool:
    match = FENCE.match(line.text)
    return match is not None and bool(match.group(2))
