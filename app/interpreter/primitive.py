"""The one door to the host's own arithmetic and methods, for plain values only.

The operands are None, bool, int, float, str and containers of such, by exact type, so what the host complains
about is exactly what Python tells a student; no text about anything of ours can come out. Anything that is no
complaint about the operands passes on as what it is: a bug of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.engine.errors import TorchError

R = TypeVar("R")
COMPLAINTS = (TypeError, ValueError, ArithmeticError, LookupError)
PLAIN = frozenset({type(None), bool, int, float, str, list, tuple, dict, set, range, slice})


def plain(*operands: object) -> bool:
    """Whether every operand is a plain value by exact type."""
    return all(type(operand) in PLAIN for operand in operands)


def host(function: Callable[..., R], *operands: object, **keywords: object) -> R:
    """`function(*operands)` on plain operands; Python's complaint about them as the student's error."""
    assert plain(*operands, *keywords.values())
    try:
        return function(*operands, **keywords)
    except COMPLAINTS as error:
        raise TorchError(type(error).__name__, str(error)) from None
