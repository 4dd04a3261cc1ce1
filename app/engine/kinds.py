"""Element types that an operation does not compute in, and PyTorch's words for them."""

from __future__ import annotations

from collections.abc import Callable

from app.engine.dtypes import DType, bool_
from app.engine.errors import TorchError

Refusal = Callable[[tuple[DType, ...], DType], None]
"""Raises for operands of these types, computed in their common type; a Python number counts with its own type."""

NEGATION = (
    "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` "
    "or `logical_not()` operator instead."
)
SUBTRACTION = (
    "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the "
    "`~` or `logical_not()` operator instead."
)
SUBTRACTION_OF_TWO = (
    "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator "
    "instead."
)


def not_implemented(kernel: str, dtype: DType) -> TorchError:
    """A kernel that PyTorch has not made for a type."""
    return TorchError("NotImplementedError", f"\"{kernel}\" not implemented for '{dtype.title}'")


def no_bool_kernel(kernel: str) -> Refusal:
    """For numbers of any type, but not for bool."""

    def refuse(_: tuple[DType, ...], computed: DType) -> None:
        if computed is bool_:
            raise not_implemented(kernel, computed)

    return refuse


def no_float(kernel: str) -> Refusal:
    """For integers and bool only."""

    def refuse(_: tuple[DType, ...], computed: DType) -> None:
        if computed.is_floating_point:
            raise not_implemented(kernel, computed)

    return refuse


def only_float(kernel: str) -> Refusal:
    """For floating-point numbers only."""

    def refuse(_: tuple[DType, ...], computed: DType) -> None:
        if not computed.is_floating_point:
            raise not_implemented(kernel, computed)

    return refuse


def whole_numbers(kernel: str) -> Refusal:
    """For integers only."""

    def refuse(_: tuple[DType, ...], computed: DType) -> None:
        if computed.category != 1:
            raise not_implemented(kernel, computed)

    return refuse


def no_bool(message: str) -> Refusal:
    """Bool is refused in words."""

    def refuse(_: tuple[DType, ...], computed: DType) -> None:
        if computed is bool_:
            raise TorchError("RuntimeError", message)

    return refuse


def no_bool_operand(own: tuple[DType, ...], _: DType) -> None:
    """Subtraction: a bool operand is refused whatever it meets."""
    if bool_ in own:
        message = SUBTRACTION_OF_TWO if set(own) == {bool_} else SUBTRACTION
        raise TorchError("RuntimeError", message)
