"""As much of HTTP/1.1 as a load test needs: one connection that is kept, and made anew when the server closed it."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from dataclasses import dataclass

SECONDS = 30.0


class LostError(Exception):
    """A request that got no answer, or half of one."""


@dataclass(frozen=True)
class Answer:
    """One answer, its body as it was sent."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> bytes:
        """The body, decompressed."""
        return gzip.decompress(self.raw) if self.headers.get("content-encoding") == "gzip" else self.raw


class Connection:
    """One request at a time to one server."""

    def __init__(self, host: str, port: int) -> None:
        self._place = (host, port)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def request(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """The answer. Raises LostError when there is none within SECONDS."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._place[0]}", "Accept-Encoding: gzip", "Accept: text/html"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if method == "POST":
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        data = "\r\n".join([*lines, "", ""]).encode() + body
        try:
            async with asyncio.timeout(SECONDS):
                return await self._exchanged(data)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.close()
            raise LostError(repr(error)) from error

    async def _exchanged(self, data: bytes) -> Answer:
        """As browsers do: a kept connection that the server has closed meanwhile is no failure, but made anew."""
        kept = self._writer is not None
        try:
            return await self._once(data)
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            if not kept or (isinstance(error, asyncio.IncompleteReadError) and error.partial):
                raise
            self.close()
            return await self._once(data)

    async def _once(self, data: bytes) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(*self._place, limit=2**20)
        assert self._reader is not None
        self._writer.write(data)
        await self._writer.drain()
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        answer = Answer(int(head[0].split(" ")[1]), headers, await self._body(headers))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    async def _body(self, headers: dict[str, str]) -> bytes:
        assert self._reader is not None
        if "content-length" in headers:
            return await self._reader.readexactly(int(headers["content-length"]))
        parts = []
        while size := int(await self._reader.readline(), 16):
            parts.append(await self._reader.readexactly(size))
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)
        return b"".join(parts)

    async def leave(self, data: bytes) -> None:
        """Sends something and hangs up without waiting for an answer."""
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(*self._place)
            writer.write(data)
            await writer.drain()
            await asyncio.sleep(0.02)
            writer.close()

    def close(self) -> None:
        """Hangs up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None
