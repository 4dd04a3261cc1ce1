"""The system calls that a worker keeps; every other fails with EPERM. A layer, not the foundation: where
libseccomp is missing, or the filter would stop honest programs, workers run without it and the server says so."""

from __future__ import annotations

import errno
import importlib
import mmap
import os
import signal
import traceback
from collections.abc import Callable
from typing import Any, Final

from app.service.orders import FILTERED, NO_LIBRARY, NOT_USABLE

TRIAL_SECONDS: Final = 20

# Names that an architecture or the installed library does not know are passed over.
MEMORY: Final = ("munmap", "mremap", "brk", "madvise")
OPEN_ALREADY: Final = ("read", "write", "close", "fstat", "newfstatat", "lseek")
SIGNALS: Final = ("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall")
TIME: Final = ("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "getrusage")
REST: Final = ("futex", "getrandom", "getpid", "gettid", "sched_yield", "exit", "exit_group")
ALLOWED: Final = (*MEMORY, *OPEN_ALREADY, *SIGNALS, *TIME, *REST)

MISSING: Final = (ImportError, RuntimeError, OSError, AttributeError)

Load = Callable[[], None]


def tried(work: Callable[[], None]) -> tuple[Load | None, int]:
    """What loads the filter into the calling process, for ever, and what became of it: FILTERED, NO_LIBRARY, or
    NOT_USABLE when `work` failed under it in a child made for the trial."""
    try:
        load = built()
    except MISSING:
        return None, NO_LIBRARY
    return (load, FILTERED) if _survives(load, work) else (None, NOT_USABLE)


def built() -> Load:
    """The filter. Raises one of MISSING where there is no libseccomp that can be used."""
    library = importlib.import_module("pyseccomp")
    filter = library.SyscallFilter(library.ERRNO(errno.EPERM))
    for name in ALLOWED:
        _allow(library, filter, name)
    for name in ("mmap", "mprotect"):  # memory, but none that can be executed
        _allow(library, filter, name, library.Arg(2, library.MASKED_EQ, mmap.PROT_EXEC, 0))
    _allow(library, filter, "prlimit64", library.Arg(0, library.EQ, 0))  # its own limits, not the server's
    load: Load = filter.load
    return load


def _allow(library: Any, filter: Any, name: str, *conditions: object) -> None:
    try:
        filter.add_rule(library.ALLOW, name, *conditions)
    except OSError:
        if name in ("read", "write", "exit_group"):
            raise


def _survives(load: Load, work: Callable[[], None]) -> bool:
    """Whether a child does its work under the filter."""
    pid = os.fork()
    if not pid:
        signal.alarm(TRIAL_SECONDS)  # its default action ends the child
        try:
            load()
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0
