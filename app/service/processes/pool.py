"""As many workers as may run at once, forked when they are needed and used again."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import time
from collections.abc import Callable
from typing import Any, Final

from app.service import refusals
from app.service.answering import fault
from app.service.outcome import Outcome, UnavailableError
from app.service.pool import Pool, outcome
from app.service.processes.folder import Folder
from app.service.processes.line import Line
from app.service.processes.nursery import Nursery, Recipe
from app.service.processes.worker import CrashError, Worker
from app.service.reply import Reply

LOG: Final = logging.getLogger("backpass.service")
ZYGOTE_PROGRAMS: Final = 10_000
ATTEMPTS: Final = 2


class ProcessPool(Pool):
    """Runs programs in worker processes, each of which can be killed."""

    def __init__(
        self,
        *,
        jobs: str,
        workers: int,
        deadline_seconds: float,
        memory_mb: int,
        recycle_after: int,
        on_restart: Callable[[str], None],
    ) -> None:
        super().__init__(workers)
        self._folder = Folder()
        self._recipe = Recipe(jobs, memory_mb, deadline_seconds, self._folder.path)
        self._recycle_after = recycle_after
        self._on_restart = on_restart
        self._line = Line(self._recipe)
        self._turns = asyncio.Semaphore(workers)
        self._idle: list[tuple[Nursery, Worker]] = []

    def start(self) -> None:
        """Begins to warm up; does not wait for it."""
        self._line.renew()

    async def stop(self) -> None:
        """Ends all processes."""
        await self._line.stop()
        self._folder.remove()

    async def run(self, kind: str, request: dict[str, Any]) -> Outcome:
        """One program's outcome, also of one that was killed. Raises BadRequestError and UnavailableError."""
        message = json.dumps({"kind": kind, "request": request}).encode()
        async with self._turns:
            begun = time.monotonic()
            reply = await self._replied(kind, request, message)
        return outcome(reply, time.monotonic() - begun)

    async def _replied(self, kind: str, request: dict[str, Any], message: bytes) -> Reply:
        """The reply, in a second worker when the first was lost by no fault of the program."""
        for _ in range(ATTEMPTS):
            try:
                return await self._tried(kind, request, message)
            except CrashError as error:
                if error.status is not None:
                    return self._crashed(kind, request, error)
                LOG.warning("a worker is lost: %s", error)
        raise UnavailableError

    async def _tried(self, kind: str, request: dict[str, Any], message: bytes) -> Reply:
        nursery, worker = await self._taken()
        nursery.programs += 1
        try:
            reply = await worker.call(message, self._recipe.seconds)
        except TimeoutError:
            self._on_restart("deadline")
            return self._late(kind, request)
        except asyncio.CancelledError:
            self._on_restart("left")
            raise
        except CrashError as error:
            if error.status is not None and error.status < 0:
                self._line.renew()  # a signal that was not ours: whatever it was, nothing of it shall be inherited
            raise
        self._give_back(nursery, worker)
        return reply

    async def _taken(self) -> tuple[Nursery, Worker]:
        """A worker that waits for a request. Raises CrashError when there is none to be had."""
        while self._idle:
            nursery, worker = self._idle.pop()
            if worker.alive:
                return nursery, worker
        nursery = await self._line.nursery()
        return nursery, await nursery.fork()

    def _give_back(self, nursery: Nursery, worker: Worker) -> None:
        if nursery.programs >= ZYGOTE_PROGRAMS and self._line.is_present(nursery):
            self._line.renew()
        if worker.served >= self._recycle_after:
            self._on_restart("recycled")
            worker.kill()
        elif self._line.is_present(nursery):
            self._idle.append((nursery, worker))
        else:
            worker.kill()

    def _crashed(self, kind: str, request: dict[str, Any], error: CrashError) -> Reply:
        """What is said of a program whose worker has ended, from the way in which it did."""
        if error.status == -signal.SIGKILL:
            self._on_restart("memory")
            return refusals.reply(kind, request, refusals.killed(self._recipe.memory_mb), "memory")
        if error.status == -signal.SIGXCPU:
            self._on_restart("deadline")
            return self._late(kind, request)
        self._on_restart("crash")
        return fault(kind, request, f"worker {error}")

    def _late(self, kind: str, request: dict[str, Any]) -> Reply:
        return refusals.reply(kind, request, refusals.deadline(self._recipe.seconds), "time")
