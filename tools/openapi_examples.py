"""Writes app/web/examples.json, the examples of the API's reference: what the server answered, word for word.

    python -m tools.openapi_examples

A test makes them again and compares. A new route needs a row in CASES.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NoReturn
from unittest.mock import patch

from fastapi.testclient import TestClient

import app
from app.main import create_app
from app.service import BusyError
from app.settings import Settings
from app.web import body
from app.web.pretty import pretty

PATH: Final = Path(app.__file__).parent / "web" / "examples.json"
JSON: Final = "application/json"

SQUARES: Final = """import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = (x * x).sum()
y.backward()
print(x.grad)"""
NO_SEED: Final = """import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = x * 3
y.backward()"""
MATMUL: Final = """import torch
x = torch.tensor([[1., 2.]], requires_grad=True)
w = torch.tensor([[3., 0.], [0., 4.]])
y = x @ w
y.sum().backward()"""


@dataclass(frozen=True)
class Case:
    """One request to one route, and what is shown of it."""

    operation: str
    name: str
    summary: str
    path: str
    request: dict[str, Any] | None = None
    content: bytes | None = None  # a body that is no JSON, in place of `request`
    type: str = JSON
    status: int = 200
    plight: Literal["", "busy", "slow"] = ""  # as if the queue were full, or the body did not arrive
    server: str = "running"
    first: int | None = None  # of a list, or of a text's lines of comment, show so many


def refusals(operation: str) -> list[Case]:
    """What every route with a body says to bodies that it does not take."""
    path = f"/api/{operation}"
    return [
        Case(operation, "not-json", "NaN is not JSON", path, content=b'{"cells": [NaN]}', status=400),
        Case(operation, "slow", "half a body", path, {}, plight="slow", status=408),
        Case(operation, "too-large", "65 kB", path, content=b" " * (body.BODY_BYTES + 1), status=413),
        Case(operation, "a-form", "sent as a form", path, content=b"a=1", type="text/plain", status=415),
        Case(operation, "misspelt", '"sed" for "seed"', path, {"cells": [SQUARES], "sed": 1}, status=422),
        Case(
            operation,
            "busy",
            "a full queue",
            path,
            {"cells": [SQUARES]} | QUESTION[operation],
            plight="busy",
            status=429,
        ),
    ]


ROWS: Final = {"op": 0, "input": 0, "output": 0}
QUESTION: Final[dict[str, dict[str, Any]]] = {"trace": {}, "edges": {**ROWS, "of_outputs": [0]}}
TOO_MUCH: Final = "import torch\ntorch.ones(100_000, 100_000)"

CASES: Final = [
    Case("trace", "squares", "A sum of squares", "/api/trace", {"code": SQUARES}),
    Case("trace", "no-seed", "A program that fails: 200, and the trace up to there", "/api/trace", {"code": NO_SEED}),
    Case("trace", "too-much", "A program over a budget", "/api/trace", {"cells": [TOO_MUCH]}),
    *refusals("trace"),
    Case(
        "edges",
        "of-outputs",
        "The edges into one element of a matrix product",
        "/api/edges",
        {"code": MATMUL, **ROWS, "of_outputs": [1]},
    ),
    Case("edges", "paths", "Between two tensors, over all paths", "/api/edges", {"code": SQUARES, "from": 0, "to": 2}),
    Case(
        "edges",
        "over-budget",
        "More edges than asked for",
        "/api/edges",
        {"code": MATMUL, **ROWS, "of_outputs": [0], "limits": {"edges": 1}},
    ),
    *refusals("edges"),
    Case(
        "edges",
        "no-such-operation",
        "The program has no operation 9",
        "/api/edges",
        {"code": SQUARES, "op": 9, "input": 0, "output": 0, "of_outputs": [0]},
        status=422,
    ),
    Case("ops", "first", "The first of them", "/api/ops", first=1),
    Case("programs", "first", "The first of them", "/api/programs", first=1),
    Case("program", "sin", "The program of one function", "/api/programs/sin"),
    Case("program", "unknown", "A name that there is not", "/api/programs/tan", status=404),
    Case("healthz", "up", "It is", "/healthz"),
    Case("readyz", "ready", "It can", "/readyz"),
    Case("readyz", "starting", "The server is starting", "/readyz", status=503, server="starting"),
    Case("metrics", "names", "The beginning, without the numbers", "/metrics", first=6),
    Case("metrics", "public", "From a public address", "/metrics", status=403, server="public"),
    Case("metrics", "none", "BACKPASS_METRICS=none", "/metrics", status=404, server="silent"),
]


class FullQueue:
    """A service that has no room for anybody."""

    async def call(self, *_: object) -> NoReturn:
        """Raises BusyError."""
        raise BusyError(2)


def made() -> list[dict[str, Any]]:
    """The examples, each asked of the whole application in this process."""
    # A machine that is busy with something else must not turn an answer into one about time.
    with TestClient(create_app(Settings(deadline_seconds=60, metrics="all"))) as running:
        clients = {
            "running": running,
            "starting": TestClient(create_app(Settings())),
            "public": TestClient(create_app(Settings()), client=("192.0.3.1", 40_000)),
            "silent": TestClient(create_app(Settings(metrics="none"))),
        }
        return [example(case, clients[case.server]) for case in CASES]


def example(case: Case, client: TestClient) -> dict[str, Any]:
    """One request and its answer. Raises ValueError when the answer is of another status than the row says."""
    with PLIGHTS[case.plight](client):
        answer = ask(case, client)
    if answer.status_code != case.status:
        raise ValueError(f"{case.operation}, {case.name}: answered with {answer.status_code}: {answer.text[:200]}")
    said = {"operation": case.operation, "name": case.name, "summary": case.summary, "status": case.status}
    if case.request is not None and case.status == 200:
        said["request"] = case.request
    media = answer.headers["content-type"]
    shown = answer.json() if media.startswith(JSON) else comments(answer.text)
    if case.first is not None:
        shown = shown[: case.first]
    return said | {"response": shown if media.startswith(JSON) else "\n".join(shown)}


def comments(text: str) -> list[str]:
    """The lines of a text of metrics that say what they are, which is always the same."""
    return [line for line in text.splitlines() if line.startswith("# ")]


def ask(case: Case, client: TestClient) -> Any:
    """The answer to a case."""
    if case.request is None and case.content is None:
        return client.get(case.path)
    sent = case.content if case.content is not None else json.dumps(case.request).encode()
    return client.post(case.path, content=sent, headers={"Content-Type": case.type})


@contextlib.contextmanager
def full(client: TestClient) -> Iterator[None]:
    """The application as if too many waited."""
    state = client.app.state  # type: ignore[attr-defined]
    service, state.service = state.service, FullQueue()
    try:
        yield
    finally:
        state.service = service


def slow(client: TestClient) -> contextlib.AbstractContextManager[Any]:
    """The application as if a client had stopped in the middle of its body."""
    return patch.object(body, "within_limit", side_effect=TimeoutError)


PLIGHTS: Final[dict[str, Callable[[TestClient], contextlib.AbstractContextManager[Any]]]] = {
    "": contextlib.nullcontext,
    "busy": full,
    "slow": slow,
}

if __name__ == "__main__":
    PATH.write_text(pretty(made()) + "\n", "utf-8")
