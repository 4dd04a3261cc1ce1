"""What calls of numpy's functions cost, as (numbers, multiply-adds); asked before the work."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

Given = list[Any]
Named = dict[str, Any]
Price = tuple[int, int]
SORTING = 800  # multiply-adds per number sorted: its comparisons
FACTORING = 100  # multiply-adds per element and row of a matrix that is factored


def _arrays(values: Any) -> Iterator[Any]:
    for value in values:
        if isinstance(value, (np.ndarray, np.generic, list, tuple, int, float, range)):
            yield np.asarray(value)


def _sizes(values: Any) -> int:
    return sum(array.size for array in _arrays(values))


def elementwise(given: Given, named: Named) -> Price:
    """As many numbers as the operands give when broadcast together."""
    shapes = [np.shape(value) for value in given if value is not None and not isinstance(value, str)]
    return math.prod(np.broadcast_shapes(*shapes)), 0


def total(given: Given, named: Named) -> Price:
    """Every number of every operand once."""
    return _sizes(given) + _sizes(named.values()), 0


def several(given: Given, named: Named) -> Price:
    """Every number of a list of arrays once."""
    return sum(_sizes(value) if isinstance(value, (list, tuple)) else np.size(value) for value in given), 0


def sorting(given: Given, named: Named) -> Price:
    size = _sizes(given)
    return size, SORTING * size


def shaped(given: Given, named: Named) -> Price:
    """A new array of the shape that comes first."""
    return _volume(given[0] if given else named["shape"]), 0


def _volume(shape: Any) -> int:
    return math.prod(int(n) for n in shape) if isinstance(shape, (tuple, list)) else int(shape)


def square(given: Given, named: Named) -> Price:
    rows: int = given[0] if given else named["N" if "N" in named else "n"]
    columns = given[1] if len(given) > 1 else named.get("M")
    return rows * (int(columns) if columns else rows), 0


def stepped(given: Given, named: Named) -> Price:
    numbers = [*given[:3]]
    start, stop = (0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) > 2 else named.get("step", 1)
    return math.ceil((stop - start) / step), 0


def counted(given: Given, named: Named) -> Price:
    """linspace and its kin: so many numbers for each start."""
    count = given[2] if len(given) > 2 else named.get("num", 50)
    return int(count) * max(np.size(given[0]), np.size(given[1])), 0


def pairs(given: Given, named: Named) -> Price:
    """Every number of one with every number of the other."""
    made = np.size(given[0]) * np.size(given[1])
    return made, made


def summed(given: Given, named: Named) -> Price:
    """einsum: every combination of the values of its letters."""
    sizes: dict[str, int] = {}
    for letters, operand in zip(given[0].split("->")[0].replace(" ", "").split(","), given[1:], strict=True):
        sizes.update(zip(letters, np.shape(operand), strict=True))
    made = math.prod(sizes.values())
    return made, made


def mesh(given: Given, named: Named) -> Price:
    return len(given) * math.prod(np.size(value) for value in given), 0


def tiled(given: Given, named: Named) -> Price:
    repeats = given[1] if len(given) > 1 else named["reps"]
    return np.size(given[0]) * int(np.prod(repeats)), 0


def repeated(given: Given, named: Named) -> Price:
    repeats = np.asarray(given[1] if len(given) > 1 else named["repeats"])
    return np.size(given[0]) * int(repeats) if repeats.ndim == 0 else int(repeats.sum()) * np.size(given[0]), 0


def product(given: Given, named: Named) -> Price:
    """Matrix products: rows × inner × columns."""
    a, b = np.asarray(given[0]), np.asarray(given[1])
    inner = max(a.shape[-1] if a.ndim else 1, 1)
    made = max(a.size // inner, 1) * max(b.size // inner, 1) if b.ndim and a.ndim else max(a.size, b.size)
    return made, made * inner


def factored(given: Given, named: Named) -> Price:
    """Solving, inverting, decomposing: the cube of the longest side for each matrix."""
    size = _sizes(given)
    side = max((max(np.shape(value), default=1) for value in given), default=1)
    return 3 * size + side * side, FACTORING * size * side


def powered(given: Given, named: Named) -> Price:
    elements, flops = factored(given[:1], named)
    return elements, flops * (1 + int(abs(given[1])).bit_length())


def stretched(given: Given, named: Named) -> Price:
    return _volume(given[1] if len(given) > 1 else named["shape"]), 0


def binned(given: Given, named: Named) -> Price:
    return np.size(given[0]) + int(np.max(given[0])) + 1, 0


def padded(given: Given, named: Named) -> Price:
    array, width = np.asarray(given[0]), np.asarray(given[1] if len(given) > 1 else named["pad_width"])
    most = int(np.abs(width).max())
    return math.prod(n + 2 * most for n in array.shape), 0


def diagonal(given: Given, named: Named) -> Price:
    size = np.size(given[0]) + abs(int(given[1] if len(given) > 1 else named.get("k", 0)))
    return size * size if np.ndim(given[0]) == 1 else size, 0


def fitted(given: Given, named: Named) -> Price:
    size, degree = np.size(given[0]), abs(int(given[2] if len(given) > 2 else named["deg"])) + 1
    return size * degree, FACTORING * size * degree * degree


def nothing(given: Given, named: Named) -> Price:
    return 0, 0
