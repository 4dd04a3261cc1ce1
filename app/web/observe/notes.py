"""What is known about one request beside its text. The outermost layer makes the notes, whoever learns more adds to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request

from app.service import Answered

KEY: Final = "notes"
CELL: Final = "\n# %%\n"
"""Cells are joined by this before the digest is taken, as the page writes a program of several cells."""


@dataclass(slots=True)
class Notes:
    """One request. Nothing here is text of a program."""

    request: str
    """A random id, which the answer tells as X-Request-Id."""
    refusal: str | None = None
    """The type of a refusal ("ValidationError"), where there was one."""
    page: str | None = None
    """The random id that the tab gave itself."""
    characters: int | None = None
    """Of the program, all cells together."""
    digest: str | None = None
    """SHA-256 of the program, hexadecimal."""
    kind: str | None = None
    """"trace" or "edges", where a program was asked for."""
    answered: Answered | None = None
    """What the service said."""


def notes_of(request: Request) -> Notes:
    """The notes of a request; where no layer has made any, new ones that nobody reads."""
    state: dict[str, Any] = request.scope.setdefault("state", {})
    notes: Notes = state.setdefault(KEY, Notes(""))
    return notes


def note_program(request: Request, kind: str, arguments: Mapping[str, Any], page: str | None) -> None:
    """Which program is asked for, as a length and a digest."""
    notes = notes_of(request)
    source = CELL.join(arguments["cells"])
    notes.kind, notes.page = kind, page
    notes.characters = len(source)
    notes.digest = hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()


def note_answer(request: Request, answered: Answered) -> None:
    """How the program went."""
    notes_of(request).answered = answered


def note_refusal(request: Request, type: str) -> None:
    """Why the request was not served. `type`: one of our own words."""
    notes_of(request).refusal = type
