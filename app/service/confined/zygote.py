"""The process that workers are forked from: everything imported and warm, one thread, nothing of the server's.

    python -m app.service.confined.zygote JOBS MEMORY_MB SECONDS

Started by exec, so that it shares no thread, lock, descriptor or variable with the server but one socket, on
descriptor 0. It runs no student's program and reads nothing that a worker writes.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Final, NoReturn

from app.engine.collector import SELDOM
from app.service import answering
from app.service.confined import seccomp
from app.service.confined.child import Child
from app.service.orders import BORN, ENDED, FORK, KILL, ORDER, READY, REPORT

RECURSION: Final = 4_000
COULD_NOT_FORK: Final = 71


def main() -> None:
    """Warms up, reports so, and serves until the server closes its end. Arguments: see Recipe in nursery.py."""
    name, memory_mb, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    control = socket.socket(fileno=os.dup(0))
    with open(os.devnull, "r+b", buffering=0) as nowhere:  # a stray print() or input() must not reach the socket
        os.dup2(nowhere.fileno(), 0)
        os.dup2(nowhere.fileno(), 1)
    jobs = warmed(name)
    require_one_thread()
    filter, state = seccomp.tried(lambda: answering.warm_up(jobs))
    with contextlib.suppress(ConnectionError):  # the server is gone
        Zygote(control, Child(os.getpid(), jobs, memory_mb, seconds, filter).live).serve(state)


def warmed(name: str) -> ModuleType:
    """The jobs, imported and run once; what they made is out of the collector's sight, and so stays shared."""
    sys.setrecursionlimit(RECURSION)
    gc.disable()  # no holes in the pages that are shared from now on
    jobs = importlib.import_module(name)
    answering.warm_up(jobs)
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    return jobs


def require_one_thread() -> None:
    """A fork copies only the thread that forks, and the locks of all others for ever. Raises RuntimeError."""
    tasks = Path("/proc/self/task")
    if threading.active_count() > 1 or (tasks.is_dir() and len(list(tasks.iterdir())) > 1):
        raise RuntimeError("the zygote has more than one thread")


class Zygote:
    """Forks, kills and reaps workers as the server orders. Only here are process ids used: until a child is
    reaped, which only this thread does, its id is nobody else's."""

    def __init__(self, control: socket.socket, live: Callable[[int], NoReturn]) -> None:
        """`live` is what a child does with the descriptor that it was given."""
        self._control = control
        self._live = live
        self._pids: dict[int, int] = {}  # by the server's number

    def serve(self, filter_state: int) -> None:
        """Returns, or raises ConnectionError, when the server has closed its end; no child is left then."""
        woken, wake = socket.socketpair()
        wake.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # without a handler there is no waking
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        try:
            self._report(READY, 0, filter_state)
            while self._turn(woken):
                pass
        finally:
            for pid in self._pids.values():
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)

    def _turn(self, woken: socket.socket) -> bool:
        """Waits for orders and for children that end; False when there will be no more orders."""
        ready, _, _ = select.select([self._control, woken], [], [])
        if woken in ready:
            woken.recv(4096)
            self._reap()
        return self._control not in ready or self._obey()

    def _report(self, what: bytes, number: int, value: int) -> None:
        self._control.sendall(REPORT.pack(what, number, value))

    def _obey(self) -> bool:
        """One order; False when there will be no more."""
        order, descriptors, _, _ = socket.recv_fds(self._control, ORDER.size, 1)
        if len(order) < ORDER.size:
            return False
        what, number = ORDER.unpack(order)
        if what == FORK:
            self._fork(number, descriptors[0])
        elif what == KILL and number in self._pids:
            os.kill(self._pids[number], signal.SIGKILL)
        return True

    def _fork(self, number: int, descriptor: int) -> None:
        try:
            pid = os.fork()
        except OSError:  # no memory, or no process is left
            self._report(ENDED, number, COULD_NOT_FORK)
        else:
            if not pid:
                self._live(descriptor)
            self._pids[number] = pid
            self._report(BORN, number, pid)
        finally:
            os.close(descriptor)

    def _reap(self) -> None:
        for number, pid in list(self._pids.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del self._pids[number]
                self._report(ENDED, number, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
