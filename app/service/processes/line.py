"""The zygote in use and the one that follows it: there is no gap between them."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from app.service.orders import NO_LIBRARY, NOT_USABLE
from app.service.processes.nursery import Nursery, Recipe
from app.service.processes.worker import CrashError

LOG: Final = logging.getLogger("backpass.service")
RETIRE_SECONDS: Final = 10.0  # beyond the deadline of the programs that still run

UNFILTERED: Final = {
    NO_LIBRARY: "workers run without a filter of system calls: libseccomp is not installed",
    NOT_USABLE: "workers run without a filter of system calls: here, it stops honest programs",
}


class Line:
    """Zygotes, one after another."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._present: Nursery | None = None
        self._next: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self._stopped = False
        self._told = False

    async def nursery(self) -> Nursery:
        """The present zygote; waits while it warms up, and has another started when it is gone. Raises CrashError."""
        if self._present is None or not self._present.alive:
            self.renew()
            assert self._next is not None
            await asyncio.shield(self._next)  # a caller that goes away must not take it along
        if self._present is None:
            raise CrashError("is not there any more")
        return self._present

    def is_present(self, nursery: Nursery) -> bool:
        """Whether workers of this zygote may go on serving."""
        return nursery is self._present and nursery.alive

    def renew(self) -> None:
        """Begins to start the next zygote, which takes over when it is warm. Raises CrashError after stop()."""
        if self._stopped:
            raise CrashError("is not wanted: the server stops")
        if self._next is None:
            self._next = asyncio.create_task(self._succeed())
            self._next.add_done_callback(self._tell)

    async def stop(self) -> None:
        """Ends all zygotes, also one that is still warming up."""
        self._stopped = True
        if self._next is not None:
            self._next.cancel()
            await asyncio.wait((self._next,))
        if self._present is not None:
            await self._present.end()
            self._present = None
        for leaving in self._leaving:
            leaving.cancel()
        await asyncio.gather(*self._leaving, return_exceptions=True)

    async def _succeed(self) -> None:
        try:
            fresh = await Nursery.start(self._recipe)
        finally:
            self._next = None
        old, self._present = self._present, fresh
        if old is not None:
            leaving = asyncio.create_task(self._retire(old))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)

    async def _retire(self, nursery: Nursery) -> None:
        try:
            await nursery.retire(self._recipe.seconds + RETIRE_SECONDS)
        except asyncio.CancelledError:
            await nursery.end()
            raise

    def _tell(self, started: asyncio.Task[None]) -> None:
        """Logs what somebody has to know of a start."""
        if started.cancelled():
            return
        if error := started.exception():
            LOG.error("the zygote %s", error)
        elif self._present is not None and self._present.filter in UNFILTERED and not self._told:
            self._told = True
            LOG.warning(UNFILTERED[self._present.filter])
