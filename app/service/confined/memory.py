"""Memory that a finished program has used goes back to the system: the next one may be in another worker."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable


def _trimmer() -> Callable[[int], int] | None:
    """glibc's malloc_trim; other C libraries have none, and give back by themselves."""
    if sys.platform != "linux":
        return None
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
    return trim


_TRIM = _trimmer()


def give_back() -> None:
    """Returns the free pages in the middle of the heap, which free() keeps."""
    if _TRIM is not None:
        _TRIM(0)
