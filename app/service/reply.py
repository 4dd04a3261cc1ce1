"""What a run gives, as it crosses from the worker to the server: a short header, then the answer."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from app.service.frames import GarbledError
from app.service.outcome import RESPONSE_BYTES

BODY_BYTES: Final = RESPONSE_BYTES + 10_000  # gzip may lengthen what it cannot shorten
HEADER_BYTES: Final = 16_384
TEXT: Final = 1_000  # characters of each text in the header
FIXED: Final = struct.Struct(">?q")
UNKNOWN: Final = -1
SEPARATOR: Final = "\0"


@dataclass(frozen=True)
class Reply:
    """One answer and what the server must know of it, so that it never has to read it."""

    body: bytes = b""
    """JSON, or gzip of it."""
    error: str | None = None
    """Type of the answer's error; None when the program ran through."""
    budget: str | None = None
    """The budget that a LimitError names."""
    steps: int | None = None
    """Interpreter steps spent, where known."""
    lasting: bool = True
    """The same request will give the same answer."""
    refused: str | None = None
    """Why there is no answer: a sentence for the client about its request."""
    fault: str | None = None
    """For the log: the engine failed, and where. Holds no text of the program."""

    def header(self) -> bytes:
        """All but the body."""
        texts = [_printable(text) for text in (self.error, self.budget, self.refused, self.fault)]
        fixed = FIXED.pack(self.lasting, UNKNOWN if self.steps is None else self.steps)
        return fixed + SEPARATOR.join(texts).encode()


def _printable(text: str | None) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in (text or "")[:TEXT])


def parsed(header: bytes, body: bytes) -> Reply:
    """What a worker said. Raises GarbledError for everything that Reply.header() would not have written."""
    try:
        lasting, steps = FIXED.unpack_from(header)
        texts = header[FIXED.size :].decode().split(SEPARATOR)
        error, budget, refused, fault = (text or None for text in texts)
    except (struct.error, ValueError):  # ValueError: not UTF-8, or not four texts
        raise GarbledError("a header that cannot be read") from None
    if steps < UNKNOWN or not all(text.isprintable() and len(text) <= TEXT for text in texts):
        raise GarbledError("a header with impossible values")
    return Reply(body, error, budget, None if steps == UNKNOWN else steps, lasting, refused, fault)
