"""Where log lines go and which: everything of this process, the web server's own included, to standard error."""

from __future__ import annotations

import hashlib
import logging
import secrets
import sys
from typing import Any, Final, Literal

from app.web.observe import outcomes
from app.web.observe.addresses import shortened
from app.web.observe.lines import TOLD, JsonLines, TextLines
from app.web.observe.notes import Notes
from app.web.observe.watch import FILES, Ended

LOG: Final = logging.getLogger("backpass.request")
QUIET: Final = frozenset({FILES, "/healthz", "/readyz", "/metrics"})
"""Asked for all the time; their requests are logged at debug."""
SALT: Final = secrets.token_bytes(16)
"""Hides page ids: equal ones are equal in the log until the server starts anew, and say nothing elsewhere."""


def configure(form: Literal["auto", "json", "text"], level: str) -> None:
    """Sends all loggers of the process through one handler. Call it once, when the process begins to serve."""
    on_terminal = sys.stderr is not None and sys.stderr.isatty()  # None where it was closed
    as_text = form == "text" or (form == "auto" and on_terminal)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TextLines() if as_text else JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.raiseExceptions = False  # a log that cannot be written must not fill the terminal instead
    for name in ("backpass", "app", "uvicorn", "uvicorn.error"):
        adopt(logging.getLogger(name), level.upper())
    access = logging.getLogger("uvicorn.access")  # whole addresses and paths; ours are in Watch
    adopt(access, logging.CRITICAL)
    access.propagate = False


def adopt(logger: logging.Logger, level: str | int) -> None:
    """Takes a logger's own handlers away, so that its lines have the form of all others."""
    logger.handlers.clear()
    logger.propagate = True
    logger.setLevel(level)


def log(ended: Ended) -> None:
    """Writes the line of one request."""
    level = level_of(ended)
    if LOG.isEnabledFor(level):
        fields = fields_of(ended)
        said = (ended.method, ended.route, ended.status or "-", fields["outcome"])
        LOG.log(level, "%s %s %s %s", *said, extra={TOLD: fields})


def level_of(ended: Ended) -> int:
    """Failures of ours are warnings (their cause has a line of its own); probes and files are for debugging."""
    if ended.status is not None and ended.status >= 500:
        return logging.WARNING
    return logging.DEBUG if ended.route in QUIET else logging.INFO


def fields_of(ended: Ended) -> dict[str, Any]:
    """What is written about a request. Fields that say nothing are left out."""
    notes = ended.notes
    fields = {
        "route": ended.route,
        "method": ended.method,
        "status": ended.status,
        "outcome": outcomes.ended(notes, ended.status),
        "refusal": notes.refusal,
        "ms": milliseconds(ended.seconds),
        "bytes": ended.size,
        "source_characters": notes.characters,
        "source_sha256": notes.digest,
        **run_of(notes),
        "page": hidden(notes.page),
        "address": shortened(ended.client),
    }
    return {name: value for name, value in fields.items() if value is not None}


def run_of(notes: Notes) -> dict[str, Any]:
    """What is known of the run behind a request."""
    if notes.answered is None:
        return {}
    outcome = notes.answered.outcome
    return {
        "error": outcomes.error_type(outcome),
        "budget": outcomes.budget(outcome),
        "steps": outcome.steps,
        "run_ms": milliseconds(outcome.seconds),
        "queue_ms": milliseconds(notes.answered.waited),
        "cached": notes.answered.source == "cache",
        "shared": notes.answered.source == "shared",
    }


def hidden(page: str | None) -> str | None:
    """A page's id so that equal ones can be told, and nothing more."""
    return hashlib.blake2b(page.encode(), key=SALT, digest_size=6).hexdigest() if page else None


def milliseconds(seconds: float) -> float:
    """To a tenth."""
    return round(seconds * 1000, 1)
