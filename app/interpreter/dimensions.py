"""The budget of dimensions: shapes are looked at before the engine sees them, results before the program does."""

from __future__ import annotations

from app.engine.tensor import Size, Tensor
from app.interpreter.budget import Budget, exceeded
from app.interpreter.records import Arguments, Keywords

SHAPED = frozenset(
    [
        "ones",
        "zeros",
        "full",
        "empty",
        "rand",
        "randn",
        "randint",
        "view",
        "reshape",
        "expand",
        "repeat",
        "broadcast_to",
        "broadcast_shapes",
    ]
)
SHAPES = frozenset({list, tuple, Size})


def check_shapes(budget: Budget, name: str, arguments: Arguments, keywords: Keywords) -> None:
    """LimitError when a function that takes a shape is given too long a one."""
    if name not in SHAPED:
        return
    most = budget.limits.dims
    values = [*arguments, *keywords.values()]
    lengths = [len(value) for value in values if type(value) in SHAPES]  # type: ignore[arg-type]
    if sum(type(value) is int for value in values) > most or any(length > most for length in lengths):
        raise exceeded("dims", most)


def admitted(budget: Budget, result: object) -> object:
    """`result`, when it is no tensor of too many dimensions."""
    if type(result) is Tensor and len(result.shape) > budget.limits.dims:
        raise exceeded("dims", budget.limits.dims)
    return result
