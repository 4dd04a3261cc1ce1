"""How operations are written in others, as a program would write them: `plus(a, b)`, `call("torch.sqrt", x)`.

What PyTorch composes is composed here of the same pieces, so that its nodes are the same.
"""

from __future__ import annotations

from typing import Any

from app.engine.registry import BINARY, METHODS, TORCH, UNARY


def plus(a: Any, b: Any) -> Any:
    """a + b"""
    return BINARY["+"](a, b)


def minus(a: Any, b: Any) -> Any:
    """a − b"""
    return BINARY["-"](a, b)


def times(a: Any, b: Any) -> Any:
    """a · b"""
    return BINARY["*"](a, b)


def over(a: Any, b: Any) -> Any:
    """a / b"""
    return BINARY["/"](a, b)


def negated(a: Any) -> Any:
    """−a"""
    return UNARY["-"](a)


def call(name: str, *operands: Any, **more: Any) -> Any:
    """torch.name(…)"""
    return TORCH[name](*operands, **more)


def method(x: Any, name: str, *operands: Any, **more: Any) -> Any:
    """x.name(…)"""
    return METHODS[name](x, *operands, **more)
