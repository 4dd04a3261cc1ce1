"""Python's cyclic garbage collector while a program runs.

What a run makes is kept until its answer is written: looking through it again and again finds nothing and takes a
third of the time of a training loop.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

SELDOM = (1_000_000, 50, 50)
"""So many new objects before the youngest are looked at; a short program makes fewer in all."""


@contextlib.contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let more objects pile up in this block before they are looked through."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
