"""Messages over a pipe: four bytes of length (big-endian), then that many bytes."""

from __future__ import annotations

import asyncio
import os
import struct
from typing import Final

LENGTH: Final = struct.Struct(">I")

# The first byte of an answer.
ANSWER: Final = b"a"  # what the program's trace looks like: JSON
BAD_REQUEST: Final = b"r"  # the request named something that does not exist: a sentence
FAULT: Final = b"f"  # the engine failed: a traceback for the log


def pack(message: bytes) -> bytes:
    """`message` with its length before it."""
    return LENGTH.pack(len(message)) + message


def read(descriptor: int) -> bytes | None:
    """The next message on a blocking pipe; None when the other side has closed it."""
    header = _read_exactly(descriptor, LENGTH.size)
    return None if header is None else _read_exactly(descriptor, LENGTH.unpack(header)[0])


def write(descriptor: int, message: bytes) -> None:
    """Writes one message to a blocking pipe."""
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


async def receive(stream: asyncio.StreamReader) -> bytes:
    """The next message on an asyncio stream. Raises asyncio.IncompleteReadError when it ends."""
    (size,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
    return await stream.readexactly(size)
