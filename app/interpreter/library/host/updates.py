"""`_host.update`: one optimizer's step on one parameter."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.engine.ops.updates.update import UPDATES, step
from app.engine.tensor import Tensor
from app.interpreter.errors import type_error
from app.interpreter.library.host import primitive
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords
from app.interpreter.types import type_name

NUMBERS = frozenset({bool, int, float})


def _number(name: str, value: object) -> Any:
    """An option as Python numbers: a tensor of one element counts as its number."""
    kind = type(value)
    if kind in NUMBERS:
        return value
    if kind is Tensor and value.numel == 1:  # type: ignore[attr-defined]
        return value.array.item()  # type: ignore[attr-defined]
    if kind in (tuple, list) and len(value) == 2:  # type: ignore[arg-type]
        return tuple(_number(name, entry) for entry in value)  # type: ignore[attr-defined]
    raise type_error(f"the option {name} of an optimizer should be a number, but is {type_name(value)}")


def _size(parameter: Tensor, other: Tensor) -> str:
    return (
        f"The size of tensor a {list(parameter.shape)} must match the size of tensor b {list(other.shape)} in an "
        "optimizer's step"
    )


@primitive("update")
def _update(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """`update(name, parameter, gradient, state, group)`: the parameter's next version and the state's."""
    name, parameter, gradient, state, group = arguments
    assert type(name) is str
    if type(parameter) is not Tensor or type(gradient) is not Tensor:
        raise type_error("an optimizer's step needs a parameter and its gradient")
    if type(state) is not dict or type(group) is not dict:
        raise type_error("the state and the groups of an optimizer should be dicts")
    options = {}
    for option in UPDATES[name].options:
        if option not in group:
            raise TorchError("KeyError", f"'{option}'")
        options[option] = _number(option, group[option])
    for key, kept in state.items():
        if type(kept) is not Tensor:
            raise type_error(f"the optimizer's state {key} should be a Tensor, but is {type_name(kept)}")
        if kept.numel != 1 and kept.shape != parameter.shape:
            raise TorchError("RuntimeError", _size(parameter, kept))
    if gradient.shape != parameter.shape:
        raise TorchError("RuntimeError", _size(parameter, gradient))
    machine.budget.step(len(options))
    step(name, parameter, gradient, state, options)
