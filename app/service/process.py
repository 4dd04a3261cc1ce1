"""The parent's side of one worker process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import app
from app.service import frames

IMPORTS: Final = str(Path(app.__file__).parent.parent)
START_SECONDS: Final = 30.0


class CrashError(Exception):
    """The process ended, or said something that makes no sense."""


@dataclass(frozen=True)
class Recipe:
    """How worker processes are made. `jobs`: module with run(kind, request), warm_up() and BadRequest."""

    jobs: str
    memory_mb: int
    seconds: float
    folder: str  # an empty working directory


class Process:
    """One running child. Used by one request at a time; after any failure it is killed, never used again."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self._child = child
        self._killed = False
        self.served = 0

    @classmethod
    async def start(cls, recipe: Recipe) -> Process:
        """A child that has imported everything and is waiting. Raises CrashError when it cannot start."""
        # Processor time is a second line behind the clock: twice the deadline leaves room for honest work.
        numbers = [str(recipe.memory_mb), str(recipe.seconds * 2)]
        try:
            child = await asyncio.create_subprocess_exec(
                *[sys.executable, "-P", "-m", "app.service.worker", recipe.jobs, *numbers],
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=environment(),
                cwd=recipe.folder,
                start_new_session=True,  # Ctrl-C is for the server, which then ends its children
            )
        except OSError as error:  # no memory or no descriptor is left, or the folder is gone
            raise CrashError(f"could not be made: {error}") from error
        process = cls(child)
        try:
            async with asyncio.timeout(START_SECONDS):
                await process._receive()
        except TimeoutError:
            await process.ended()
            raise CrashError(f"not ready after {START_SECONDS:g} s") from None
        except BaseException:
            await process.ended()
            raise
        return process

    async def call(self, kind: str, request: dict[str, Any], seconds: float) -> bytes:
        """The answer frame to one request. Raises TimeoutError after `seconds`, CrashError when it ends."""
        self.served += 1
        message = json.dumps({"kind": kind, "request": request}).encode()
        try:
            async with asyncio.timeout(seconds):
                return await self._exchange(message)
        except BaseException:  # also when the caller went away: half an exchange must not reach the next one
            self.kill()
            raise

    async def _exchange(self, message: bytes) -> bytes:
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(frames.pack(message))
            await self._child.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise CrashError("ended before the request") from None
        return await self._receive()

    async def _receive(self) -> bytes:
        assert self._child.stdout is not None
        try:
            return await frames.receive(self._child.stdout)
        except asyncio.IncompleteReadError:
            status = await self._child.wait()
            raise CrashError(f"ended with status {status}") from None

    @property
    def alive(self) -> bool:
        """Whether the child can take a request: it runs, and nobody has killed it."""
        return not self._killed and self._child.returncode is None

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def kill(self) -> None:
        """Ends the child at once, whatever it does."""
        self._killed = True
        with contextlib.suppress(ProcessLookupError):
            self._child.kill()

    async def ended(self) -> None:
        """Kills the child and waits until it is gone."""
        self.kill()
        await self._child.wait()


def environment() -> dict[str, str]:
    """All that a worker gets to know of the server's environment.

    The hash seed is fixed so that the same program gives the same answer; BLAS gets one thread because a
    program has one processor.
    """
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    needed = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {
        "PYTHONPATH": IMPORTS,
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        **threads,
        **needed,
    }
