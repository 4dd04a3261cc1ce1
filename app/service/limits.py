"""What the operating system takes away from a worker before it sees the first program."""

from __future__ import annotations

import sys
from typing import Final

MEGABYTE: Final = 2**20
OPEN_FILES: Final = 16

if sys.platform == "win32":

    def confine(memory_mb: int) -> None:
        """Windows has no such limits; the deadline and the interpreter's budgets remain."""

    def allow_processor_time(seconds: float) -> None:
        """Windows has no such limit."""

else:
    import resource

    def confine(memory_mb: int) -> None:
        """Bounds address space; forbids growing files, core dumps, children and more than a few open files."""
        _lower(resource.RLIMIT_FSIZE, 0)
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
        _lower(resource.RLIMIT_NPROC, 0)  # counts what the user has; root is not bound by it
        if sys.platform == "linux":  # elsewhere the system's own libraries map more than this
            _lower(resource.RLIMIT_AS, memory_mb * MEGABYTE)

    def allow_processor_time(seconds: float) -> None:
        """From now on this process may use so many more seconds of processor time; then SIGXCPU ends it.

        A backstop for the day when the parent, which holds the clock, is gone.
        """
        used = resource.getrusage(resource.RUSAGE_SELF)
        whole = int(used.ru_utime + used.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (whole, resource.getrlimit(resource.RLIMIT_CPU)[1]))

    def _lower(kind: int, value: int) -> None:
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))
