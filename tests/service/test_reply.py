"""What crosses the wall is read with suspicion."""

from __future__ import annotations

import asyncio

import pytest

from app.service import frames
from app.service.frames import GarbledError
from app.service.reply import FIXED, HEADER_BYTES, SEPARATOR, Reply, parsed
from tests.service.scenario import in_a_loop

REPLIES = [
    Reply(b"{}"),
    Reply(b"", "LimitError", "steps", 2**40, True),
    Reply(b"x", "Fehler", None, 0, False, None, "IndexError at /app/a.py:1 f < /app/b.py:2 g"),
    Reply(refused="there is no operation 7"),
]


@pytest.mark.parametrize("reply", REPLIES)
def test_reply_comes_back_as_it_was(reply: Reply) -> None:
    assert parsed(reply.header(), reply.body) == reply


def test_texts_of_a_header_are_short_and_printable() -> None:
    told = parsed(Reply(error="a\nb\0c" + "x" * 5000, refused="\x1b[31m" + "∂" * 5000).header(), b"")
    assert told.error == ("a b c" + "x" * 5000)[:1000]
    assert told.refused == (" [31m" + "∂" * 5000)[:1000]
    assert len(Reply(error="𝄞" * 5000, budget="𝄞" * 5000, refused="𝄞" * 5000, fault="x").header()) < HEADER_BYTES


GARBLED = {
    "empty": b"",
    "short": b"\x01\x00",
    "three texts": FIXED.pack(True, 1) + b"\0\0",
    "five texts": FIXED.pack(True, 1) + b"\0\0\0\0",
    "not UTF-8": FIXED.pack(True, 1) + b"\xff\0\0\0",
    "negative steps": FIXED.pack(True, -2) + b"\0\0\0",
    "a line": FIXED.pack(True, 1) + b"\0\0\0first\nforged line of the log",
    "long": FIXED.pack(True, 1) + b"x" * 1001 + b"\0\0\0",
}


@pytest.mark.parametrize("name", GARBLED)
def test_other_headers_are_refused(name: str) -> None:
    with pytest.raises(GarbledError):
        parsed(GARBLED[name], b"")


def test_separator_cannot_stand_in_a_text() -> None:
    assert not SEPARATOR.isprintable()


@in_a_loop
async def test_long_message_is_refused_before_it_is_read() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(frames.LENGTH.pack(2**32 - 1))
    with pytest.raises(GarbledError, match="4294967295 bytes"):
        await frames.receive(stream, 1000)
