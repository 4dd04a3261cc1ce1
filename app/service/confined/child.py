"""A worker's whole life: it lets go of what it was born with, confines itself, and answers until nobody asks."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, NoReturn

from app.service import frames
from app.service.answering import answered
from app.service.confined import limits, memory

CHANNEL: Final = 3  # the only descriptor besides three that lead nowhere
FAILED: Final = 70


@dataclass(frozen=True)
class Child:
    """What every worker of a zygote does."""

    zygote: int  # whose child it is; without it, it ends
    jobs: ModuleType
    memory_mb: int
    seconds: float  # of processor time, per program
    filter: Callable[[], None] | None  # closes the system calls that no program needs

    def live(self, descriptor: int) -> NoReturn:
        """Serves requests from `descriptor` until it ends; never comes back into the zygote's loop."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            limits.end_with(self.zygote)
            self._confine(descriptor)
            self._serve()
            os._exit(0)
        except BaseException:
            with contextlib.suppress(OSError):
                traceback.print_exc()  # leads nowhere once the worker is confined
        finally:
            os._exit(FAILED)

    def _confine(self, descriptor: int) -> None:
        keep_only(descriptor)
        limits.confine(self.memory_mb)
        if self.filter is not None:
            self.filter()
        frames.write(CHANNEL, b"")  # confined, and waiting

    def _serve(self) -> None:
        while (message := frames.read(CHANNEL)) is not None:
            limits.allow_processor_time(self.seconds)
            request: dict[str, Any] = json.loads(message)
            reply = answered(self.jobs, request["kind"], request["request"], self.memory_mb)
            frames.write(CHANNEL, reply.header())
            frames.write(CHANNEL, reply.body)
            del message, request, reply
            gc.collect()  # what is left of a run goes once nobody waits for it
            memory.give_back()


def keep_only(descriptor: int) -> None:
    """Closes every descriptor but this one, which becomes CHANNEL. From here on nothing is printed: a confined
    process may not write the file that a log may be."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.dup2(descriptor, CHANNEL)
    os.closerange(CHANNEL + 1, os.sysconf("SC_OPEN_MAX"))
