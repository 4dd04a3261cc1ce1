"""What the worker process can do: the two calls of app.trace, answered as JSON bytes."""

from __future__ import annotations

from typing import Any, Final

from app.interpreter import compile_all
from app.trace import BadRequest, edges, trace
from app.trace.encode import encode

__all__ = ["BadRequest", "run", "warm_up"]

# Touches what imports lazily (BLAS, printing, the parser's tables), so that no student waits for it.
WARM_UP: Final = """import torch
x = torch.rand(2, 2, requires_grad=True)
(x @ x).softmax(dim=1).sum().backward()
print(x.grad)
"""


def run(kind: str, request: dict[str, Any]) -> bytes:
    """One request. Raises BadRequest when it names operations or elements that the program does not have."""
    arguments = dict(request)
    cells = arguments.pop("cells")
    answer = trace if kind == "trace" else edges
    return encode(answer(cells, **arguments))


def warm_up() -> None:
    """Compiles the library's modules, runs one small program and one that fails."""
    compile_all()
    run("trace", {"cells": [WARM_UP, "torch.ones(2) @ 3"]})
