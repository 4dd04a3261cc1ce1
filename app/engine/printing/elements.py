"""How PyTorch writes the numbers of one tensor: one notation and one width for all of them."""

import math
from collections.abc import Callable, Sequence

from app.engine.printing.options import PrintOptions

Number = float | int | bool
Element = Callable[[Number], str]


def element_format(values: Sequence[Number], floating: bool, options: PrintOptions) -> tuple[Element, int]:
    """A function that writes one number, padded, and the width it pads to, chosen by these numbers.

    Source of the rules: PyTorch 2.13's printing of tensors. Zeros, infinities and nan neither choose the
    notation nor widen it; they may stick out.
    """
    if not floating:
        return _padded(str, max([1, *(len(str(value)) for value in values)]))
    deciding = [value for value in values if value and math.isfinite(value)]
    if not deciding:
        return _padded(_whole, 1)
    write = _notation(deciding, options)
    return _padded(write, max(len(write(value)) for value in deciding))


def _padded(write: Element, width: int) -> tuple[Element, int]:
    def padded(value: Number) -> str:
        return write(value).rjust(width)

    return padded, width


def _notation(deciding: Sequence[Number], options: PrintOptions) -> Element:
    if _is_scientific(deciding, options):
        return _fixed(f".{options.precision}e")
    if all(float(value).is_integer() for value in deciding):
        return _whole
    return _fixed(f".{options.precision}f")


def _fixed(specification: str) -> Element:
    def write(value: Number) -> str:
        return format(value, specification)

    return write


def _is_scientific(deciding: Sequence[Number], options: PrintOptions) -> bool:
    if options.sci_mode is not None:
        return options.sci_mode
    sizes = [abs(value) for value in deciding]
    smallest, largest = min(sizes), max(sizes)
    return largest > 1.0e8 or smallest < 1.0e-4 or largest / smallest > 1000.0


def _whole(value: Number) -> str:
    """Integers of a floating dtype: a dot marks the finite ones."""
    return f"{value:.0f}." if math.isfinite(value) else f"{value:.0f}"
