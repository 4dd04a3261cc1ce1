"""What is known about one request beside its text: whoever learns something about it writes it here."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import Scope

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


def notes_of(scope: Scope) -> Notes:
    """The notes of a request, made when they are first asked for."""
    state: dict[str, Any] = scope.setdefault("state", {})
    notes: Notes | None = state.get(KEY)
    if notes is None:
        notes = state[KEY] = Notes(secrets.token_hex(8))
    return notes


def note_program(scope: Scope, kind: str, cells: list[str], page: str | None) -> None:
    """Which program is asked for, as a length and a digest."""
    notes = notes_of(scope)
    source = CELL.join(cells)
    notes.kind, notes.page = kind, page
    notes.characters = len(source)
    notes.digest = hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()


def note_answer(scope: Scope, answered: Answered) -> None:
    """How the program went."""
    notes_of(scope).answered = answered


def note_refusal(scope: Scope, type: str) -> None:
    """Why the request was not served, as whoever knows best says first. `type`: one of our own words."""
    notes = notes_of(scope)
    notes.refusal = notes.refusal or type
