"""Messages over a socket: four bytes of length (big-endian), then that many bytes. Never pickle: what a worker
writes is data of an untrusted process."""

from __future__ import annotations

import asyncio
import os
import struct
from typing import Final

LENGTH: Final = struct.Struct(">I")


class GarbledError(Exception):
    """The other side wrote what it may not."""


def pack(message: bytes) -> bytes:
    """`message` with its length before it."""
    return LENGTH.pack(len(message)) + message


def read(descriptor: int) -> bytes | None:
    """The next message of the server on a blocking socket; None when the server has closed it."""
    header = _read_exactly(descriptor, LENGTH.size)
    return None if header is None else _read_exactly(descriptor, LENGTH.unpack(header)[0])


def write(descriptor: int, message: bytes) -> None:
    """Writes one message to a blocking socket."""
    rest = memoryview(pack(message))
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _read_exactly(descriptor: int, size: int) -> bytes | None:
    parts = []
    while size:
        part = os.read(descriptor, size)
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


async def receive(stream: asyncio.StreamReader, most: int) -> bytes:
    """The next message of a worker, of `most` bytes.

    Raises GarbledError before anything longer is read, asyncio.IncompleteReadError when the stream ends.
    """
    (size,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
    if size > most:
        raise GarbledError(f"a message of {size} bytes where {most} are allowed")
    return await stream.readexactly(size)
