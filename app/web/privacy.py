"""GET /privacy: what is sent where, what is kept for how long, and who runs the server."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app.service import Answered, Outcome
from app.web.observe.logs import LOG, fields_of
from app.web.observe.notes import note_answer, note_program, notes_of
from app.web.observe.watch import Ended
from app.web.pages import page

MAIL: Final = re.compile(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+")
WEB: Final = re.compile(r"https?://[^\s\"'<>]+")
PROGRAM: Final = ["import torch\nx = torch.ones(3, requires_grad=True)", "while True:\n    x = x * 2"]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Operator:
    """Who runs the server, in the words of the settings; empty where nobody has said it."""

    name: str = ""
    contact: str = ""

    @property
    def link(self) -> str | None:
        """Where the contact leads, if it is an address that can be followed."""
        if MAIL.fullmatch(self.contact):
            return f"mailto:{self.contact}"
        return self.contact if WEB.fullmatch(self.contact) else None


@router.api_route("/privacy", methods=["GET", "HEAD"])
async def privacy(request: Request) -> Response:
    """The page; its log line is one that the log would really have."""
    return page(request, "privacy.html", operator=request.app.state.operator, line=example_of_a_line())


@cache
def example_of_a_line() -> str:
    """The line of a program that used up a budget: every field that a line about a program can have."""
    scope: Scope = {}
    note_program(scope, "trace", PROGRAM, "a page")
    note_answer(scope, Answered(Outcome(b"", "LimitError", "steps", 1_900_000, 0.8042, True), 0.0021, "run"))
    ended = Ended("POST", "/api/trace", 200, 0.8094, 1536, "192.0.2.77", notes_of(scope))
    fields = {
        "time": "2026-09-01T08:00:00.123Z",
        "level": "info",
        "logger": LOG.name,
        "message": "POST /api/trace 200 limit",
        "request": "4f0c2ad1b37e9e65",
        **fields_of(ended),
        "page": "5b7d10c2e94f",
    }
    return json.dumps(fields)
