"""Honest requests at a steady beat, while something else goes on."""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from types import TracebackType

from tests.resist.served import PROGRAM, Served

FEWEST = 5


class Pulse:
    """Asks ten times a second with `with`; knows how long the answers took and what went wrong."""

    _numbers = itertools.count()

    def __init__(self, server: Served) -> None:
        self.seconds: list[float] = []
        self.failures: list[object] = []
        self._server = server
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat)

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        for beat in itertools.count():
            if self._over.wait(0.1) and beat >= FEWEST:
                return
            before = time.monotonic()
            try:
                reply = self._server.trace(f"{PROGRAM}\n# beat {next(self._numbers)}", X_Backpass_Page="pulse")
            except OSError as error:
                self.failures.append(error)
                continue
            self.seconds.append(time.monotonic() - before)
            if reply.status != 200 or reply.json["error"] is not None:
                self.failures.append(reply)

    def assert_calm(self, median: float) -> None:
        """Every request was answered, the middle one within so many seconds."""
        assert self.failures == []
        assert len(self.seconds) >= FEWEST
        assert statistics.median(self.seconds) < median, sorted(self.seconds)
