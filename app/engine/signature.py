"""Signatures in PyTorch's own notation, and the binding of a call's arguments to them.

`"Tensor input, int dim, bool keepdim=False, *, dtype? dtype=None"`. Types: Tensor, operand (Tensor or number),
number, int, ints (an int or a sequence), float, bool, dtype, tensors (a sequence), str, any; `?` admits None;
`ints...` also takes the rest of the positional arguments (`x.view(2, 3)`).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.tensor import Tensor

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


class Mismatch(Exception):
    """These arguments do not fit this signature; the message is PyTorch's for a function of one signature."""


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
                bound[p.name] = _convert(p, values[p.name])
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


def _convert(parameter: Parameter, value: Any) -> Any:
    if value is None and parameter.optional:
        return None
    return _CONVERTERS[parameter.type](value)


def _tensor(value: Any) -> Tensor:
    if not isinstance(value, Tensor):
        raise Mismatch(f"Tensor, not {type_name(value)}")
    return value


def _operand(value: Any) -> Any:
    if isinstance(value, Tensor) or _is_number(value):
        return value
    raise Mismatch(f"Tensor, not {type_name(value)}")


def _number(value: Any) -> Any:
    if _is_number(value):
        return value
    if isinstance(value, Tensor) and not value.shape and not value.requires_grad:
        return value.array.item()
    raise Mismatch(f"Number, not {type_name(value)}")


def _int(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Tensor) and value.dtype.category == 1 and value.numel == 1:
        return int(value.array.item())
    raise Mismatch(f"int, not {type_name(value)}")


def _ints(value: Any) -> tuple[int, ...]:
    if isinstance(value, (tuple, list)):
        if len(value) == 1 and isinstance(value[0], (tuple, list)):
            value = value[0]
        for place, item in enumerate(value):
            try:
                _int(item)
            except Mismatch:
                raise Mismatch(f"tuple of ints, but found element of type {type_name(item)} at pos {place}") from None
        return tuple(_int(item) for item in value)
    try:
        return (_int(value),)
    except Mismatch:
        raise Mismatch(f"tuple of ints, not {type_name(value)}") from None


def _float(value: Any) -> float:
    number = _number(value)
    return float(number)


def _bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Mismatch(f"bool, not {type_name(value)}")


def _dtype(value: Any) -> DType:
    if isinstance(value, DType):
        return value
    raise Mismatch(f"torch.dtype, not {type_name(value)}")


def _tensors(value: Any) -> tuple[Tensor, ...]:
    if not isinstance(value, (tuple, list)):
        raise Mismatch(f"tuple of Tensors, not {type_name(value)}")
    for place, item in enumerate(value):
        if not isinstance(item, Tensor):
            raise Mismatch(f"tuple of Tensors, but found element of type {type_name(item)} at pos {place}")
    return tuple(value)


def _str(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise Mismatch(f"str, not {type_name(value)}")


def _any(value: Any) -> Any:
    return value


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "Tensor": _tensor, "operand": _operand, "number": _number, "int": _int, "ints": _ints, "float": _float,
    "bool": _bool, "dtype": _dtype, "tensors": _tensors, "str": _str, "any": _any,
}  # fmt: skip


def _is_number(value: object) -> bool:
    return isinstance(value, (bool, int, float))


def type_name(value: object) -> str:
    """The name of a value's type as PyTorch's messages give it."""
    if isinstance(value, Tensor):
        return "Parameter" if value.is_parameter else "Tensor"
    if isinstance(value, DType):
        return "torch.dtype"
    return type(value).__name__


def invalid_combination(
    name: str, signatures: Sequence[Signature], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> TorchError:
    """PyTorch's answer when none of several overloads fits."""
    got = [type_name(a) if not isinstance(a, (tuple, list)) else _list_name(a) for a in args]
    got += [f"{key}={type_name(value)}" for key, value in kwargs.items()]
    lines = "\n".join(f" * ({s.text})" for s in signatures)
    return TorchError(
        "TypeError",
        f"{name}() received an invalid combination of arguments - got ({', '.join(got)}), but expected one of:\n{lines}\n",
        code="arguments",
    )


def _list_name(value: Sequence[Any]) -> str:
    """`tuple of (int, int)`, as PyTorch lists what it got."""
    inner = ", ".join(type_name(v) for v in value)
    return f"{type(value).__name__} of ({inner}{',' if len(value) == 1 and isinstance(value, tuple) else ''})"
