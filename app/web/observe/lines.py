"""The form of log lines: JSON for machines, text for people. Neither holds an exception's message, which may quote a
program: only its type and the places that it went through."""

from __future__ import annotations

import json
import logging
import time
from typing import Any, Final

from app.service.answering import where
from app.web.observe.watch import CURRENT

TOLD: Final = "told"
"""The attribute of a log record that holds its further fields: `LOG.info("…", extra={TOLD: {…}})`."""
SAID: Final = frozenset({"method", "route", "status", "outcome", "source_sha256"})
"""Fields that people find in the message of a request's line already, or only machines look at."""


class JsonLines(logging.Formatter):
    """One JSON object per line; `time` is UTC with milliseconds."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with its fields. ASCII only, so that no terminal or collector can choke on it."""
        fields = {
            "time": utc(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **further(record),
        }
        return json.dumps(fields, default=str)


class TextLines(logging.Formatter):
    """`21:40:11 info    POST /api/trace 200 ok request=… ms=3.1 …`, in local time; what says nothing is left out."""

    def format(self, record: logging.LogRecord) -> str:
        """The record in one line, its fields behind the message."""
        clock = time.strftime("%H:%M:%S", time.localtime(record.created))
        fields = further(record)
        faults = [f"\n    {place}" for place in fields.pop("exception", ())]
        rest = "".join(f" {name}={one_line(str(fields[name]))}" for name in fields if fields[name] and name not in SAID)
        return f"{clock} {record.levelname.lower():7} {one_line(record.getMessage())}{rest}" + "".join(faults)


def utc(seconds: float) -> str:
    """Seconds since 1970 as 2026-09-01T08:00:00.123Z."""
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{int(seconds % 1 * 1000):03}Z"


def further(record: logging.LogRecord) -> dict[str, Any]:
    """The request that was served, what the record tells beside its message, and its exception."""
    fields: dict[str, Any] = {}
    if current := CURRENT.get():
        fields["request"] = current
    fields |= getattr(record, TOLD, {})
    if record.exc_info and record.exc_info[1]:
        fields["exception"] = chain(record.exc_info[1])
    return fields


def chain(error: BaseException) -> list[str]:
    """Where an exception went through, and then its cause, and so on to the first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [where(error), *(chain(cause) if cause else [])]


def one_line(text: str) -> str:
    """The text without line breaks and other control characters, which could forge a line."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
