"""One simulated student: opens the page, runs programs, edits them, asks for edges, and may misbehave."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.web.programs import built_in
from benchmarks.wire import Answer, Connection, LostError

THINK_SECONDS = (3.0, 10.0)
PATIENCE_SECONDS = 60.0
PARALLEL = 6  # connections that a browser opens to load a page
ASSET = re.compile(r'(?:src|href)="([^"#]*/static/[^"]+)"')
LATER = ("vendor/elk-worker.min.js",)  # what scripts ask for
PROGRAMS = [program.cells for program in built_in().values()]
SHARED = "# %s\nimport torch\nW = torch.randn(8, 8, requires_grad=True)\n((W @ W).softmax(1) ** 2).sum().backward()"
HOSTILE = [
    "while True: pass",
    "import torch\nx = torch.ones(1)\nwhile True: x = torch.cat([x, x])",
    "def f(): return f()\nf()",
    "import torch\nx = torch.randn(60, 60, requires_grad=True)\nwhile True: x = (x @ x).softmax(1)",
    "a = []\nwhile True: a = [a, a]",
    "while True: print('x' * 1000)",
]
WAYS = {"edit-run": 57, "run": 28, "edges": 12, "leave": 2, "hostile": 1}


@dataclass
class Book:
    """What all students have met: seconds per kind, statuses, and the requests that nobody answered."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    left: int = 0
    bytes: int = 0

    def note(self, kind: str, seconds: float) -> None:
        """An action that was answered, waiting and trying again included."""
        self.seconds.setdefault(kind, []).append(seconds)


class Student:
    """Acts until the lesson is over, one thing at a time."""

    def __init__(self, number: int, seed: int, place: tuple[str, int], book: Book) -> None:
        self._random = random.Random(f"{seed} {number}")
        self._connection = Connection(*place)
        self._place = place
        self._book = book
        self._page = {"X-Backpass-Page": f"student-{number}"}
        self._cells = self._random.choice(PROGRAMS)

    async def attend(self, arrive: float, link_at: float, end: float, link: str) -> None:
        """The lesson: arrives, thinks and acts; at `link_at` opens the link that everybody was given."""
        await asyncio.sleep(arrive - time.monotonic())
        await self.open_page()
        linked = False
        while (wake := time.monotonic() + self._random.uniform(*THINK_SECONDS)) < end or not linked:
            if not linked and link_at <= wake:
                await asyncio.sleep(max(0.0, link_at - time.monotonic()))
                await self.run("link", [SHARED % link])
                linked = True
                continue
            await asyncio.sleep(max(0.0, wake - time.monotonic()))
            await self.act(self._random.choices(list(WAYS), list(WAYS.values()))[0])
        self._connection.close()

    async def act(self, way: str) -> None:
        """One thing that a student does."""
        if way == "edit-run":
            self._cells = self._edited(self._random.choice(PROGRAMS))
            await self.run(way, self._cells)
        elif way == "run":
            self._cells = self._random.choice(PROGRAMS)
            await self.run(way, self._cells)
        elif way == "edges":
            question = {"cells": self._cells, "op": 0, "input": 0, "output": 0, "of_outputs": [0]}
            await self._post(way, "/api/edges", question)
        elif way == "hostile":
            await self.run(way, [f"{self._random.choice(HOSTILE)}  # {self._random.random()}"])
        else:
            await self._leave()

    async def open_page(self) -> None:
        """The page and all that it needs, over as many connections as a browser opens."""
        before = time.monotonic()
        answer = await self._get(self._connection, "/")
        found = ASSET.findall(answer.body.decode()) if answer else []
        base = found[0].split("/static/")[0] + "/static/" + found[0].split("/static/")[1].split("/")[0] if found else ""
        wanted = [*dict.fromkeys(found), *(f"{base}/{name}" for name in LATER if base), "/api/programs"]
        connections = [self._connection, *(Connection(*self._place) for _ in range(PARALLEL - 1))]
        await asyncio.gather(*(self._load(connection, wanted) for connection in connections))
        for connection in connections[1:]:
            connection.close()
        self._book.note("page", time.monotonic() - before)

    async def _load(self, connection: Connection, wanted: list[str]) -> None:
        while wanted:
            await self._get(connection, wanted.pop(0))

    async def _get(self, connection: Connection, path: str) -> Answer | None:
        try:
            answer = await connection.request("GET", path)
        except LostError as error:
            self._book.lost.append(f"GET {path}: {error}")
            return None
        self._book.statuses[answer.status] += 1
        self._book.bytes += len(answer.raw)
        return answer

    async def run(self, kind: str, cells: list[str]) -> None:
        """Runs a program."""
        await self._post(kind, "/api/trace", {"cells": cells})

    async def _post(self, kind: str, path: str, asked: dict[str, Any]) -> None:
        """Asks, and asks again as long as the server says that it is busy."""
        before = time.monotonic()
        body = json.dumps(asked).encode()
        while time.monotonic() < before + PATIENCE_SECONDS:
            try:
                answer = await self._connection.request("POST", path, body, self._page)
            except LostError as error:
                self._book.lost.append(f"{kind}: {error}")
                return
            self._book.statuses[answer.status] += 1
            self._book.bytes += len(answer.raw)
            if answer.status != 429:
                self._book.note(kind, time.monotonic() - before)
                return
            await asyncio.sleep(float(answer.headers["retry-after"]) * self._random.uniform(1, 1.5))
        self._book.lost.append(f"{kind}: still busy after {PATIENCE_SECONDS:g} s")

    async def _leave(self) -> None:
        """Sends a program, or half of one, and is gone."""
        body = json.dumps({"cells": self._edited(self._cells)}).encode()
        head = "POST /api/trace HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        head += f"Content-Length: {len(body)}\r\n\r\n"
        data = head.encode() + body
        await self._connection.leave(data[: self._random.choice([40, len(head), len(data) - 5, len(data)])])
        self._book.left += 1

    def _edited(self, cells: list[str]) -> list[str]:
        """The program with one of its numbers changed, and a line that nobody else has."""
        place = self._random.randrange(len(cells))
        changed = re.sub(r"\b\d\.\d\b", lambda _: f"{self._random.uniform(0.1, 9.9):.1f}", cells[place], count=1)
        return [*cells[:place], f"{changed}\n# {self._random.random()}", *cells[place + 1 :]]
