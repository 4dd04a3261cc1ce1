"""numpy's functions as the program calls them, and what some of them do to tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.ops.creation.exchange import filled
from app.engine.tensor import Tensor
from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.listed import LINALG, LISTED
from app.interpreter.library.numpy.running import Cost, builtin, run
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Builtin, Keywords

BACK_TO_TENSORS = frozenset(
    [
        "argmin",
        "argmax",
        "cumsum",
        "cumprod",
        "round",
        "around",
        "clip",
        "reshape",
        "squeeze",
        "argsort",
        "ptp",
        "repeat",
        "take",
        "swapaxes",
        "transpose",
    ]
)
"""Of a tensor numpy asks the tensor's own method, which answers with a tensor."""
METHOD_REFUSES = {
    **dict.fromkeys(("sum", "mean"), "{0}() got an unexpected keyword argument 'axis'"),
    **dict.fromkeys(("prod", "min", "max", "amin", "amax"), "{0}(): argument 'dim' must be int, not NoneType"),
}
"""… or with PyTorch's refusal of the arguments that numpy hands on."""


def _offered(name: str, function: Callable[..., Any], cost: Cost) -> Builtin:
    plain = builtin(name, function, cost)
    if name not in BACK_TO_TENSORS and name not in METHOD_REFUSES:
        return plain

    def ask_tensor(machine: Machine, arguments: Arguments, keywords: Keywords) -> object:
        if not arguments or type(arguments[0]) is not Tensor:
            return run(machine, function, cost, arguments, keywords)
        if name in METHOD_REFUSES:
            raise TorchError("TypeError", METHOD_REFUSES[name].format(name.removeprefix("a")))
        answer = run(machine, function, cost, arguments, keywords)
        return filled(np.asarray(Exchange(machine).host(answer)))

    return Builtin(name, ask_tensor)


FUNCTIONS = {name: _offered(name, *row) for name, row in LISTED.items()}
LINEAR_ALGEBRA = {name: builtin(name, *row) for name, row in LINALG.items()}
