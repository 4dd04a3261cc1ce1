"""Where the arguments of a call go, worked out once for all calls with arguments of the same types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.engine.dtypes import DType
from app.engine.signature import ALIASES, Parameter, Signature
from app.engine.tensor import Tensor

NUMBERS = frozenset({bool, int, float})
UNCHANGED: dict[str, frozenset[type]] = {
    "Tensor": frozenset({Tensor}), "operand": NUMBERS | {Tensor}, "number": NUMBERS, "int": frozenset({int}),
    "float": frozenset({float}), "bool": frozenset({bool}), "dtype": frozenset({DType}), "str": frozenset({str}),
}  # fmt: skip
"""By a parameter's type: the types of what it takes as it is, whatever the value."""


class Plan:
    """The run of one overload, the parameters that the arguments go to in order, and what the others get."""

    __slots__ = ("names", "rest", "run")

    def __init__(self, run: Callable[..., Any], names: tuple[str, ...], rest: dict[str, object]) -> None:
        self.run = run
        self.names = names
        self.rest = rest

    def __call__(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        bound = dict(self.rest)
        bound.update(zip(self.names, (*args, *kwargs.values()), strict=True))
        return self.run(**bound)


def planned(
    signature: Signature, run: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Plan | None:
    """The plan of a call that fits `signature`; None where more than the types of its arguments decided that."""
    named = {p.name: p for p in signature.parameters}
    places = [p.name for p in signature.parameters if not p.keyword_only][: len(args)]
    names = (*places, *(key if key in named else ALIASES[key] for key in kwargs))
    if any(p.rest for p in signature.parameters):
        return None
    if not all(_unchanged(named[name], value) for name, value in zip(names, (*args, *kwargs.values()), strict=True)):
        return None
    return Plan(run, names, {name: p.fallback for name, p in named.items() if name not in names})


def _unchanged(parameter: Parameter, value: object) -> bool:
    if value is None:
        return parameter.optional
    return type(value) in UNCHANGED.get(parameter.type, ())


def refuses(signature: Signature, args: Sequence[Any]) -> bool:
    """Whether `signature` refuses these arguments for their types alone: a number stands where a tensor has to."""
    positional = [p for p in signature.parameters if not p.keyword_only]
    return any(p.type == "Tensor" and type(value) in NUMBERS for p, value in zip(positional, args, strict=False))
