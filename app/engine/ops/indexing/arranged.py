"""Calls whose operands are checked and put in order first: as a function, and as a write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.operation import Operation
from app.engine.tensor import Tensor
from app.engine.write import write

Arranged = Callable[..., tuple[tuple[Tensor, ...], dict[str, Any]]]
"""From the call's arguments the operands behind the first, and the parameters; raises PyTorch's errors."""


def calling(operation: Operation, arranged: Arranged) -> Callable[..., Any]:
    """The function."""

    def run(input: Tensor, **given: Any) -> Any:
        others, params = arranged(input, **given)
        return operation.apply((input, *others), params)

    return run


def writing(operation: Operation, arranged: Arranged) -> Callable[..., Any]:
    """Its form in place."""

    def run(input: Tensor, **given: Any) -> Any:
        others, params = arranged(input, **given)
        return write(input, operation, others, params)

    return run
