"""The child process: runs one program after another, each inside the limits.

Started by exec, never forked from the server: it shares no thread, lock or descriptor with it but two pipes.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import traceback
from types import ModuleType
from typing import Any, Final

from app.engine.collector import SELDOM
from app.service import frames, limits, refusals
from app.service.outcome import RESPONSE_BYTES

RECURSION: Final = 4_000


def main() -> None:
    """Serves requests from stdin until it closes.

    Arguments: the module of the jobs, MB of memory, seconds of processor time per job.
    """
    name, memory_mb, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(2, 1)  # a stray print() must not reach the pipe that carries the answers
    sys.setrecursionlimit(RECURSION)
    jobs = importlib.import_module(name)
    jobs.warm_up()
    gc.collect()
    gc.freeze()  # what the imports made is never garbage: collections need not look at it
    gc.set_threshold(*SELDOM)
    silence()
    limits.confine(memory_mb)
    frames.write(answers, frames.ANSWER)  # warm
    while (message := frames.read(requests)) is not None:
        limits.allow_processor_time(seconds)
        frames.write(answers, serve(jobs, json.loads(message), memory_mb))
        gc.collect()  # what is left of a run goes once nobody waits for it


def silence() -> None:
    """From here on nothing is printed: a confined process may not write the file that a log may be."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def serve(jobs: ModuleType, message: dict[str, Any], memory_mb: int) -> bytes:
    """The answer to one request, its first byte saying of what sort."""
    kind, request = message["kind"], message["request"]
    try:
        answer: bytes = jobs.run(kind, request)
    except jobs.BadRequest as error:
        return frames.BAD_REQUEST + str(error).encode("utf-8", "replace")
    except MemoryError:
        return frames.ANSWER + refusals.answer(kind, request, refusals.memory(memory_mb))
    except Exception:
        return frames.FAULT + traceback.format_exc().encode("utf-8", "replace")
    if len(answer) > RESPONSE_BYTES:
        answer = refusals.answer(kind, request, refusals.response(RESPONSE_BYTES))
    return frames.ANSWER + answer


if __name__ == "__main__":
    main()
