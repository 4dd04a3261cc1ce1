"""Jobs for the workers under test: what a program may do to its process, without an engine."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.service import frames
from app.service.reply import Reply
from tests.service.honest import WORK

CHANNEL = 3


class BadRequest(ValueError):
    """As app.trace has one."""


def warm_up() -> None:
    """Nothing to warm."""


def run(kind: str, request: dict[str, Any]) -> Reply:
    """Does what the first cell names."""
    word, _, rest = request["cells"][0].partition(" ")
    if word in DEEDS:
        DEEDS[word](rest)
    said = ANSWERS[word](rest) if word in ANSWERS else request
    return Reply(json.dumps({"kind": kind, "said": said}).encode(), steps=7)


def refuse(_: str) -> None:
    """As for a relation that does not exist."""
    raise BadRequest("there is no operation 7")


def spin(_: str) -> None:
    """Never ends."""
    while True:
        pass


def fail(_: str) -> None:
    """As a bug of the engine, which quotes the program."""
    raise IndexError("the program's secret")


def hang_up(_: str) -> None:
    """Closes the socket and stays."""
    os.close(CHANNEL)
    time.sleep(60)


def half(_: str) -> None:
    """Ends in the middle of an answer."""
    os.write(CHANNEL, frames.pack(b"x" * 50)[:20])
    os._exit(0)


def written(path: str) -> str:
    """Whether a file can be made to hold something."""
    return attempted(lambda: Path(path).write_text("x" * 10_000))


def attempted(deed: Callable[[], object]) -> str:
    """What the system says to it."""
    try:
        deed()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    return "done"


def forked(_: str) -> str:
    """Whether a child can be made."""

    def fork() -> None:
        if not os.fork():
            os._exit(0)

    return attempted(fork)


def descriptors(_: str) -> list[int]:
    """Those that are open."""

    def is_open(number: int) -> bool:
        try:
            os.fstat(number)
        except OSError:
            return False
        return True

    return [number for number in range(4096) if is_open(number)]


def limits(_: str) -> dict[str, int]:
    """The soft limits of this process."""
    names = ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE")
    return {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[0] for name in names}


DEEDS: dict[str, Callable[[str], object]] = {
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "exit": lambda status: os._exit(int(status)),
    "abort": lambda _: os.abort(),
    "raise": fail,
    "grow": lambda size: bytearray(int(size)),
    "refuse": refuse,
    "print": lambda _: print("not an answer", flush=True),
    "spin": spin,
    "hang-up": hang_up,
    "babble": lambda _: os.write(CHANNEL, b"\xff" * 100),
    "lie": lambda _: frames.write(CHANNEL, b"not a header"),
    "half": half,
    "honest": lambda name: WORK[name](),
}
ANSWERS: dict[str, Callable[[str], object]] = {
    "pid": lambda _: os.getpid(),
    "environment": lambda _: dict(os.environ),
    "folder": lambda _: os.getcwd(),
    "large": lambda size: "x" * int(size),
    "write": written,
    "open": lambda path: attempted(lambda: os.open(path, os.O_RDONLY)),
    "list": lambda path: attempted(lambda: os.listdir(path)),
    "socket": lambda _: attempted(socket.socket),
    "fork": forked,
    "exec": lambda path: attempted(lambda: os.execv(path, [path])),
    "kill": lambda pid: attempted(lambda: os.kill(int(pid), signal.SIGKILL)),
    "starve": lambda pid: attempted(lambda: resource.prlimit(int(pid), resource.RLIMIT_NOFILE, (3, 3))),
    "descriptors": descriptors,
    "limits": limits,
}
