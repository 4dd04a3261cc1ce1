"""Taking the arguments of Python's own functions, with Python's messages when they do not fit."""

from __future__ import annotations

from app.interpreter.errors import type_error
from app.interpreter.records import Arguments, Keywords


def positional(name: str, arguments: Arguments, keywords: Keywords, least: int, most: int) -> Arguments:
    """Between `least` and `most` positional arguments and no keywords."""
    if keywords:
        raise type_error(f"{name}() takes no keyword arguments")
    given = len(arguments)
    if least <= given <= most:
        return arguments
    if least == most:
        wanted = "no arguments" if most == 0 else "exactly one argument" if most == 1 else f"exactly {most} arguments"
        if most == 0 or most == 1:
            raise type_error(f"{name}() takes {wanted} ({given} given)")
        raise type_error(f"{name} expected {most} arguments, got {given}")
    bound, limit = ("at least", least) if given < least else ("at most", most)
    raise type_error(f"{name} expected {bound} {limit} argument{'s' if limit != 1 else ''}, got {given}")


def optional(
    name: str, arguments: Arguments, keywords: Keywords, names: tuple[str, ...], least: int = 0
) -> dict[str, object]:
    """Arguments by name, given by position or keyword; what was not given is absent."""
    if len(arguments) > len(names):
        plural = "s" if len(names) != 1 else ""
        raise type_error(f"{name}() takes at most {len(names)} argument{plural} ({len(arguments)} given)")
    bound = dict(zip(names, arguments, strict=False))
    for key, value in keywords.items():
        if key not in names:
            raise type_error(f"'{key[:60]}' is an invalid keyword argument for {name}()")
        if key in bound:
            position = names.index(key) + 1
            raise type_error(f"argument for {name}() given by name ('{key}') and position ({position})")
        bound[key] = value
    for index, each in enumerate(names[:least]):
        if each not in bound:
            raise type_error(f"{name}() missing required argument '{each}' (pos {index + 1})")
    return bound


def only(name: str, keywords: Keywords, *allowed: str) -> None:
    """TypeError for a keyword that `name` does not take."""
    for key in keywords:
        if key not in allowed:
            raise type_error(f"'{key[:60]}' is an invalid keyword argument for {name}()")
