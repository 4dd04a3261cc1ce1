"""The answer to a program that was ended from outside, in the shape of every other answer (api.md §2)."""

from __future__ import annotations

import json
from typing import Any

from app import locales
from app.service.reply import Reply


def deadline(seconds: float) -> dict[str, Any]:
    """The LimitError of a program that was killed by the clock. `seconds`: wall clock."""
    return _limit(f"the program ran longer than {seconds:g} s (budget: time = {seconds:g} s)")


def memory(megabytes: int) -> dict[str, Any]:
    """The LimitError of a program that asked for more memory than its process has. In MB of 2**20 bytes."""
    return _limit(f"the program needs more than {megabytes} MB of memory (budget: memory = {megabytes} MB)")


def killed(megabytes: int) -> dict[str, Any]:
    """The LimitError of a program whose process the system ended: it does so where memory runs out."""
    return _limit(
        "the system ended the program, most likely because memory ran out; "
        f"a program may use {megabytes} MB (budget: memory = {megabytes} MB)"
    )


def response(size: int) -> dict[str, Any]:
    """The LimitError of a program whose trace is larger than `size` bytes."""
    return _limit(f"the answer is larger than {size} bytes (budget: response = {size})")


def fault(reference: str) -> dict[str, Any]:
    """The error of a program that broke the engine. `reference` finds it in the server's log."""
    return _error("EngineError", f"the engine failed on this program; the server's log knows it as {reference}", None)


def answer(kind: str, request: dict[str, Any], error: dict[str, Any]) -> bytes:
    """A whole answer in which nothing but `error` is known: every cell ended by it."""
    if kind != "trace":
        return json.dumps({"error": error}).encode()
    cells: list[dict[str, Any]] = [
        {"stdout": "", "result": None, "error": error, "notices": []} for _ in request["cells"]
    ]
    first = {"cell": 0, **error}
    return json.dumps({"error": first, "cells": cells, "tensors": [], "ops": [], "backward": []}).encode()


def reply(
    kind: str, request: dict[str, Any], error: dict[str, Any], budget: str | None = None, *,
    lasting: bool = False, fault: str | None = None,
) -> Reply:  # fmt: skip
    """`answer` as a reply. `fault`: for the log."""
    return Reply(answer(kind, request, error), error["type"], budget, None, lasting, None, fault)


def _limit(message: str) -> dict[str, Any]:
    return _error("LimitError", message, {"code": "limit", **locales.sentences("hint.limit")})


def _error(kind: str, message: str, hint: dict[str, Any] | None) -> dict[str, Any]:
    """An error whose place in the program nobody knows."""
    place = {"line": None, "column": None, "end_line": None, "end_column": None}
    return {"type": kind, "message": message, **place, "hint": hint}
