"""One line on stderr about work that takes a while, for a person who watches; gone when the work is done."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE_SECONDS: Final = 0.3  # shorter work is not worth a flicker
TICK_SECONDS: Final = 0.1


@contextmanager
def doing(what: str, quiet: bool) -> Iterator[None]:
    """Shows `what` with the seconds it has taken so far. Nothing with `quiet`, or where stderr is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_count, args=(what, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _count(what: str, over: threading.Event) -> None:
    before = time.monotonic()
    if over.wait(PATIENCE_SECONDS):
        return
    while True:
        _show(f"{what} {time.monotonic() - before:.1f} s")
        if over.wait(TICK_SECONDS):
            _show("")
            return


def _show(text: str) -> None:
    """Writes over the present line of the terminal."""
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()
