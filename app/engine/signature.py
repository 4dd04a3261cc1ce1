"""Signatures in PyTorch's own notation, and the binding of a call's arguments to them.

`"Tensor input, int dim, bool keepdim=False, *, dtype? dtype=None"`. Types: Tensor, operand (Tensor or number),
number, int, ints (an int or a sequence), float, bool, dtype, tensors (a sequence), str, any; `?` admits None;
`ints...` also takes the rest of the positional arguments (`x.view(2, 3)`).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.arguments import Mismatch, converted, type_name
from app.engine.errors import TorchError

REQUIRED = object()
ALIASES = {"axis": "dim", "keepdims": "keepdim", "x": "input", "self": "input", "x1": "input", "x2": "other"}
"""NumPy's names, which PyTorch takes as well."""


@dataclass(frozen=True)
class Parameter:
    name: str
    type: str
    optional: bool
    default: object
    rest: bool
    keyword_only: bool

    @property
    def required(self) -> bool:
        return self.default is REQUIRED


@dataclass(frozen=True)
class Signature:
    """The parameters of one overload."""

    text: str
    parameters: tuple[Parameter, ...]

    def bind(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any], method: bool) -> dict[str, Any]:
        """Arguments by parameter name, converted; raises `Mismatch`."""
        positional = [p for p in self.parameters if not p.keyword_only]
        values = self._placed(name, positional, list(args), method)
        for key, value in kwargs.items():
            key = key if any(p.name == key for p in self.parameters) else ALIASES.get(key, key)
            if not any(p.name == key for p in self.parameters):
                raise Mismatch(f"{name}() got an unexpected keyword argument '{key}'")
            if key in values:
                raise Mismatch(f"{name}() got multiple values for argument '{key}'")
            values[key] = value
        return self._checked(name, values, method)

    def _placed(self, name: str, positional: list[Parameter], args: list[Any], method: bool) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for place, parameter in enumerate(positional):
            if place >= len(args):
                return values
            if parameter.rest and (len(args) > place + 1 or not isinstance(args[place], (tuple, list))):
                values[parameter.name] = tuple(args[place:])
                return values
            values[parameter.name] = args[place]
        if len(args) > len(positional):
            given, most = len(args) - method, len(positional) - method
            raise Mismatch(
                f"{name}() takes {most} positional argument{'s' if most != 1 else ''} but {given} "
                f"{'were' if given != 1 else 'was'} given"
            )
        return values

    def _checked(self, name: str, values: dict[str, Any], method: bool) -> dict[str, Any]:
        bound: dict[str, Any] = {}
        missing = [p.name for p in self.parameters if p.required and p.name not in values]
        if missing:
            names = ", ".join(f'"{m}"' for m in missing)
            raise Mismatch(f"{name}() missing {len(missing)} required positional arguments: {names}")
        for place, p in enumerate(self.parameters):
            if p.name not in values:
                bound[p.name] = p.default
                continue
            try:
                bound[p.name] = converted(p.type, p.optional, values[p.name])
            except Mismatch as refusal:
                at = f" (position {place + 1 - method})" if not p.keyword_only else ""
                raise Mismatch(f"{name}(): argument '{p.name}'{at} must be {refusal}") from None
        return bound


def parse(text: str) -> Signature:
    """A signature from its notation."""
    parameters = []
    keyword_only = False
    for part in filter(None, (p.strip() for p in _split(text))):
        if part == "*":
            keyword_only = True
            continue
        declared, _, default = part.partition("=")
        kind, name = declared.split()
        rest, optional = kind.endswith("..."), kind.removesuffix("...").endswith("?")
        parameters.append(
            Parameter(
                name, kind.removesuffix("...").removesuffix("?"), optional,
                ast.literal_eval(default) if default else REQUIRED, rest, keyword_only,
            )
        )  # fmt: skip
    return Signature(text, tuple(parameters))


def _split(text: str) -> list[str]:
    """At commas outside brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def invalid_combination(
    name: str, signatures: Sequence[Signature], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> TorchError:
    """PyTorch's answer when none of several overloads fits."""
    got = [type_name(a) if not isinstance(a, (tuple, list)) else _list_name(a) for a in args]
    got += [f"{key}={type_name(value)}" for key, value in kwargs.items()]
    lines = "\n".join(f" * ({s.text})" for s in signatures)
    return TorchError(
        "TypeError",
        f"{name}() received an invalid combination of arguments - got ({', '.join(got)}), but expected one of:\n"
        f"{lines}\n",
        code="arguments",
    )


def _list_name(value: Sequence[Any]) -> str:
    """`tuple of (int, int)`, as PyTorch lists what it got."""
    inner = ", ".join(type_name(v) for v in value)
    return f"{type(value).__name__} of ({inner}{',' if len(value) == 1 and isinstance(value, tuple) else ''})"
