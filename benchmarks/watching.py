"""What watching costs: processor time per request of the outermost layer, with metrics and a JSON line.

`python -m benchmarks.watching` prints microseconds; nothing listens, no program runs.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.service import Answered, Outcome
from app.web.observe.lines import JsonLines
from app.web.observe.notes import note_answer, note_program
from app.web.observe.observer import Observer
from app.web.observe.watch import Watch

REQUESTS = 5_000
ROUNDS = 5
CELLS = ["import torch\nx = torch.ones(2, 2, requires_grad=True)\n(x * x).sum().backward()\n" * 4]
ANSWERED = Answered(Outcome(b"{}", None, None, 120, 0.002, True), 0.0001, "run")


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that does nothing else."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


async def noting(scope: Scope, receive: Receive, send: Send) -> None:
    """The same, and what the routes add to the notes."""
    note_program(scope, "trace", CELLS, "a-page")
    note_answer(scope, ANSWERED)
    await bare(scope, receive, send)


async def nothing() -> Message:
    """A client that has no more to say."""
    return {"type": "http.disconnect"}


async def swallow(message: Message) -> None:
    """A client that does not listen."""


async def requests(app: ASGIApp) -> float:
    """Processor seconds per request."""
    before = time.process_time()
    for _ in range(REQUESTS):
        await app({"type": "http", "method": "POST", "client": ("192.0.2.7", 1), "headers": []}, nothing, swallow)
    return (time.process_time() - before) / REQUESTS


def least(app: ASGIApp) -> float:
    """Microseconds of the quickest round."""
    return min(asyncio.run(requests(app)) for _ in range(ROUNDS)) * 1e6


def main() -> None:
    """Prints the table."""
    handler = logging.FileHandler(os.devnull)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("backpass")
    logger.addHandler(handler)
    logger.propagate = False
    observer = Observer(readers="none", ready_seconds=1)
    rows: list[tuple[str, ASGIApp, int]] = [
        ("nothing", bare, logging.INFO),
        ("id and times", Watch(bare, tell=lambda ended: None), logging.INFO),
        ("and length and digest of a program", Watch(noting, tell=lambda ended: None), logging.INFO),
        ("and metrics", Watch(noting, tell=observer.metrics.count), logging.INFO),
        ("and a line that is not written", Watch(noting, tell=observer.tell), logging.WARNING),
        ("and a JSON line", Watch(noting, tell=observer.tell), logging.INFO),
    ]
    for name, app, level in rows:
        logger.setLevel(level)
        print(f"{least(app):7.1f} µs  {name}")


if __name__ == "__main__":
    main()
