"""Which of our functions a program would call for an operator of PyTorch's database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.ops import python
from app.engine.registry import ATTRIBUTES, BINARY, METHODS, TORCH

Call = Callable[..., Any]


def _reflected(sign: str) -> Call:
    return lambda input, other: BINARY[sign](other, input)


SPECIAL: dict[str, Call] = {
    "__getitem__": python.getitem,
    "where": lambda input, condition, other: TORCH["where"](condition, input, other),
    "polygamma": lambda input, n: TORCH["polygamma"](n, input),
    "special.polygamma": lambda input, n: TORCH["special.polygamma"](n, input),
    "einsum": lambda input, equation: TORCH["einsum"](equation, *input),
    "zero_": lambda input: METHODS["zero_"](METHODS["clone"](input)),
    "__radd__": _reflected("+"),
    "__rsub__": _reflected("-"),
    "__rmul__": _reflected("*"),
    "__rdiv__": _reflected("/"),
    "__rmod__": _reflected("%"),
    "__rpow__": _reflected("**"),
    "__rmatmul__": _reflected("@"),
}


def ours(name: str) -> Call | None:
    """By name: `torch.name` (dotted for namespaces), a method, an attribute or an operator; None if there is none."""
    if name in SPECIAL:
        return SPECIAL[name]
    if name in ATTRIBUTES:
        return ATTRIBUTES[name].get
    found = TORCH.get(name)
    return found if callable(found) else METHODS.get(name)
