"""What the operating system takes away from a worker before it sees the first program."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Final

MEGABYTE: Final = 2**20
OPEN_FILES: Final = 16
FIRST_TO_GO: Final = 1000  # of the out-of-memory killer's scale

# From <linux/prctl.h>.
PR_SET_PDEATHSIG: Final = 1
PR_SET_NO_NEW_PRIVS: Final = 38

if sys.platform == "win32":

    def confine(memory_mb: int) -> None:
        """Windows has no such limits, and no fork: workers are not made there."""

    def allow_processor_time(seconds: float) -> None:
        """Windows has no such limit."""

else:
    import resource

    def confine(memory_mb: int) -> None:
        """Bounds address space; forbids growing files, core dumps, children and more than a few open files."""
        _lower(resource.RLIMIT_FSIZE, 0)
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_NPROC, 0)  # counts what the user has; root is not bound by it
        if sys.platform == "linux":
            _lower(resource.RLIMIT_AS, memory_mb * MEGABYTE)  # elsewhere the system's own libraries map more
            _offer_to_the_memory_killer()
            _prctl(PR_SET_NO_NEW_PRIVS, 1)
        _lower(resource.RLIMIT_NOFILE, OPEN_FILES)

    def allow_processor_time(seconds: float) -> None:
        """From now on this process may use so many more seconds of processor time; then SIGXCPU ends it.

        A backstop for the day when the server, which holds the clock, is gone.
        """
        used = resource.getrusage(resource.RUSAGE_SELF)
        whole = int(used.ru_utime + used.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (whole, resource.getrlimit(resource.RLIMIT_CPU)[1]))

    def _lower(kind: int, value: int) -> None:
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def end_with(parent: int) -> None:
    """The system kills this process when `parent` ends; elsewhere than on Linux, the end of its socket has to do."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended meanwhile
        os._exit(0)


def _offer_to_the_memory_killer() -> None:
    """Where memory runs out, the kernel shall take a worker and never the server."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(FIRST_TO_GO))


def _prctl(option: int, value: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
