"""Whether programs can be run: found out by running one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from app.service import Outcome

PROGRAM: Final = {"cells": ["import torch\nx = torch.ones(2, requires_grad=True)\n(x * x).sum().backward()"]}
KEPT_SECONDS: Final = 2.0
"""A finding holds so long: a probe cannot be used to make the server work."""

Run = Callable[[str, dict[str, Any]], Awaitable[Outcome]]


class Readiness:
    """One finding at a time, shared by all who ask. `run`: the pool's; `seconds`: how long a program may take;
    `first_seconds`: how long the first one may, which also waits until the workers are warm."""

    def __init__(self, run: Run, seconds: float, first_seconds: float = 0.0) -> None:
        self._run = run
        self._seconds = max(seconds, first_seconds)
        self._later_seconds = seconds
        self._probe: asyncio.Task[str | None] | None = None
        self._found: str | None = None
        self._until = 0.0

    async def reason(self) -> str | None:
        """Why programs cannot be run; None when they can."""
        if time.monotonic() < self._until:
            return self._found
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._find())
        return await asyncio.shield(self._probe)  # whoever goes away does not take it from the others

    def proved(self) -> None:
        """A program of somebody's has just been run, which is as good as one of ours."""
        self._keep(None)

    async def stop(self) -> None:
        """Ends a probe that is under way."""
        if self._probe is not None:
            self._probe.cancel()
            await asyncio.wait((self._probe,))

    async def _find(self) -> str | None:
        try:
            async with asyncio.timeout(self._seconds):
                outcome = await self._run("trace", PROGRAM)
        except TimeoutError:
            return self._keep(f"no worker has answered within {self._seconds:g} s")
        except Exception as error:
            return self._keep(f"no program can be run: {type(error).__name__}")
        return self._keep(None if outcome.error is None else f"the program of the probe ended with {outcome.error}")

    def _keep(self, found: str | None) -> str | None:
        self._seconds = self._later_seconds
        self._found, self._until = found, time.monotonic() + KEPT_SECONDS
        return found
