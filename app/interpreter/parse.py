"""From a cell's text to a tree that may run: CPython's parser, then the static pass."""

from __future__ import annotations

import ast
import unicodedata
import warnings

from app.interpreter.budget import Limits, exceeded
from app.interpreter.check.names import refuse_names
from app.interpreter.check.nodes import refuse_nodes
from app.interpreter.check.placement import refuse_placement
from app.interpreter.check.private import make_private
from app.interpreter.errors import RefusedError
from app.interpreter.paste import clean
from app.interpreter.paste.scanner import Scanner
from app.interpreter.source import Source, Span

FILE = "<program>"  # a constant: for some errors CPython opens the file of this name to quote a line
WIDE = "（），：；“”‘’＝．。［］【】｛｝＋－—–−＊×／÷＠＃＜＞《》！、＂＇％＆｜～＾＿"
NARROW = """(),:;""''=..[][]{}+----**//@#<><>!,"'%&|~^_"""
PUNCTUATION = dict(zip(WIDE, NARROW, strict=True))


def parse(text: str, cell: int, limits: Limits) -> tuple[ast.Module, Source]:
    """The tree of a cell with the way back to its text; RefusedError or LimitError when it may not run."""
    if len(text) > limits.source:
        raise exceeded("source", limits.source)
    source = Source(cell, clean(text))
    tree = _parse(source, limits)
    refuse_nodes(tree, source, limits)
    refuse_names(list(ast.walk(tree)), source)
    refuse_placement(tree, source)
    make_private(tree)
    return tree, source


def _parse(source: Source, limits: Limits) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.pasted.code, filename=FILE)
    except SyntaxError as error:
        raise _syntax_error(error, source) from None
    except (MemoryError, RecursionError):
        raise exceeded("nesting", limits.nesting) from None
    except UnicodeEncodeError as error:
        line = source.pasted.code.count("\n", 0, error.start) + 1
        span = source.span(line, 0, line, len(source.lines[line - 1]))
        raise RefusedError(
            "SyntaxError", "the text holds half of a character (a lone surrogate)", span, "syntax"
        ) from None
    except ValueError:
        raise RefusedError("SyntaxError", "source code cannot contain null bytes", _whole(source), "syntax") from None


def _whole(source: Source) -> Span:
    line = next((n for n, text in enumerate(source.lines, 1) if "\0" in text), 1)
    return source.span(line, 0, line, len(source.lines[line - 1]))


def _syntax_error(error: SyntaxError, source: Source) -> RefusedError:
    kind = (
        "TabError"
        if isinstance(error, TabError)
        else "IndentationError"
        if isinstance(error, IndentationError)
        else "SyntaxError"
    )
    message = (error.msg or "invalid syntax")[:300]
    odd = _odd_character(error, source)
    if odd is not None:
        line, index = odd
        character = source.lines[line - 1][index]
        span = source.span(line, index, line, index + 1)
        shown = message if message.startswith("invalid character") else _invalid(character)
        return RefusedError(
            "SyntaxError", shown, span, "full-width-punctuation", character=character,
            ascii=PUNCTUATION.get(character) or unicodedata.normalize("NFKC", character),
        )  # fmt: skip
    return RefusedError(kind, message, _error_span(error, source), "syntax")


def _invalid(character: str) -> str:
    return f"invalid character '{character}' (U+{ord(character):04X})"


def _odd_character(error: SyntaxError, source: Source) -> tuple[int, int] | None:
    """The first full-width sign outside strings, up to the line of the error."""
    scanner = Scanner()
    for number, line in enumerate(source.lines[: max(error.lineno or 1, 1)], 1):
        for index in scanner.read(line):
            if line[index] in PUNCTUATION or "\uff01" <= line[index] <= "\uff0f":
                return number, index
    return None


def _error_span(error: SyntaxError, source: Source) -> Span:
    line = min(max(error.lineno or 1, 1), len(source.lines))
    length = len(source.lines[line - 1])
    start = min(max((error.offset or 1) - 1, 0), length)
    end_line = min(max(error.end_lineno or line, line), len(source.lines))
    end = (error.end_offset or 0) - 1
    if end_line == line and end <= start:
        end = start + 1
    return source.span(line, start, end_line, min(max(end, 0), len(source.lines[end_line - 1])))
