"""From a node of the tree back to the text that was sent."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from app.interpreter.paste import Pasted

LONGEST_TEXT = 500  # a label; a loop may send the same one a thousand times


@dataclass(frozen=True)
class Span:
    """A stretch of the sent text: cell from 0, lines from 1, columns in UTF-16 code units, the end exclusive."""

    cell: int
    line: int
    column: int
    end_line: int
    end_column: int


class Source:
    """One cell's code with its way back to the sent text."""

    __slots__ = ("_bytes", "cell", "lines", "pasted")

    def __init__(self, cell: int, pasted: Pasted) -> None:
        self.cell = cell
        self.pasted = pasted
        self.lines = [line.text for line in pasted.lines]
        self._bytes: dict[int, bytes] = {}

    @property
    def is_library(self) -> bool:
        """Whether this is a module of our own library: no cell of the program."""
        return self.cell < 0

    def index(self, line: int, offset: int) -> int:
        """The character index of UTF-8 byte `offset` (what `ast` counts) in code line `line`."""
        text = self.lines[line - 1]
        if text.isascii():
            return offset
        encoded = self._bytes.setdefault(line, text.encode("utf-8", "surrogatepass"))
        # Inside f-strings some Pythons count from elsewhere: an offset may fall between two characters.
        return len(encoded[:offset].decode("utf-8", "ignore"))

    def span(self, line: int, start: int, end_line: int, end: int) -> Span:
        """The span between two character indices of code lines."""
        column = self.pasted.column
        return Span(self.cell, line, column(line, start), end_line, column(end_line, end))

    def text(self, line: int, start: int, end_line: int, end: int) -> str:
        """The code between two character indices; the lines of a wrapped expression are joined by blanks."""
        if line == end_line:
            return self.lines[line - 1][start:end]
        middle = self.lines[line : end_line - 1]
        pieces = [self.lines[line - 1][start:], *middle, self.lines[end_line - 1][:end]]
        return " ".join(piece.strip() for piece in pieces if piece.strip())


class Place:
    """A node of a cell's tree: what `Run.here` points to. `method`: a call whose function was bound to a value."""

    __slots__ = ("method", "node", "source")

    def __init__(self, source: Source, node: ast.AST) -> None:
        self.source = source
        self.node = node
        self.method = False


def _extent(place: Place) -> tuple[int, int, int, int] | None:
    node = place.node
    if not isinstance(node, (ast.expr, ast.stmt, ast.arg, ast.keyword, ast.alias, ast.excepthandler)):
        return None
    end_line, end_offset = node.end_lineno or node.lineno, node.end_col_offset
    if isinstance(node, (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.FunctionDef, ast.ClassDef)):
        end_line, end_offset = (
            node.lineno,
            len(place.source.lines[node.lineno - 1].encode("utf-8", "replace")),
        )
    index = place.source.index
    return node.lineno, index(node.lineno, node.col_offset), end_line, index(end_line, end_offset or 0)


def span_of(here: object) -> Span | None:
    """Where in the sent text `here` (a place that the interpreter left in `Run.here`) stands."""
    if type(here) is not Place:
        return None
    extent = _extent(here)
    return None if extent is None else here.source.span(*extent)


def source_of(here: object) -> str:
    """The source text of `here`, such as "torch.ones(2, 2)"; empty for no place."""
    if type(here) is not Place:
        return ""
    extent = _extent(here)
    text = "" if extent is None else here.source.text(*extent)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
