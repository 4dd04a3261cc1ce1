"""From one request to its reply, whatever the program does: the same in a worker process and in the server's own."""

from __future__ import annotations

import contextlib
import gzip
import logging
import secrets
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import app
from app.service import refusals
from app.service.outcome import RESPONSE_BYTES
from app.service.reply import Reply

GZIP_ABOVE: Final = 1_000  # bytes; below, compression gains less than a packet
FRAMES: Final = 8
HERE: Final = str(Path(app.__file__).parent.parent)


def warm_up(jobs: ModuleType) -> None:
    """Loads everything that an answer may need: a confined process can open no file. `jobs`: as for answered()."""
    jobs.warm_up()
    gzip.compress(refusals.answer("trace", {"cells": [""]}, refusals.response(RESPONSE_BYTES)), 1, mtime=0)


def answered(jobs: ModuleType, kind: str, request: dict[str, Any], memory_mb: int) -> Reply:
    """The reply to one request. `jobs`: module with run(kind, request) and BadRequest; `memory_mb`: for the words."""
    with _faults_heard() as faults:
        reply = _answered(jobs, kind, request, memory_mb)
    if len(reply.body) > RESPONSE_BYTES:
        reply = refusals.reply(kind, request, refusals.response(RESPONSE_BYTES), "response", lasting=True)
    body = gzip.compress(reply.body, 1, mtime=0) if len(reply.body) > GZIP_ABOVE else reply.body
    fault = reply.fault or (faults[0] if faults else None)
    return Reply(body, reply.error, reply.budget, reply.steps, reply.lasting, reply.refused, fault)


def _answered(jobs: ModuleType, kind: str, request: dict[str, Any], memory_mb: int) -> Reply:
    try:
        reply: Reply = jobs.run(kind, request)
    except jobs.BadRequest as error:
        return Reply(refused=str(error))
    except MemoryError:
        return refusals.reply(kind, request, refusals.memory(memory_mb), "memory")
    except Exception as error:
        return fault(kind, request, where(error))
    return reply


def fault(kind: str, request: dict[str, Any], report: str) -> Reply:
    """Our own bug, whatever the program did: told with a reference under which `report` stands in the log."""
    reference = secrets.token_hex(4)
    return refusals.reply(kind, request, refusals.fault(reference), fault=f"{reference}: {report}")


def where(error: BaseException) -> str:
    """An exception's type and the innermost places that it went through; not its message, which may quote programs."""
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.removeprefix(HERE)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} at " + " < ".join(places[: -FRAMES - 1 : -1])


class _Heard(logging.Handler):
    """Errors that the engine logs while it still has an answer: a worker has no log of its own to write to."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            self.faults.append(where(record.exc_info[1]))


@contextlib.contextmanager
def _faults_heard() -> Iterator[list[str]]:
    """Where the engine failed inside this block."""
    engine, handler = logging.getLogger("app.interpreter"), _Heard()
    propagated, engine.propagate = engine.propagate, False
    engine.addHandler(handler)
    try:
        yield handler.faults
    finally:
        engine.removeHandler(handler)
        engine.propagate = propagated
