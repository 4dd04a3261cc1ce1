"""A program as a person keeps it: a .py file, cells split at `# %%` lines, a Jupyter notebook, or stdin."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.cli.endings import StopError, usage
from app.interpreter.paste import split_cells
from app.web.body import BODY_BYTES

STDIN: Final = "-"
# A notebook carries its pictures along; its code is held to BODY_BYTES like everybody's.
LARGEST_FILE: Final = 32 * 2**20
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Program:
    """Cells, and where each stands in the file."""

    name: str
    cells: list[str]
    first_lines: list[int] | None
    """The line of the file that each cell begins at, from 1; None in a notebook, whose cells have no lines in it."""

    def place(self, cell: int, line: int) -> str:
        """`net.py:7` for a text, `net.ipynb, cell 3, line 2` for a notebook; both count from 1."""
        if self.first_lines is None:
            return f"{self.name}, cell {cell + 1}, line {line}"
        return f"{self.name}:{self.first_lines[cell] + line - 1}"


def read(path: str) -> Program:
    """The program in a file, or on stdin for `-`. Raises StopError, in one line, for everything that is none."""
    name = "<stdin>" if path == STDIN else path
    text = _text(name, _bytes(path))
    made = _notebook(name, text) if _is_notebook(path, text) else _plain(name, text)
    size = sum(len(cell.encode()) for cell in made.cells)
    if size > BODY_BYTES:
        raise usage(f"{name}: {size} bytes of code; a program may have {BODY_BYTES}")
    return made


def _bytes(path: str) -> bytes:
    try:
        if path == STDIN:
            content = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(path).open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise usage(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except ValueError:  # a name with a zero byte
        raise usage("FILE: not the name of a file") from None
    if len(content) > LARGEST_FILE:
        raise usage(f"{path}: larger than {LARGEST_FILE >> 20} MB")
    return content


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise usage(f"{name}: not UTF-8 text (byte {error.start})") from None


def _plain(name: str, text: str) -> Program:
    cells = split_cells(text)
    position, first_lines = len(text) - sum(map(len, cells)), []
    for cell in cells:
        first_lines.append(1 + len(_LINE_END.findall(text, 0, position)))
        position += len(cell)
    return Program(name, cells, first_lines)


def _is_notebook(path: str, text: str) -> bool:
    """By name; what comes from stdin has none, and no program of ours begins with a brace and names nbformat."""
    return path.endswith(".ipynb") or (path == STDIN and text.lstrip().startswith("{") and '"nbformat"' in text)


def _notebook(name: str, text: str) -> Program:
    """The code cells of a notebook, format 4."""
    try:
        content = json.loads(text)
        cells = [_source(cell) for cell in content["cells"] if cell["cell_type"] == "code"]
        "".join(cells).encode()
    except (ValueError, RecursionError, LookupError, TypeError):  # ValueError: also half of a surrogate pair
        raise _no_notebook(name) from None
    if not cells:
        raise usage(f"{name}: a notebook without code cells")
    return Program(name, cells, None)


def _source(cell: dict[str, Any]) -> str:
    """Notebooks keep a cell's text whole or in lines."""
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return text


def _no_notebook(name: str) -> StopError:
    return usage(f"{name}: not a notebook of format 4, which Jupyter has saved since 2015")
