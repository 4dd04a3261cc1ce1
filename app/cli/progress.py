"""One line on stderr about work that takes a while, for a person who watches; gone when the work is done."""

from __future__ import annotations

import sys
import threading
import time
from typing import Final, Self

PATIENCE_SECONDS: Final = 0.3  # shorter work is not worth a flicker
TICK_SECONDS: Final = 0.1


class Progress:
    """What is being done, with the seconds it has taken. Nothing when `quiet`, or where stderr is no terminal."""

    def __init__(self, quiet: bool) -> None:
        self._what = ""
        self._since = time.monotonic()
        self._over = threading.Event()
        watched = not quiet and sys.stderr.isatty()
        self._thread = threading.Thread(target=self._count, daemon=True) if watched else None

    def say(self, what: str) -> None:
        """From now on this is being done."""
        self._what, self._since = what, time.monotonic()

    def __enter__(self) -> Self:
        """Begins to show."""
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Wipes the line."""
        self._over.set()
        if self._thread:
            self._thread.join()

    def _count(self) -> None:
        if self._over.wait(PATIENCE_SECONDS):
            return
        while not self._over.wait(TICK_SECONDS):
            _show(f"{self._what} … {time.monotonic() - self._since:.1f} s")
        _show("")


def _show(text: str) -> None:
    """Writes over the present line of the terminal."""
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()
