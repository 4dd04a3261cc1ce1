"""A bucket of tokens for each address: who sends far more than a class does is held, nobody else."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable
from typing import Final

from cachetools import LRUCache
from starlette.requests import Request

from app.web.asker import address_of, page_of
from app.web.errors import RequestError
from app.web.observe.notes import note_refusal

ADDRESSES: Final = 10_000  # the table's bound: about 2 MB
SITE_BITS: Final = 64  # of an IPv6 address: one customer has all addresses under them


# Of what an address may send, what one page there may: a tab that runs wild must not speak for its whole class.
PAGE_SHARE: Final = 1 / 4


class FloodGuard:
    """Lets `burst` requests of an address pass at once and `per_second` in the long run; 0 per second: no guard."""

    def __init__(self, per_second: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._buckets: LRUCache[str, tuple[float, float]] = LRUCache(ADDRESSES)  # tokens, and when there were so many

    def seconds_to_wait(self, address: str, page: str | None) -> int:
        """0 when a request may pass, which it then has; else whole seconds until the next may.

        A page that has sent too many is held before its address is charged for it.
        """
        if not self._per_second:
            return 0
        here = site(address)
        held = self._take(f"{here} {page}", PAGE_SHARE) if page else 0
        return held or self._take(here, 1)

    def _take(self, key: str, share: float) -> int:
        """Takes a token out of a bucket of that share of the limits, or tells when there will be one."""
        now, most, rate = self._clock(), max(self._burst * share, 1.0), self._per_second * share
        tokens, then = self._buckets.get(key, (most, now))
        tokens = min(tokens + (now - then) * rate, most)
        passes = tokens >= 1
        self._buckets[key] = (tokens - passes, now)
        return 0 if passes else max(math.ceil((1 - tokens) / rate), 1)


def require_calm(request: Request) -> None:
    """Counts a request for its address. Raises RequestError 429 when that has sent too many."""
    guard: FloodGuard = request.app.state.flood
    if seconds := guard.seconds_to_wait(address_of(request), page_of(request)):
        note_refusal(request.scope, "Flood")
        headers = {"Retry-After": str(seconds)}
        raise RequestError(429, "TooManyRequests", "too many programs from one address", headers)


def site(address: str) -> str:
    """What counts as one address: IPv4 whole, of IPv6 the network. Anything else, such as a pipe's name, as it is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped or ipaddress.IPv6Network((int(found), SITE_BITS), strict=False))
