"""Binding the arguments of a call to a function's parameters, with Python's own messages."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.errors import TorchError
from app.interpreter.errors import type_error
from app.interpreter.records import Arguments, Function, Keywords


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameter list of one `def` or `lambda`. `positional` includes the positional-only ones before `/`."""

    positional: tuple[str, ...] = ()
    positional_only: int = 0
    rest: str | None = None
    keyword_only: tuple[str, ...] = ()
    keywords: str | None = None

    @property
    def simple(self) -> bool:
        return not (self.rest or self.keyword_only or self.keywords or self.positional_only)


def bind(function: Function, arguments: Arguments, keywords: Keywords) -> dict[str, object]:
    """The variables that the body starts with; TypeError when the arguments do not fit."""
    parameters = function.parameters
    names = parameters.positional
    if not keywords and len(arguments) == len(names) and parameters.simple:
        return dict(zip(names, arguments, strict=True))
    bound: dict[str, object] = dict(zip(names, arguments, strict=False))
    extra = arguments[len(names) :]
    _bind_keywords(function, bound, keywords)
    if parameters.rest is not None:
        bound[parameters.rest] = tuple(extra)
    elif extra:
        raise _too_many(function, len(arguments), bound)
    _fill_defaults(function, bound)
    return bound


def _bind_keywords(function: Function, bound: dict[str, object], keywords: Keywords) -> None:
    parameters = function.parameters
    accepted = (*parameters.positional[parameters.positional_only :], *parameters.keyword_only)
    others: dict[object, object] = {}
    for name, value in keywords.items():
        if name in accepted:
            if name in bound:
                raise type_error(f"{function.qualname}() got multiple values for argument '{name}'")
            bound[name] = value
        elif parameters.keywords is not None:
            others[name] = value
        elif name in parameters.positional:
            raise type_error(
                f"{function.qualname}() got some positional-only arguments passed as keyword arguments: '{name}'"
            )
        else:
            raise type_error(f"{function.qualname}() got an unexpected keyword argument '{name}'")
    if parameters.keywords is not None:
        bound[parameters.keywords] = others


def _fill_defaults(function: Function, bound: dict[str, object]) -> None:
    names = function.parameters.positional
    first = len(names) - len(function.defaults)
    missing = []
    for index, name in enumerate(names):
        if name not in bound:
            if index < first:
                missing.append(name)
            else:
                bound[name] = function.defaults[index - first]
    if missing:
        raise _missing(function, "positional", missing)
    for name in function.parameters.keyword_only:
        if name not in bound:
            if name in function.keyword_defaults:
                bound[name] = function.keyword_defaults[name]
            else:
                missing.append(name)
    if missing:
        raise _missing(function, "keyword-only", missing)


def _missing(function: Function, kind: str, names: list[str]) -> TorchError:
    quoted = [f"'{name}'" for name in names]
    if len(quoted) > 1:
        comma = "," if len(quoted) > 2 else ""
        text = ", ".join(quoted[:-1]) + f"{comma} and {quoted[-1]}"
    else:
        text = quoted[0]
    plural = "s" if len(quoted) > 1 else ""
    return type_error(f"{function.qualname}() missing {len(names)} required {kind} argument{plural}: {text}")


def _too_many(function: Function, given: int, bound: dict[str, object]) -> TorchError:
    most = len(function.parameters.positional)
    least = most - len(function.defaults)
    takes = f"from {least} to {most}" if least != most else str(most)
    plural = "" if most == 1 and least == most else "s"
    named = sum(name in bound for name in function.parameters.keyword_only)
    if named:
        plural_named = "s" if named != 1 else ""
        given_text = f"{given} positional arguments (and {named} keyword-only argument{plural_named}) were"
    else:
        given_text = f"{given} {'was' if given == 1 else 'were'}"
    return type_error(f"{function.qualname}() takes {takes} positional argument{plural} but {given_text} given")
