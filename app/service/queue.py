"""Turns: as many at once as there are workers, given to the pages that wait one after another."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from app.service.outcome import BusyError

WAIT_SECONDS: Final = 5.0
PER_PAGE: Final = 4
TYPICAL_SECONDS: Final = 0.05  # of a run, before any was seen
LEARNING: Final = 0.1  # the weight of the newest run in what is typical
LONGEST_RETRY: Final = 60

Line = deque[asyncio.Future[None]]


class Crowd(str):
    """A page of which nothing is known but its address: as many people as there are may stand behind it."""


class Queue:
    """A bounded queue that is fair to pages: one that sends much delays another by one turn, not by all it sent.

    A page may have `per_page` waiting, a crowd as many as there is room for, since it makes room for others.
    """

    def __init__(
        self, turns: int, most_waiting: int, *, per_page: int = PER_PAGE, wait_seconds: float = WAIT_SECONDS
    ) -> None:
        self.waiting = 0
        self.running = 0
        self._turns = turns
        self._most_waiting = most_waiting
        self._per_page = per_page
        self._wait_seconds = wait_seconds
        self._lines: dict[str, Line] = {}  # the page whose turn is next comes first
        self._typical = TYPICAL_SECONDS

    @asynccontextmanager
    async def turn(self, page: str) -> AsyncIterator[None]:
        """Within it, this page has a worker. Raises BusyError when it has to wait and cannot, or waited too long."""
        if self.running < self._turns:
            self.running += 1
        else:
            await self._wait(page)
        began = time.monotonic()
        try:
            yield
        finally:
            self._typical += LEARNING * (time.monotonic() - began - self._typical)
            self._pass_on()

    @property
    def retry_after(self) -> int:
        """Whole seconds in which those that wait now will have been served, as far as recent runs tell."""
        seconds = self._typical * (self.waiting + 1) / self._turns
        return min(max(math.ceil(seconds), 1), LONGEST_RETRY)

    async def _wait(self, page: str) -> None:
        """Returns when the turn was given to this request."""
        line = self._lines.get(page, deque())
        full = len(line) >= self._per_page and not isinstance(page, Crowd)
        if full or (self.waiting >= self._most_waiting and not self._displace(len(line))):
            raise BusyError(self.retry_after)
        turn = asyncio.get_running_loop().create_future()
        self._lines.setdefault(page, line).append(turn)
        self.waiting += 1
        try:
            async with asyncio.timeout(self._wait_seconds):
                await turn
        except BaseException as error:
            self._leave(page, turn)
            raise BusyError(self.retry_after) if isinstance(error, TimeoutError) else error from None

    def _leave(self, page: str, turn: asyncio.Future[None]) -> None:
        """Ends the wait of a request that goes away; a turn that it was given meanwhile goes to the next."""
        if turn in self._lines.get(page, ()):
            self._take_out(page, turn)
        elif turn.done() and not turn.cancelled() and turn.exception() is None:
            self._pass_on()

    def _displace(self, have: int) -> bool:
        """Makes room for a page with `have` waiting: the newest of the longest line goes, if that is fairer."""
        if not self._lines:
            return False
        page, line = max(self._lines.items(), key=lambda entry: len(entry[1]))
        if len(line) <= have + 1:
            return False
        newest = line[-1]
        self._take_out(page, newest)
        if not newest.done():
            newest.set_exception(BusyError(self.retry_after))
        return True

    def _take_out(self, page: str, turn: asyncio.Future[None]) -> None:
        line = self._lines[page]
        line.remove(turn)
        self.waiting -= 1
        if not line:
            del self._lines[page]

    def _pass_on(self) -> None:
        """Gives a turn that has ended to the next page, which then stands behind all others that wait."""
        while self._lines:
            page, line = next(iter(self._lines.items()))
            turn = line[0]
            self._take_out(page, turn)
            if line:
                self._lines[page] = self._lines.pop(page)
            if not turn.done():  # else it has just gone away
                turn.set_result(None)
                return
        self.running -= 1
