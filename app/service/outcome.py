"""What running a program gives, and why a request may get no run at all."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final, Literal

RESPONSE_BYTES: Final = 8_000_000  # 2000 operations with their relations come to 3 to 5 MB
GZIP_MAGIC: Final = b"\x1f\x8b"  # JSON begins with neither byte
GZIP_FORM: Final = zlib.MAX_WBITS | 16


class BusyError(Exception):
    """Nothing was run: too many requests wait already, or this one has waited too long."""

    def __init__(self, retry_after: int = 1) -> None:
        """`retry_after`: whole seconds, at least 1, after which trying again makes sense."""
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


class UnavailableError(Exception):
    """Nothing was run: no worker can be started. The log says why."""


class BadRequestError(Exception):
    """The request asks for something that its program does not have; the message is ours and safe to show."""


@dataclass(frozen=True)
class Outcome:
    """One run's answer and what is known about it beside its text."""

    body: bytes
    """The JSON answer, gzip-compressed where that pays."""
    error: str | None
    """The type of the answer's error ("LimitError"); None when the program ran through."""
    budget: str | None
    """Which budget a LimitError hit ("time", "steps", "memory", "response")."""
    steps: int | None
    """Interpreter steps spent, where known."""
    seconds: float
    """Wall clock of the run."""
    lasting: bool
    """The same request will give the same answer: not so after a kill, a crash, or where memory ran out."""

    @property
    def compressed(self) -> bool:
        """Whether `body` is gzip."""
        return self.body.startswith(GZIP_MAGIC)

    def plain(self) -> bytes:
        """The JSON, decompressed. Raises ValueError for what no worker in its right mind answers."""
        if not self.compressed:
            return self.body
        unpacking = zlib.decompressobj(GZIP_FORM)
        try:
            text = unpacking.decompress(self.body, RESPONSE_BYTES)
        except zlib.error as error:
            raise ValueError(f"the answer is not gzip: {error}") from None
        if not unpacking.eof:  # the worker is not trusted: a few bytes could be made to fill the server's memory
            raise ValueError(f"the answer is cut short, or larger than {RESPONSE_BYTES} bytes")
        return text


@dataclass(frozen=True)
class Answered:
    """An outcome as one request got it. `waited`: seconds in the queue."""

    outcome: Outcome
    waited: float
    source: Literal["run", "shared", "cache"]
