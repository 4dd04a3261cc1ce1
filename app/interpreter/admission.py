"""What passes between program and engine: no shape of too many dimensions, no integer that has no 64 bits."""

from __future__ import annotations

from functools import cache

import numpy as np

from app.engine.dtypes import bool_, float64, int64
from app.engine.errors import TorchError
from app.engine.ops.element_types import TYPED
from app.engine.registry import METHODS, TORCH, Function
from app.engine.tensor import Size, Tensor
from app.interpreter.budget import Budget, exceeded
from app.interpreter.records import Arguments, Keywords, Type

SIZES = frozenset({"ints", "shape"})
"""Types of the parameters that can ask for a tensor of many dimensions."""
SMALLEST = -(1 << 63)
SHAPES = frozenset({list, tuple, Size})
TAKES_DATA = frozenset({"tensor", "as_tensor", "asarray", "new_tensor", "from_numpy", "is_tensor"})
"""Functions to which the element type of a number tells something."""
TAKES_TYPES = frozenset({"to", "type", "set_default_tensor_type"})
"""Functions whose arguments by position may be element types."""
ELEMENT_TYPES = {"bool": bool_, "int": int64, "float": float64}
"""What Python's number types stand for where PyTorch wants an element type."""


def check_integers(*values: object) -> None:
    """Python's error for an integer that no tensor can hold."""
    for value in values:
        if type(value) is int and not SMALLEST <= value <= -SMALLEST - 1:
            raise TorchError("OverflowError", "int too big to convert")


def as_numbers(value: object) -> object:
    """numpy's numbers as Python's, also in a sequence of sizes; anything else as it is."""
    if type(value) is Tensor:
        return value
    if isinstance(value, np.generic):
        return value.item()
    if type(value) in SHAPES and any(isinstance(item, np.generic) for item in value):  # type: ignore[attr-defined]
        return type(value)(as_numbers(item) for item in value)  # type: ignore[call-arg,attr-defined]
    return value


def as_element_type(value: object) -> object:
    """`float` as torch.float64 and its like; anything else as it is."""
    if type(value) is not Type:
        return value
    return ELEMENT_TYPES.get(value.name) or TYPED.get(value.name, value)


def check_arguments(budget: Budget, name: str, arguments: Arguments, keywords: Keywords) -> None:
    """Errors for arguments of an engine's function that it need not look at."""
    check_integers(*arguments, *keywords.values())
    check_shapes(budget, name, arguments, keywords)


def check_shapes(budget: Budget, name: str, arguments: Arguments, keywords: Keywords) -> None:
    """LimitError when a function that takes a shape is given too long a one."""
    if name not in _shaped():
        return
    most = budget.limits.dims
    values = [*arguments, *keywords.values()]
    lengths = [len(value) for value in values if type(value) in SHAPES]  # type: ignore[arg-type]
    if sum(type(value) is int for value in values) > most or any(length > most for length in lengths):
        raise exceeded("dims", most)
    for value in values:
        if type(value) in SHAPES:
            check_integers(*value)  # type: ignore[misc]


@cache
def _shaped() -> frozenset[str]:
    """The functions that take a shape, by what their signatures say."""
    functions = [f for table in (TORCH, METHODS) for f in table.values() if isinstance(f, Function)]
    return frozenset(
        f.name for f in functions if any(p.type in SIZES for o in f.overloads for p in o.signature.parameters)
    )


def admitted(budget: Budget, result: object) -> object:
    """`result`, when it is no tensor of too many dimensions."""
    if type(result) is Tensor and len(result.shape) > budget.limits.dims:
        raise exceeded("dims", budget.limits.dims)
    return result
