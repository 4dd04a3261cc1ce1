"""The server's end of one zygote, from which it has workers made and killed."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import app
from app.service.orders import BORN, ENDED, FORK, KILL, ORDER, READY, REPORT
from app.service.processes.worker import CrashError, Worker

MODULE: Final = "app.service.confined.zygote"
IMPORTS: Final = str(Path(app.__file__).parent.parent)
START_SECONDS: Final = 30.0
FORK_SECONDS: Final = 5.0
KILL_SECONDS: Final = 5.0
END_SECONDS: Final = 5.0


@dataclass(frozen=True)
class Recipe:
    """How workers are made. `jobs`: module with run(kind, request), warm_up() and BadRequest."""

    jobs: str
    memory_mb: int
    seconds: float  # of wall clock per program
    folder: str  # an empty working directory


class Nursery:
    """One running zygote and its workers. When it is lost, so are they."""

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket) -> None:
        self._process = process
        self._control = control
        self._numbers = itertools.count()
        self._workers: dict[int, Worker] = {}
        self._orphans: list[int] = []
        self._lost = False
        self._ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._listening = asyncio.create_task(self._listen())
        self.programs = 0
        self.filter = 0

    @classmethod
    async def start(cls, recipe: Recipe) -> Nursery:
        """A zygote that has imported everything and waits. Raises CrashError when it cannot start."""
        control, theirs = socket.socketpair()
        control.setblocking(False)
        # Processor time is a second line behind the clock: twice the deadline leaves room for honest work.
        numbers = [str(recipe.memory_mb), str(recipe.seconds * 2)]
        try:
            with theirs:
                process = await asyncio.create_subprocess_exec(
                    *[sys.executable, "-P", "-m", MODULE, recipe.jobs, *numbers],
                    stdin=theirs.fileno(),
                    stdout=asyncio.subprocess.DEVNULL,
                    env=environment(),
                    cwd=recipe.folder,
                    start_new_session=True,  # Ctrl-C is for the server, which then ends its children
                )
        except BaseException as error:  # OSError: no memory or no descriptor is left, or the folder is gone
            control.close()
            raise CrashError(f"could not be made: {error}") if isinstance(error, OSError) else error from None
        return await cls(process, control)._warm()

    async def _warm(self) -> Nursery:
        try:
            async with asyncio.timeout(START_SECONDS):
                self.filter = await self._ready
        except TimeoutError:
            await self.end()
            raise CrashError(f"not ready after {START_SECONDS:g} s") from None
        except BaseException:
            await self.end()
            raise
        return self

    @property
    def alive(self) -> bool:
        """Whether workers can be made."""
        return not self._lost

    @property
    def pid(self) -> int:
        """The zygote's process id."""
        return self._process.pid

    async def fork(self) -> Worker:
        """A worker that is confined and waits. Raises CrashError when none can be made."""
        worker = Worker(next(self._numbers), self._kill)
        self._workers[worker.number] = worker
        try:
            async with asyncio.timeout(FORK_SECONDS):
                await self._connect(worker)
        except (TimeoutError, OSError) as error:
            worker.kill()
            self._process_kill()  # a zygote that does not obey is of no use
            raise CrashError(f"could not be forked: {type(error).__name__}") from None
        except CrashError as error:
            worker.kill()
            raise CrashError(str(error)) from None  # whatever its status, no program is to blame
        except BaseException:
            worker.kill()
            raise
        return worker

    async def _connect(self, worker: Worker) -> None:
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [ORDER.pack(FORK, worker.number)], [theirs.fileno()])
            stream, writer = await asyncio.open_unix_connection(sock=ours)
        except BaseException:
            ours.close()
            raise
        await worker.connect(stream, writer)

    def _kill(self, number: int) -> None:
        try:
            self._control.send(ORDER.pack(KILL, number))
        except OSError:  # it does not listen: it is gone, or must go
            self._process_kill()
        else:
            asyncio.get_running_loop().call_later(KILL_SECONDS, self._insist, number)

    def _insist(self, number: int) -> None:
        """A worker that was to be killed may not go on, whatever is wrong with its zygote: they go together."""
        if number in self._workers:
            self._process_kill()

    def _process_kill(self) -> None:
        self._lost = True
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def _listen(self) -> None:
        """Takes the zygote's reports until it ends."""
        loop, heard = asyncio.get_running_loop(), b""
        try:
            while part := await loop.sock_recv(self._control, 4096):
                heard += part
                while len(heard) >= REPORT.size:
                    self._take(*REPORT.unpack_from(heard))
                    heard = heard[REPORT.size :]
        except OSError:
            pass
        finally:
            self._lose()

    def _take(self, what: bytes, number: int, value: int) -> None:
        if what == READY and not self._ready.done():
            self._ready.set_result(value)
        elif what == BORN and number in self._workers:
            self._workers[number].pid = value
        elif what == ENDED and number in self._workers:
            self._workers.pop(number).end(value)

    def _lose(self) -> None:
        """The zygote has ended, and with it its workers."""
        self._lost = True
        if not self._ready.done():
            self._ready.set_exception(CrashError("ended before it was ready"))
            self._ready.exception()  # nobody may be waiting
        for worker in self._workers.values():
            worker.end(None)
            self._orphans.append(worker.pid)
        self._workers.clear()

    async def retire(self, seconds: float) -> None:
        """Ends it once its busy workers are done, which they get `seconds` for."""
        busy = []
        for worker in list(self._workers.values()):
            if worker.busy:
                busy.append(worker.ended)
            else:
                worker.kill()
        if busy:
            await asyncio.wait(busy, timeout=seconds)
        await self.end()

    async def end(self) -> None:
        """Ends the zygote and all its workers; returns when they are gone."""
        self._listening.cancel()
        await asyncio.wait((self._listening,))
        self._control.close()  # at which it ends its workers and itself
        try:
            async with asyncio.timeout(END_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self._process_kill()
            await self._process.wait()
        for pid in self._orphans:  # they are ours where the server is process 1 of a container
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def environment() -> dict[str, str]:
    """All that a zygote gets to know of the server's environment.

    The hash seed is fixed so that the same program gives the same answer; BLAS gets one thread because a
    program has one processor, and because only a process of one thread may fork.
    """
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {"PYTHONPATH": IMPORTS, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", **threads}
