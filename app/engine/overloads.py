"""What PyTorch says when none of several overloads takes a call's arguments.

Source: `FunctionParser::print_error` and `format_invalid_args` of torch/csrc: an overload that is alone in taking so
many arguments is meant, and answers for itself; otherwise all are listed, and those with as many entries as there are
arguments are compared with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.engine.arguments import Mismatch, type_name
from app.engine.errors import TorchError
from app.engine.signature import Parameter, Signature

SHOWN = {
    "operand": "Tensor", "number": "Number", "ints": "tuple of ints", "shape": "tuple of ints", "dtype": "torch.dtype",
    "tensors": "tuple of Tensors", "list": "tuple of Tensors",
    "generator": "torch.Generator",
}  # fmt: skip
EXACT = {"int": ("int",), "bool": ("bool",), "float": ("float", "int"), "str": ("str",), "dtype": ("torch.dtype",)}
"""Types that PyTorch recognises by name here; a number is never recognised, a tuple of ints by `tuple` alone."""


def refused(
    name: str, signatures: Sequence[Signature], refusals: Sequence[Mismatch], args: Sequence[Any],
    kwargs: Mapping[str, Any], method: bool, outs: bool = False,
) -> TorchError:  # fmt: skip
    """The TypeError for a call that no signature takes; `refusals` are the signatures' own answers.

    Older forms are among the signatures, but PyTorch does not show them.
    """
    shown = args[1:] if method else args
    options = [s for s in signatures if not s.older]
    meant = [n for n, s in enumerate(options) if s.takes(len(shown) + len(kwargs), method)]
    if len(signatures) == 1 or len(meant) == 1:
        return TorchError("TypeError", str(refusals[meant[0] if len(meant) == 1 else 0]), code="arguments")
    if len(options) == 1:
        return TorchError("TypeError", f"{name}() {_only(options[0], shown, kwargs, method, outs)}", code="arguments")
    got = ", ".join(type_name(a) for a in shown) + ", " * bool(shown and kwargs)
    got += ", ".join(f"{key}={type_name(value)}" for key, value in kwargs.items())
    lines = "".join(_option(s, shown, kwargs, method) for s in options)
    return TorchError(
        "TypeError",
        f"{name}() received an invalid combination of arguments - got ({got}{'' if shown or not kwargs else ', '}), "
        f"but expected one of:\n{lines}",
        code="arguments",
    )


def _only(signature: Signature, args: Sequence[Any], kwargs: Mapping[str, Any], method: bool, outs: bool) -> str:
    """What was given, compared with the only form that is shown."""
    entries = _entries(signature, method)
    given = [
        _listed(value) if place < len(entries) and _matches(entries[place], value) else f"!{_listed(value)}!"
        for place, value in enumerate(args)
    ]
    given += [f"{key}={_listed(value)}" for key, value in kwargs.items()]
    expected = ", ".join(_shown(e) for e in entries) + ", Tensor out = None" * outs
    return f"received an invalid combination of arguments - got ({', '.join(given)}), but expected ({expected})"


def _option(signature: Signature, args: Sequence[Any], kwargs: Mapping[str, Any], method: bool) -> str:
    """One overload's line, and what does not match where the number of arguments does."""
    entries = _entries(signature, method)
    line = f" * ({', '.join(_shown(e) for e in entries)})\n"
    if len(args) + len(kwargs) != max(len(entries), 1):
        return line
    last = {e.name for e in entries[len(args) :] if e is not None}
    unknown = [key for key in kwargs if key not in last]
    if unknown:
        return f"{line}      didn't match because some of the keywords were incorrect: {', '.join(unknown)}\n"
    described = _described(entries, args, kwargs)
    return f"{line}      didn't match because some of the arguments have invalid types: ({described})\n"


def _entries(signature: Signature, method: bool) -> list[Parameter | None]:
    """The parameters, with None for the star."""
    entries: list[Parameter | None] = []
    for parameter in signature.parameters[1 if method else 0 :]:
        if parameter.keyword_only and not any(e is None for e in entries):
            entries.append(None)
        entries.append(parameter)
    return entries


def _shown(parameter: Parameter | None) -> str:
    if parameter is None:
        return "*"
    value = f'"{parameter.default}"' if isinstance(parameter.default, str) else parameter.default
    default = "" if parameter.required else f" = {value}"
    return f"{SHOWN.get(parameter.type, parameter.type)} {parameter.name}{default}"


def _described(entries: Sequence[Parameter | None], args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """Each argument's type, between exclamation marks where it is not the one of its place."""
    parts = []
    for place, entry in enumerate(entries or [None]):
        name = "" if place < len(args) or entry is None else entry.name
        value = kwargs[name] if name else args[place]
        text = f"{name}={_listed(value)}" if name else _listed(value)
        parts.append(text if _matches(entry, value) else f"!{text}!")
    return ", ".join(parts) + (", " if kwargs and not args else "")


def _matches(entry: Parameter | None, value: Any) -> bool:
    if entry is None:
        return False
    if entry.type in ("ints", "shape"):
        return isinstance(value, tuple)
    return type_name(value) in EXACT.get(entry.type, (SHOWN.get(entry.type, entry.type),))


def _listed(value: Any) -> str:
    """`tuple of (int, int)`, `list of [int]`."""
    if not isinstance(value, (tuple, list)):
        return type_name(value)
    inner = ", ".join(type_name(v) for v in value)
    if isinstance(value, list):
        return f"list of [{inner}]"
    return f"{type_name(value)} of ({inner}{',' if len(value) == 1 else ''})"
