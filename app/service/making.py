"""Which pool a server gets."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.service.inline import InlinePool
from app.service.pool import Pool
from app.service.processes.pool import ProcessPool

QUOTA: Final = Path("/sys/fs/cgroup/cpu.max")
MANY: Final = 2**16


def pool_of(
    *,
    jobs: str,
    workers: int | None,
    deadline_seconds: float,
    memory_mb: int,
    recycle_after: int,
    on_restart: Callable[[str], None] = lambda reason: None,
) -> Pool:
    """A pool, not started. `workers`: processes, None for one per core, 0 for none: programs then run in the
    server itself, as they do on systems that cannot fork. `on_restart` is told why a worker is replaced: "deadline",
    "crash", "memory", "recycled" or "left" (by its client)."""
    if workers == 0 or not hasattr(os, "fork"):
        return InlinePool(jobs=jobs, memory_mb=memory_mb)
    return ProcessPool(
        jobs=jobs,
        workers=workers or cores(),
        deadline_seconds=deadline_seconds,
        memory_mb=memory_mb,
        recycle_after=recycle_after,
        on_restart=on_restart,
    )


def cores() -> int:
    """The processors that this process may use: of its affinity, and of its container's quota."""
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(own, quota()))


def quota() -> int:
    """Whole processors that the control group grants (`docker run --cpus`), rounded up; many where it says nothing."""
    try:
        granted, period = QUOTA.read_text().split()
        return math.ceil(int(granted) / int(period))
    except (OSError, ValueError):  # no such file, or "max"
        return MANY
