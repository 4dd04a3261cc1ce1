"""Errors and notices as the API gives them: PyTorch's words, the place, and a hint in every language."""

from __future__ import annotations

from typing import Any

from app.engine.errors import LimitError, TorchError
from app.engine.run import Notice
from app.interpreter import ProgramError, Span, span_of
from app.locales import sentences
from app.trace.explained import explained

Json = dict[str, Any]


def place(span: Span | None) -> Json | None:
    """A span as JSON."""
    if span is None:
        return None
    return {
        "cell": span.cell, "line": span.line, "column": span.column,
        "end_line": span.end_line, "end_column": span.end_column,
    }  # fmt: skip


def hint(code: str | None, values: dict[str, object]) -> Json | None:
    """The explanation behind an error, where there is one."""
    if code is None:
        return None
    texts = sentences(f"hint.{code}", values)
    if not texts["en"]:
        return None
    told = {name: value for name, value in values.items() if isinstance(value, str | int | float | list)}
    return {"code": code, "en": texts["en"], "zh": texts["zh"], "values": told}


def _error(type: str, message: str, span: Span | None, code: str | None, values: dict[str, object]) -> Json:
    where = place(span) or {"line": None, "column": None, "end_line": None, "end_column": None}
    where.pop("cell", None)
    return {"type": type, "message": message, **where, "hint": hint(explained(code, message), values)}


def program_error(error: ProgramError) -> Json:
    """The error of a cell."""
    described = _error(error.type, error.message, error.span, error.code, error.values)
    calls = [place(span) for span in error.calls]
    return {**described, "calls": calls} if calls else described


def call_error(error: TorchError, here: object, op: int | None) -> Json:
    """The error of a backward call, with the operation that could not be passed."""
    return {**_error(error.type, error.message, span_of(here), error.code, error.values), "op": op}


def limit_error(error: LimitError) -> Json:
    """The error of a question whose answer is over a budget; it has no place in the program."""
    return _error("LimitError", error.message, None, "limit", {})


def notice(given: Notice) -> Json:
    """What the reader should know although the program went on."""
    span = span_of(given.here)
    texts = sentences(f"notice.{given.code}", given.values)
    return {"code": given.code, "line": span.line if span else None, "en": texts["en"], "zh": texts["zh"]}
