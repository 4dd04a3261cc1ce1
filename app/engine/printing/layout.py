"""Brackets, commas and line breaks of a printed tensor, with the middle of long dimensions left out."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.printing.elements import Element, element_format
from app.engine.printing.options import PrintOptions

Array = NDArray[Any]


def contents_text(array: Array, indent: int, options: PrintOptions) -> str:
    """The brackets and numbers of a tensor whose text starts `indent` characters into its line."""
    if array.size == 0:
        return "[]"
    cut = array.size > options.threshold
    if cut and not options.edgeitems and array.ndim:
        return "[...]"
    shown = _edges(array, options.edgeitems) if cut else array
    write, width = element_format(shown.ravel().tolist(), shown.dtype.kind == "f", options)
    page = _Page(write, width + 2, array.shape, options.edgeitems if cut else None, options.linewidth)
    return page.text(shown.tolist(), 0, indent)


def work(shape: tuple[int, ...], options: PrintOptions) -> int:
    """What printing a tensor of this shape costs: so much per element shown, and more for more digits."""
    count = math.prod(shape)
    if count > options.threshold:
        count = math.prod(min(length, 2 * options.edgeitems) for length in shape)
    return count * (8 + abs(options.precision) // 2)


def _edges(array: Array, edge: int) -> Array:
    """The first and last `edge` elements along every dimension longer than both ends together."""
    for axis, length in enumerate(array.shape):
        if length > 2 * edge:
            array = np.take(array, [*range(edge), *range(length - edge, length)], axis)
    return array


class _Page:
    """Writes nested lists of numbers; `edge` is None when nothing is left out."""

    __slots__ = ("edge", "linewidth", "shape", "step", "write")

    def __init__(self, write: Element, step: int, shape: tuple[int, ...], edge: int | None, linewidth: int) -> None:
        self.write = write
        self.step = step  # characters from one number to the next
        self.shape = shape
        self.edge = edge
        self.linewidth = linewidth

    def text(self, values: Any, axis: int, indent: int) -> str:
        below = len(self.shape) - axis
        if below == 0:
            return self.write(values)
        if below == 1:
            return self._row([self.write(value) for value in values], axis, indent)
        parts = [self.text(value, axis + 1, indent + 1) for value in values]
        separator = "," + "\n" * (below - 1) + " " * (indent + 1)
        return "[" + separator.join(self._with_gap(parts, axis, "...")) + "]"

    def _row(self, numbers: list[str], axis: int, indent: int) -> str:
        numbers = self._with_gap(numbers, axis, " ...")
        per_line = max(1, (self.linewidth - indent) // self.step)
        lines = [", ".join(numbers[start : start + per_line]) for start in range(0, len(numbers), per_line)]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"

    def _with_gap(self, parts: list[str], axis: int, gap: str) -> list[str]:
        if self.edge is None or self.shape[axis] <= 2 * self.edge:
            return parts
        return [*parts[: self.edge], gap, *parts[self.edge :]]
