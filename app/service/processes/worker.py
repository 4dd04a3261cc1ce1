"""The server's end of one worker process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from app.service import frames
from app.service.reply import BODY_BYTES, HEADER_BYTES, Reply, parsed

STATUS_SECONDS: Final = 2.0


class CrashError(Exception):
    """A worker ended, or said something that makes no sense. `status`: its exit status, negative for a signal;
    None when it is not known, because its zygote has ended too or there never was a worker."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class Worker:
    """One worker. Used by one request at a time; after any failure it is killed, never used again."""

    def __init__(self, number: int, kill: Callable[[int], None]) -> None:
        """`number`: by which its zygote knows it. `kill`: has the zygote kill it."""
        self.number = number
        self.pid = 0  # for people and tests; nobody may signal it, it may be another process by then
        self.ended: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self.busy = False
        self.served = 0
        self._kill = kill
        self._killed = False
        self._stream: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def alive(self) -> bool:
        """Whether it can take a request: it runs, and nobody has killed it."""
        reads = self._stream is not None and not self._stream.at_eof()
        return reads and not self._killed and not self.ended.done()

    async def connect(self, stream: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Waits until it is confined. Raises CrashError when it ends before."""
        self._stream, self._writer = stream, writer
        try:
            await frames.receive(stream, 0)
        except (asyncio.IncompleteReadError, ConnectionError, frames.GarbledError):
            raise await self._crash("ended before its first request") from None

    async def call(self, message: bytes, seconds: float) -> Reply:
        """The reply to one request. Raises TimeoutError after `seconds`, CrashError when the worker ends."""
        self.busy = True
        self.served += 1
        try:
            async with asyncio.timeout(seconds):
                reply = await self._exchange(message)
        except (asyncio.IncompleteReadError, ConnectionError):
            crash = await self._crash("ended")
            self.kill()
            raise crash from None
        except frames.GarbledError as error:
            self.kill()
            raise CrashError(f"was killed, since it sent {error}", 0) from None
        except BaseException:  # also when the caller went away: half an exchange must not reach the next one
            self.kill()
            raise
        finally:
            self.busy = False
            if self.ended.done():
                self._close()
        return reply

    async def _exchange(self, message: bytes) -> Reply:
        assert self._stream is not None
        assert self._writer is not None
        self._writer.write(frames.pack(message))
        await self._writer.drain()
        header = await frames.receive(self._stream, HEADER_BYTES)
        return parsed(header, await frames.receive(self._stream, BODY_BYTES))

    async def _crash(self, what: str) -> CrashError:
        """Its end as an error, with the status that its zygote is about to report."""
        await asyncio.wait((self.ended,), timeout=STATUS_SECONDS)
        if not self.ended.done():
            return CrashError(f"{what}, or only closed its socket", 0)
        return CrashError(f"{what} with status {self.ended.result()}", self.ended.result())

    def kill(self) -> None:
        """Ends it at once, whatever it does."""
        if not self._killed:
            self._killed = True
            self._close()
            if not self.ended.done():
                self._kill(self.number)

    def end(self, status: int | None) -> None:
        """It has ended; what it said before may still be read."""
        self.ended.set_result(status)
        if not self.busy:
            self._close()

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()
