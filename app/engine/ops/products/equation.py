"""The notation of einsum: `"bij,bjk->bik"`, with an ellipsis for dims that have no letter."""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.engine.arrays import Shape
from app.engine.errors import TorchError
from app.engine.ops.windows.sizes import runtime
from app.engine.tensor import Tensor

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
HIDDEN = [chr(0x3B1 + n) for n in range(16)]
"""Letters for the dims of an ellipsis, the last one first; no program can write them."""


def parsed(equation: str, shapes: list[Shape]) -> tuple[list[list[str]], list[str]]:
    """The index letters of each operand, and of the output."""
    arrow = equation.find("->")
    left = equation if arrow < 0 else equation[:arrow]
    parts = left.split(",")
    starts = [sum(len(p) + 1 for p in parts[:n]) for n in range(len(parts))]
    read = [_subscripts(part, start, n) for n, (part, start) in enumerate(zip(parts, starts, strict=True))]
    if len(shapes) < len(parts):
        raise runtime("einsum(): fewer operands were provided than specified in the equation")
    if len(shapes) > len(parts):
        raise runtime("einsum(): more operands were provided than specified in the equation")
    dims = [_covered(row, shape, n) for n, (row, shape) in enumerate(zip(read, shapes, strict=True))]
    most = max(dims, default=0)
    rows = [_spelled(row, count) for row, count in zip(read, dims, strict=True)]
    if arrow < 0:
        return rows, _implied(read, most)
    return rows, _output(equation, arrow + 2, rows, most)


def _subscripts(text: str, start: int, place: int) -> list[str]:
    """Letters, and "..." at most once."""
    row: list[str] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character == ".":
            if "..." in row:
                raise runtime(f"einsum(): found '.' for operand {place} for which an ellipsis was already found")
            if text[position : position + 3] != "...":
                raise runtime(f"einsum(): found '.' for operand {place} that is not part of any ellipsis")
            row.append("...")
            position += 2
        elif character != " ":
            if character not in LETTERS:
                raise _invalid(start + position)
            row.append(character)
        position += 1
    return row


def _invalid(position: int) -> TorchError:
    return runtime(
        f"einsum(): invalid subscript given at index {position} in the equation string, subscripts must be in [a-zA-Z]"
    )


def _covered(row: list[str], shape: Shape, place: int) -> int:
    """How many dims the ellipsis stands for."""
    named = len([c for c in row if c != "..."])
    if ("..." in row and named > len(shape)) or ("..." not in row and named != len(shape)):
        end = "but no ellipsis" if "..." in row else "and no ellipsis"
        words = (
            "is greater than the number of dimensions" if "..." in row else "does not match the number of dimensions"
        )
        tail = f" for operand {place}" + ("" if "..." in row else f" {end} was given")
        raise runtime(
            f"einsum(): the number of subscripts in the equation ({named}) {words} ({len(shape)}){tail}",
            code="einsum-size",
        )
    return len(shape) - named


def _spelled(row: list[str], count: int) -> list[str]:
    """The row with the ellipsis' dims by their hidden letters."""
    return [c for letter in row for c in (HIDDEN[:count][::-1] if letter == "..." else [letter])]


def _implied(read: list[list[str]], most: int) -> list[str]:
    """Without an arrow: the ellipsis, then every letter that appears once, in the order of the alphabet."""
    counts = Counter(c for row in read for c in row if c != "...")
    return [*HIDDEN[:most][::-1], *(c for c in LETTERS if counts[c] == 1)]


def _output(equation: str, start: int, rows: list[list[str]], most: int) -> list[str]:
    known = {c for row in rows for c in row}
    out: list[str] = []
    text, position = equation[start:], 0
    while position < len(text):
        character = text[position]
        if character == ".":
            if any(c in HIDDEN for c in out) or text[position : position + 3] != "...":
                raise (
                    runtime("einsum(): found '.' for output but an ellipsis (...) was already found")
                    if any(c in HIDDEN for c in out)
                    else runtime("einsum(): found '.' in output that is not part of any ellipsis (...)")
                )
            out.extend(HIDDEN[:most][::-1])
            position += 2
        elif character != " ":
            if character not in LETTERS:
                raise _invalid(start + position)
            if character in out:
                raise runtime(f"einsum(): output subscript {character} appears more than once in the output")
            if character not in known:
                raise runtime(
                    f"einsum(): output subscript {character} does not appear in the equation for any input operand"
                )
            out.append(character)
        position += 1
    return out


def written(args: tuple[Any, ...]) -> str:
    """The equation of operands with subscript lists: numbers from 0 to 51, and `...`."""
    pairs = list(args) if len(args) % 2 == 0 else list(args[:-1])
    for x, row in zip(pairs[::2], pairs[1::2], strict=True):
        if not isinstance(x, Tensor) or not isinstance(row, (list, tuple)):
            raise TorchError("TypeError", "einsum(): operands must be followed by their lists of subscripts")
    equation = ",".join(_listed(row) for row in pairs[1::2])
    if len(args) % 2:
        if not isinstance(args[-1], (list, tuple)):
            raise TorchError("TypeError", "einsum(): the output's subscripts must be a list")
        equation += "->" + _listed(args[-1])
    return equation


def _listed(row: Any) -> str:
    return "".join("..." if n is Ellipsis else _letter(n) for n in row)


def _letter(number: Any) -> str:
    if not isinstance(number, int) or not 0 <= number < 52:
        raise TorchError("ValueError", "einsum(): subscript in subscript list is not within the valid range [0, 52)")
    return LETTERS[number]
