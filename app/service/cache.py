"""Answers that were given already, kept until newer ones need their room."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from cachetools import LRUCache

from app import __version__
from app.service.outcome import Outcome

MEGABYTE: Final = 2**20
LARGEST_SHARE: Final = 1 / 8  # an entry larger than this share of the room would drive out too many others
OVERHEAD_BYTES: Final = 500  # of key, record and table


def key_of(kind: str, request: dict[str, Any]) -> bytes:
    """What equal requests to this version have in common. A digest: no program's text stays in memory for it."""
    text = json.dumps([__version__, kind, request], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def size_of(outcome: Outcome) -> int:
    """Bytes of memory, near enough."""
    return len(outcome.body) + OVERHEAD_BYTES


class Cache:
    """Lasting outcomes by key, the least recently asked for dropped first. Of `megabytes` of 2**20; 0 keeps none."""

    def __init__(self, megabytes: int) -> None:
        self._kept = _Counting(megabytes * MEGABYTE)

    @property
    def size(self) -> int:
        """What is kept now."""
        return int(self._kept.currsize)

    @property
    def evictions(self) -> int:
        """Answers dropped for want of room."""
        return self._kept.evictions

    def get(self, key: bytes) -> Outcome | None:
        """The outcome kept under `key`, if there is one."""
        return self._kept.get(key)

    def keep(self, key: bytes, outcome: Outcome) -> None:
        """Keeps what would be the same next time, unless it is too large."""
        if outcome.lasting and size_of(outcome) <= self._kept.maxsize * LARGEST_SHARE:
            self._kept[key] = outcome


class _Counting(LRUCache[bytes, Outcome]):
    """An LRU cache that knows how many entries it has dropped."""

    def __init__(self, size: int) -> None:
        super().__init__(size, size_of)
        self.evictions = 0

    def popitem(self) -> tuple[bytes, Outcome]:
        """Drops the least recently used entry; called for each that has to make room."""
        self.evictions += 1
        return super().popitem()
