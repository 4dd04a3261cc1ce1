"""One worker process and the spare behind it: a program that must be killed costs nobody else a wait."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import tempfile
from collections.abc import AsyncIterator
from typing import Any, Final

from app.service import frames, refusals
from app.service.outcome import BadRequestError, BusyError
from app.service.process import CrashError, Process, Recipe

LOG: Final = logging.getLogger("backpass.service")
WAIT_SECONDS: Final = 5.0


class Worker:
    """Runs programs in a process that can be killed: one at a time, a bounded number waiting."""

    def __init__(
        self,
        *,
        jobs: str,
        deadline_seconds: float,
        memory_mb: int,
        queue: int,
        recycle_after: int,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="backpass-")
        self._recipe = Recipe(jobs, memory_mb, deadline_seconds, self._folder.name)
        self._queue = queue
        self._recycle_after = recycle_after
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._current: Process | None = None
        self._spare: asyncio.Task[Process] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begins to warm up the first process; does not wait for it."""
        self._spare = self._spare or asyncio.create_task(Process.start(self._recipe))

    async def stop(self) -> None:
        """Ends all processes."""
        if self._spare is not None:
            self._spare.cancel()  # it may still be warming up
            with contextlib.suppress(CrashError, asyncio.CancelledError):
                await (await self._spare).ended()
        if self._current is not None:
            await self._current.ended()
        await asyncio.gather(*self._leaving)
        self._folder.cleanup()

    async def call(self, kind: str, request: dict[str, Any]) -> bytes:
        """The JSON answer to `kind` ("trace" or "edges"); a killed program's answer is a LimitError.

        Raises BusyError and BadRequestError, and CrashError only when no process can be started at all.
        """
        async with self._turn_within(WAIT_SECONDS):
            process = await self._take()
            try:
                frame = await process.call(kind, request, self._recipe.seconds)
            except TimeoutError:
                self._retire(process)
                return refusals.answer(kind, request, refusals.deadline(self._recipe.seconds))
            except CrashError as error:
                self._retire(process)
                return self._fault(kind, request, f"worker {process.pid} {error}")
        return self._opened(kind, request, frame)

    @contextlib.asynccontextmanager
    async def _turn_within(self, seconds: float) -> AsyncIterator[None]:
        """This request's turn, which comes after those that came before it."""
        if self._waiting >= self._queue and self._turn.locked():
            raise BusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                await self._turn.acquire()
        except TimeoutError:
            raise BusyError from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turn.release()

    async def _take(self) -> Process:
        """The present process, or the spare when the present one is gone or has served long enough."""
        current = self._current
        if current is not None and current.alive and current.served < self._recycle_after:
            return current
        if current is not None:
            self._retire(current)
        self._current = await self._warm()
        self.start()
        return self._current

    async def _warm(self) -> Process:
        """The spare; a new one when it has died meanwhile. Raises CrashError when that one dies as well."""
        for last in (False, True):
            self.start()
            assert self._spare is not None
            try:
                made = await asyncio.shield(self._spare)  # a caller that goes away must not take it along
            except CrashError:
                self._spare = None
                if last:
                    raise
                continue
            self._spare = None
            if made.alive:
                return made
        raise CrashError("ended before its first request")

    def _retire(self, process: Process) -> None:
        """Ends a process in the background."""
        self._current = None
        leaving = asyncio.create_task(process.ended())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    def _opened(self, kind: str, request: dict[str, Any], frame: bytes) -> bytes:
        sort, content = frame[:1], frame[1:]
        if sort == frames.BAD_REQUEST:
            raise BadRequestError(content.decode())
        if sort == frames.FAULT:
            return self._fault(kind, request, content.decode())
        return content

    def _fault(self, kind: str, request: dict[str, Any], report: str) -> bytes:
        """Our own bug, whatever the program did: logged, and told with a reference to the log."""
        reference = secrets.token_hex(4)
        LOG.error("%s: engine failed: %s", reference, report)
        return refusals.answer(kind, request, refusals.fault(reference))
