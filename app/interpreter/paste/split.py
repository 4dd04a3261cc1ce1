"""One text with `# %%` lines, as editors write notebooks into plain files, split into its cells."""

import re

MARKER = re.compile(r"^#[ \t]?%%")
LINE_END = re.compile(r"\r\n|\r|\n")


def split_cells(code: str) -> list[str]:
    """The cells of `code`, one per `# %%` marker. Each marker line stays the first line of its own cell.

    Text before the first marker is a cell of its own unless it is blank.
    """
    starts = [0]
    position = 0
    for line in code.splitlines(keepends=True):
        if MARKER.match(line):
            starts.append(position)
        position += len(line)
    pieces = [code[start:end] for start, end in zip(starts, [*starts[1:], len(code)], strict=True)]
    if len(pieces) > 1 and not pieces[0].strip():
        pieces = pieces[1:]
    return pieces
