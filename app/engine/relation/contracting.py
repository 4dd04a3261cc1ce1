"""Contractions on arrays: Σ over an index space, as products of matrices one after the other.

An operand may have an index twice (its diagonal), and so may the result, which is 0 off the diagonal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.kernels.products import product

Letters = tuple[str | None, ...]
Spec = tuple[Letters, ...]
"""For each operand and, last, the output: the index along each axis; None where a size-1 axis is broadcast."""


def sizes_of(shapes: tuple[tuple[int, ...], ...], rows: tuple[Letters, ...]) -> dict[str, int]:
    """How far each index runs, in order of appearance."""
    sizes: dict[str, int] = {}
    for shape, row in zip(shapes, rows, strict=True):
        for n, letter in zip(shape, row, strict=True):
            if letter is not None:
                sizes.setdefault(letter, n)
    return sizes


def contract(*arrays: Array, spec: Spec, shape: Shape, alpha: float = 1, **_: object) -> Array:
    """alpha · Σ of the operands' product over every index that the output does not have."""
    rows, out = spec[:-1], spec[-1]
    if len(arrays) == 2 and is_plain(spec):
        made = _pair(*arrays, spec)
    else:
        made = _embedded(*_one_after_the_other(arrays, rows, out), out, shape)
    made = made.reshape(shape)
    return made if alpha == 1 else made * made.dtype.type(alpha)


@lru_cache(maxsize=512)
def is_plain(spec: Spec) -> bool:
    """No index twice in one operand, and none in the output that no operand has."""
    known = {c for row in spec[:-1] for c in row}
    return all(len(named(row)) == len(set(named(row))) for row in spec) and known.issuperset(spec[-1])


def named(row: Letters) -> tuple[str, ...]:
    """The indices alone."""
    return tuple(c for c in row if c is not None)


def steps(rows: Sequence[Letters], out: Letters) -> list[Letters]:
    """What is left after each operand: every index that a later one or the output still needs."""
    left: list[Letters] = []
    known: tuple[str, ...] = ()
    for n, row in enumerate(rows):
        later = {c for other in (*rows[n + 1 :], out) for c in other}
        known = tuple(c for c in dict.fromkeys((*known, *named(row))) if c in later)
        left.append(known)
    return left


def _one_after_the_other(arrays: Sequence[Array], rows: Sequence[Letters], out: Letters) -> tuple[Array, Letters]:
    """The product of all operands, and the indices of its axes."""
    left = steps(rows, out)
    made, known = _diagonal(arrays[0], rows[0])
    gone = tuple(d for d, c in enumerate(known) if c not in left[0])
    made = np.asarray(np.add.reduce(made, axis=gone, dtype=made.dtype)) if gone else made
    known = tuple(c for c in known if c in left[0])
    for array, row, wanted in zip(arrays[1:], rows[1:], left[1:], strict=True):
        other, theirs = _diagonal(array, row)
        made, known = _pair(made, other, (known, theirs, wanted)), wanted
    return made, known


def _order_of(row: Letters) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named(row)))


def _diagonal(array: Array, row: Letters) -> tuple[Array, Letters]:
    """The elements where axes of the same index meet; axes without one are gone."""
    array = array.reshape([n for n, c in zip(array.shape, row, strict=True) if c is not None])
    letters = _order_of(row)
    if len(letters) == array.ndim:
        return array, letters
    steps_of = dict.fromkeys(letters, 0)
    sizes = dict.fromkeys(letters, 0)
    for n, step, c in zip(array.shape, array.strides, named(row), strict=True):
        steps_of[c] += step
        sizes[c] = n
    seen = np.lib.stride_tricks.as_strided(array, list(sizes.values()), list(steps_of.values()), writeable=False)
    return seen, letters


def _embedded(made: Array, known: Letters, out: Letters, shape: Shape) -> Array:
    """The product with the output's axes: copied along an index that no operand has, on the diagonal of one twice."""
    split = shape if len(shape) == len(out) else made.shape
    sizes = {c: n for n, c in zip(split, out, strict=True) if c is not None}
    letters = tuple(sizes)
    turned = made.transpose([known.index(c) for c in letters if c in known])
    turned = turned.reshape([sizes[c] if c in known else 1 for c in letters])
    full = np.broadcast_to(turned, list(sizes.values()))
    if len(letters) == len(named(out)):
        return np.asarray(full, order="C")
    room = np.zeros([n for n, c in zip(shape, out, strict=True) if c is not None], made.dtype)
    strides = [sum(s for s, c in zip(room.strides, named(out), strict=True) if c == letter) for letter in letters]
    np.lib.stride_tricks.as_strided(room, full.shape, strides)[...] = full
    return room


def _pair(a: Array, b: Array, spec: Spec) -> Array:
    """Two operands by BLAS: indices are batch (everywhere), summed, of a alone, or of b alone."""
    plan = _plan(spec)
    sizes = sizes_of((a.shape, b.shape), spec[:2])
    left = _arranged(a, plan.a_sums, plan.a_order)
    right = _arranged(b, plan.b_sums, plan.b_order)
    batch = [sizes[c] for c in plan.batch]
    rows, inner, columns = (math.prod(sizes[c] for c in group) for group in (plan.rows, plan.inner, plan.columns))
    multiplied = product(left.reshape(*batch, rows, inner), right.reshape(*batch, inner, columns))
    spread = multiplied.reshape([sizes[c] for c in (*plan.batch, *plan.rows, *plan.columns)])
    return np.asarray(spread.transpose(plan.result), order="C")


@dataclass(frozen=True)
class Plan:
    """How a spec becomes one batched matrix product."""

    batch: tuple[str, ...]
    rows: tuple[str, ...]
    inner: tuple[str, ...]
    columns: tuple[str, ...]
    a_sums: tuple[int, ...]
    a_order: tuple[int, ...]
    b_sums: tuple[int, ...]
    b_order: tuple[int, ...]
    result: tuple[int, ...]


@lru_cache(maxsize=512)
def _plan(spec: Spec) -> Plan:
    a, b, out = ([c for c in row if c is not None] for row in spec)
    batch = tuple(c for c in a if c in b and c in out)
    inner = tuple(c for c in a if c in b and c not in out)
    rows = tuple(c for c in a if c in out and c not in b)
    columns = tuple(c for c in b if c in out and c not in a)
    made = (*batch, *rows, *columns)
    return Plan(
        batch, rows, inner, columns,
        _lonely(spec[0], b, out), _order(spec[0], b, out, (*batch, *rows, *inner)),
        _lonely(spec[1], a, out), _order(spec[1], a, out, (*batch, *inner, *columns)),
        tuple(made.index(c) for c in out),
    )  # fmt: skip


def _lonely(row: Letters, other: list[str], out: list[str]) -> tuple[int, ...]:
    """Axes that no one else has: summed first. A size-1 axis without a letter goes the same way."""
    return tuple(d for d, c in enumerate(row) if c is None or (c not in other and c not in out))


def _order(row: Letters, other: list[str], out: list[str], wanted: tuple[str, ...]) -> tuple[int, ...]:
    gone = _lonely(row, other, out)
    left = [c for d, c in enumerate(row) if d not in gone]
    return tuple(left.index(c) for c in wanted)


def _arranged(x: Array, sums: tuple[int, ...], order: tuple[int, ...]) -> Array:
    summed = np.add.reduce(x, axis=sums, dtype=x.dtype) if sums else x
    return np.asarray(summed).transpose(order)
