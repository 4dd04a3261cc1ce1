"""`x.apply_(f)` and `x.map_(y, f)`: a function of the program on every number, one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.ops.creation.literal import tensor_of
from app.engine.registry import METHODS
from app.engine.tensor import Tensor
from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.protocol import call
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import positional
from app.interpreter.types import NUMBERS, type_name


def _write(machine: Machine, tensor: Tensor, function: object, *columns: Any) -> Tensor:
    machine.budget.container(tensor.numel)
    results = []
    for numbers in zip(*columns, strict=True):
        machine.budget.step()
        result: Any = call(machine, function, list(numbers))
        if type(result) is Tensor and result.numel == 1:
            result = result.array.item()
        if type(result) not in NUMBERS:
            raise type_error(f"must be real number, not {type_name(result)}")
        results.append(result)
    made = np.array(results).reshape(tensor.shape)
    METHODS["copy_"](tensor, tensor_of(made.tolist(), tensor.dtype))
    return tensor


def _check(tensor: Tensor, name: str) -> None:
    if tensor.requires_grad:
        raise TorchError(
            "RuntimeError", f"Can't call {name}() on Variable that requires grad. Use var.detach().{name}() instead."
        )


def apply_(machine: Machine, tensor: Tensor, arguments: Arguments, keywords: Keywords) -> Tensor:
    """`x.apply_(f)`: x[i] ← f(x[i])."""
    (function,) = positional("apply_", arguments, keywords, 1, 1)
    _check(tensor, "apply_")
    return _write(machine, tensor, function, tensor.array.ravel().tolist())


def map_(machine: Machine, tensor: Tensor, arguments: Arguments, keywords: Keywords) -> Tensor:
    """`x.map_(y, f)`: x[i] ← f(x[i], y[i])."""
    other, function = positional("map_", arguments, keywords, 2, 2)
    _check(tensor, "map_")
    if type(other) is not Tensor or other.shape != tensor.shape:
        raise type_error("map_(): the other argument must be a tensor of the same shape")
    return _write(machine, tensor, function, tensor.array.ravel().tolist(), other.array.ravel().tolist())


EACH: dict[str, Callable[[Machine, Tensor, Arguments, Keywords], object]] = {"apply_": apply_, "map_": map_}
"""Methods of tensors that the interpreter runs itself."""
