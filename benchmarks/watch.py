"""What a server uses while it is under load: processor time and memory of its processes, once a second."""

from __future__ import annotations

import asyncio
import contextlib
import re
import statistics
import time
from dataclasses import dataclass

from benchmarks.processes import cpu_seconds, descriptors, pss_bytes, tree
from benchmarks.wire import Connection, LostError

SAMPLE = re.compile(r"^(backpass_\w+(?:\{[^}]*\})?) ([0-9.e+-]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Sample:
    """One look. Memory in bytes by depth in the tree of processes: the server, the zygote, the workers."""

    second: float
    memory: tuple[int, int, int]
    cache: float
    waiting: float
    descriptors: int

    @property
    def kept(self) -> float:
        """All memory but what the cache of answers holds, which grows to its own limit."""
        return sum(self.memory) - self.cache


class Watch:
    """Looks at a server once a second while `async with` it."""

    def __init__(self, pid: int | None, host: str, port: int) -> None:
        self.samples: list[Sample] = []
        self.processor_seconds: dict[int, float] = {}
        self._pid = pid
        self._connection = Connection(host, port)
        self._task: asyncio.Task[None] | None = None
        self._start = time.monotonic()

    async def __aenter__(self) -> Watch:
        self._start = time.monotonic()
        self._task = asyncio.create_task(self._looking())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._connection.close()  # it may have been in the middle of something
        await self.look()
        self._connection.close()

    async def _looking(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(1)

    async def look(self) -> None:
        """Takes one sample; none of a server whose processes are not ours to see."""
        if self._pid is None:
            return
        memory = [0, 0, 0]
        for process in tree(self._pid):
            memory[min(process.depth, 2)] += pss_bytes(process.pid)
            self.processor_seconds[process.pid] = cpu_seconds(process.pid) or self.processor_seconds.get(process.pid, 0)
        told = await self.metrics()
        self.samples.append(
            Sample(
                time.monotonic() - self._start,
                (memory[0], memory[1], memory[2]),
                told.get("backpass_cache_bytes", 0.0),
                told.get("backpass_queue_waiting", told.get("backpass_waiting", 0.0)),
                descriptors(self._pid),
            )
        )

    async def metrics(self) -> dict[str, float]:
        """What /metrics says; nothing where it is not to be read."""
        with contextlib.suppress(LostError):
            answer = await self._connection.request("GET", "/metrics")
            if answer.status == 200:
                return {name: float(value) for name, value in SAMPLE.findall(answer.body.decode())}
        return {}

    def slope(self) -> float:
        """Bytes per second by which the memory beside the cache grows in the second half, by the median of slopes."""
        half = self.samples[len(self.samples) // 2 :]
        rises = [
            (later.kept - earlier.kept) / (later.second - earlier.second)
            for place, earlier in enumerate(half)
            for later in half[place + 1 :]
        ]
        return statistics.median(rises) if rises else 0.0
