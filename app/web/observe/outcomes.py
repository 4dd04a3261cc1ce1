"""Words for how a request ended. They are few and all ours: a client cannot make new ones."""

from __future__ import annotations

import builtins
from typing import Final

from app.interpreter.budget import WORDS
from app.service import Outcome
from app.web.observe.notes import Notes

BUDGETS: Final = frozenset({*WORDS, "edges", "time", "memory", "response"})
OURS: Final = frozenset({"LimitError", "EngineError", "NotSupportedError"})
PYTHONS: Final = frozenset(
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
)
OTHER: Final = "other"
REFUSED: Final = {"TooManyRequests": "busy", "Flood": "flood", "NotReady": "not_ready"}


def ended(notes: Notes, status: int | None) -> str:
    """`ok`, `program_error`, `limit`, `engine_error`, `refused`, `busy`, `flood`, `not_ready`, `failed` or `left`.

    `status`: of the answer, None when the client went away before there was one.
    """
    if status is None:
        return "left"
    if status >= 400:
        return REFUSED.get(notes.refusal or "", "failed" if status >= 500 else "refused")
    return of_program(notes.answered.outcome) if notes.answered else "ok"


def of_program(outcome: Outcome) -> str:
    """How the program itself ended."""
    if outcome.error is None:
        return "ok"
    return {"LimitError": "limit", "EngineError": "engine_error"}.get(outcome.error, "program_error")


def error_type(outcome: Outcome) -> str | None:
    """The type of the program's error. A class of its own is its text, and only `other` is said of it."""
    if outcome.error is None or outcome.error in PYTHONS or outcome.error in OURS:
        return outcome.error
    return OTHER


def budget(outcome: Outcome) -> str | None:
    """The budget that a program used up. A program may raise a LimitError of its own and name anything in it."""
    if outcome.budget is None or outcome.budget in BUDGETS:
        return outcome.budget
    return OTHER
