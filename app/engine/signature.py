"""Signatures in PyTorch's own notation, and the binding of a call's arguments to them.

`"Tensor input, int dim, bool keepdim=False, *, dtype? dtype=None"`. Types: Tensor, operand (Tensor or number),
number, int, ints (an int or a sequence), shape (a sequence of ints), float, bool, dtype, tensors (a sequence), str,
any; `?` admits None; `ints...` also takes the rest of the positional arguments (`x.view(2, 3)`). A text that starts
with `def` stands for a function that PyTorch writes in Python: Python's own words refuse its arguments. One that starts
with `older` is a form that PyTorch takes but no longer shows (`p.add_(-lr, grad)`).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.arguments import Mismatch, Unpackable, converted, is_int
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

    @property
    def fallback(self) -> object:
        """What the function gets where nothing is given: `ints stride=1` stands for (1,)."""
        single = self.type == "ints" and isinstance(self.default, int)
        return (self.default,) if single else self.default


@dataclass(frozen=True)
class Signature:
    """The parameters of one overload."""

    text: str
    parameters: tuple[Parameter, ...]
    python: bool = False
    older: bool = False

    def bind(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any], method: bool) -> dict[str, Any]:
        """Arguments by parameter name, converted; raises `Mismatch`."""
        if method and len(self.parameters) == 1 and not self.python and (kwargs or len(args) > 1):
            what = "keyword arguments" if kwargs else f"arguments ({len(args) - 1} given)"
            raise Mismatch(f"TensorBase.{name}() takes no {what}")
        name = f"Tensor.{name}" if method and self.python else name
        values = self._placed(name, list(args), method)
        unexpected = self._named(name, values, kwargs)
        if unexpected is not None and self.python:
            raise unexpected
        bound = self._checked(name, values, method, len(args))
        if unexpected is not None:
            raise unexpected
        return bound

    def takes(self, count: int, method: bool) -> bool:
        """Whether a call with so many arguments, self not counted, could be meant for this overload."""
        least = sum(p.required for p in self.parameters) - method
        return least <= count <= len(self.parameters) - method

    def _placed(self, name: str, args: list[Any], method: bool) -> dict[str, Any]:
        positional = [p for p in self.parameters if not p.keyword_only]
        values: dict[str, Any] = {}
        for place, parameter in enumerate(positional):
            if place >= len(args):
                return values
            if parameter.rest and (parameter.type == "any" or is_int(args[place])):
                values[parameter.name] = tuple(args[place:])
                return values
            values[parameter.name] = args[place]
        if len(args) > len(positional):
            raise Mismatch(_too_many(name, positional, len(args), method and not self.python))
        return values

    def _named(self, name: str, values: dict[str, Any], kwargs: Mapping[str, Any]) -> Mismatch | None:
        """Put keyword arguments in their places; what the first one without a place is told comes back."""
        unexpected = None
        for key, value in kwargs.items():
            key = key if any(p.name == key for p in self.parameters) else ALIASES.get(key, key)
            if not any(p.name == key for p in self.parameters):
                unexpected = unexpected or Mismatch(f"{name}() got an unexpected keyword argument '{key}'")
            elif key in values:
                unexpected = unexpected or Mismatch(f"{name}() got multiple values for argument '{key}'")
            else:
                values[key] = value
        return unexpected

    def _checked(self, name: str, values: dict[str, Any], method: bool, given: int) -> dict[str, Any]:
        bound: dict[str, Any] = {}
        for place, p in enumerate(self.parameters):
            if p.name in values:
                at = f" (position {place + 1 - method})" if place < given else ""
                bound[p.name] = _fitted(p, values[p.name], f"{name}(): argument '{p.name}'", at)
            elif p.required:
                left = [q.name for q in self.parameters[place:] if q.required and q.name not in values]
                raise Mismatch(_missing(name, left, self.python))
            else:
                bound[p.name] = p.fallback
        return bound


def _fitted(parameter: Parameter, value: Any, argument: str, at: str) -> Any:
    try:
        return converted(parameter.type, parameter.optional, value)
    except Unpackable as refusal:
        raise TorchError("TypeError", f"{argument} {refusal}", code="arguments") from None
    except Mismatch as refusal:
        raise Mismatch(f"{argument}{at} must be {refusal}") from None


def _too_many(name: str, positional: Sequence[Parameter], count: int, without_self: bool) -> str:
    """The words for more positional arguments than there are parameters."""
    given, most = count - without_self, len(positional) - without_self
    least = sum(p.required for p in positional) - without_self
    span = f"{most}" if least == most else f"from {least} to {most}"
    plural = "" if least == most == 1 else "s"
    return f"{name}() takes {span} positional argument{plural} but {given} {'were' if given != 1 else 'was'} given"


def _missing(name: str, missing: list[str], python: bool) -> str:
    """C++ functions count and list what is missing without a thought for grammar; Python's have grammar."""
    if not python:
        names = ", ".join(f'"{m}"' for m in missing)
        return f"{name}() missing {len(missing)} required positional argument{'s' * (len(missing) == 1)}: {names}"
    quoted = [f"'{m}'" for m in missing]
    names = " and ".join(quoted) if len(quoted) < 3 else f"{', '.join(quoted[:-1])}, and {quoted[-1]}"
    return f"{name}() missing {len(missing)} required positional argument{'s' if len(missing) > 1 else ''}: {names}"


def parse(text: str) -> Signature:
    """A signature from its notation."""
    python, older = text.startswith("def "), text.startswith("older ")
    text = text.removeprefix("def ").removeprefix("older ")
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
    return Signature(text, tuple(parameters), python, older)


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
