"""Jobs for the worker under test: what a program may do to its process, without an engine."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import Any


class BadRequest(ValueError):
    """As app.trace has one."""


def warm_up() -> None:
    """Nothing to warm."""


def run(kind: str, request: dict[str, Any]) -> bytes:
    """Does what the first cell names."""
    word, _, rest = request["cells"][0].partition(" ")
    deeds: dict[str, Callable[[], object]] = {
        "sleep": lambda: time.sleep(float(rest)),
        "exit": lambda: os._exit(int(rest)),
        "raise": lambda: [][1],
        "grow": lambda: bytearray(int(rest)),
        "refuse": refuse,
        "print": lambda: print("not an answer", flush=True),
        "spin": spin,
    }
    if word in deeds:
        deeds[word]()
    answers: dict[str, Callable[[], object]] = {
        "pid": os.getpid,
        "environment": lambda: dict(os.environ),
        "folder": lambda: os.listdir("."),
        "large": lambda: "x" * int(rest),
        "write": lambda: written(rest),
    }
    said = answers[word]() if word in answers else request
    return json.dumps({"kind": kind, "said": said}).encode()


def refuse() -> None:
    """As for a relation that does not exist."""
    raise BadRequest("there is no operation 7")


def spin() -> None:
    """Never ends."""
    while True:
        pass


def written(path: str) -> str:
    """Whether a file can be made to hold something."""
    try:
        with open(path, "w") as file:
            file.write("x" * 10_000)
    except OSError as error:
        return str(error.errno)
    return "written"
