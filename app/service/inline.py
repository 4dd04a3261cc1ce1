"""Programs in the server's own process: for tests, and where there is no fork. Only the budgets stop a program
there; no deadline does, and no wall stands around it."""

from __future__ import annotations

import asyncio
import importlib
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any, Final

from app.service.answering import answered, warm_up
from app.service.outcome import Outcome
from app.service.pool import Pool, outcome
from app.service.reply import Reply

LOG: Final = logging.getLogger("backpass.service")
STACK_BYTES: Final = 64 * 2**20  # as deep as a process of its own; threads have less on most systems


class InlinePool(Pool):
    """Runs programs one after another in one thread."""

    def __init__(self, *, jobs: str, memory_mb: int) -> None:
        super().__init__(1)
        self._jobs = jobs
        self._memory_mb = memory_mb
        self._thread = ThreadPoolExecutor(1, "backpass-program")

    def start(self) -> None:
        """Begins to warm up; does not wait for it."""
        LOG.warning("programs run inside the server's process: nothing but their budgets stops or confines them")
        usual = threading.stack_size(STACK_BYTES)
        try:
            self._thread.submit(self._warm)
        finally:
            threading.stack_size(usual)

    async def stop(self) -> None:
        """Drops what waits; what runs goes on until a budget ends it."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def run(self, kind: str, request: dict[str, Any]) -> Outcome:
        """One program's outcome. Raises BadRequestError."""
        reply, seconds = await asyncio.get_running_loop().run_in_executor(self._thread, self._timed, kind, request)
        return outcome(reply, seconds)

    def _warm(self) -> None:
        warm_up(self._module())

    def _timed(self, kind: str, request: dict[str, Any]) -> tuple[Reply, float]:
        begun = time.monotonic()
        return answered(self._module(), kind, request, self._memory_mb), time.monotonic() - begun

    def _module(self) -> ModuleType:
        return importlib.import_module(self._jobs)
