r"""Contractions: o = Σ a · b over an index space (dot, mv, mm, bmm, matmul, outer).

A contraction is a multilinear form. Its vjp is the same form with the roles of the output and of one operand
exchanged, and the weight of an edge is the other operand's element. So it states nothing but its index letters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.kernels.products import product
from app.engine.node import Call
from app.engine.relation.affine import Affine, Coordinates, at
from app.engine.relation.structure import Local, Structure, Symbol, letter_of

Letters = tuple[str | None, ...]
Spec = tuple[Letters, Letters, Letters]
"""For a, b and the output: the index that runs along each axis; None where a size-1 axis is broadcast."""


@dataclass(frozen=True, kw_only=True)
class Contraction(Structure):
    """`params["spec"]` names the indices of a, b and the output; `first` is where a stands among the inputs."""

    name: ClassVar[str] = "contraction"
    first: int = 0

    def _roles(self, call: Call, k: int) -> tuple[int, Letters, Letters, Letters]:
        """(the other operand's position, letters of this input, of the other, of the output)."""
        a, b, out = call.params["spec"]
        mine, other = (a, b) if k == self.first else (b, a)
        return (self.first + 1 if k == self.first else self.first), mine, other, out

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        other, mine, theirs, out = self._roles(call, k)
        pair = (g, call.inputs[other])
        spec = (out, theirs, mine) if k == self.first else (theirs, out, mine)
        ordered = pair if k == self.first else pair[::-1]
        return xp.contract(*ordered, spec=spec, shape=tuple(call.inputs[k].shape))

    def relation(self, call: Call, k: int, j: int) -> Affine:
        other, mine, theirs, out = self._roles(call, k)
        x, y, weights = call.inputs[k], call.outputs[j], call.inputs[other]
        sizes = sizes_of((x.shape, weights.shape), (mine, theirs))
        letters = list(sizes)
        axes = [tuple(None if c is None else letters.index(c) for c in row) for row in (mine, theirs, out)]

        def weigh(mesh: Coordinates) -> Array:
            return np.asarray(at(weights, axes[1], mesh), y.dtype)

        return Affine(tuple(sizes.values()), x.shape, axes[0], y.shape, axes[2], weigh)

    def local(self, call: Call, k: int, j: int) -> Local:
        other, mine, theirs, out = self._roles(call, k)
        weight = indexed(letter_of(call, other), theirs)
        line = rf"\frac{{\partial {indexed('o', out)}}}{{\partial {indexed(letter_of(call, k), mine)}}} = {weight}"
        return Local(line, (Symbol("all", weight),))

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset({("input", self._roles(call, k)[0])})


def indexed(letter: str, letters: Letters) -> str:
    """`a_{ik}`; the bare letter for a scalar."""
    places = "".join("1" if c is None else c for c in letters)
    return rf"{letter}_{{{places}}}" if places else letter


def sizes_of(shapes: tuple[tuple[int, ...], ...], rows: tuple[Letters, ...]) -> dict[str, int]:
    """How far each index runs, in order of appearance."""
    sizes: dict[str, int] = {}
    for shape, row in zip(shapes, rows, strict=True):
        for n, letter in zip(shape, row, strict=True):
            if letter is not None:
                sizes.setdefault(letter, n)
    return sizes


def contract(a: Array, b: Array, *, spec: Spec, shape: tuple[int, ...]) -> Array:
    """The contraction on arrays, by BLAS: indices are batch (everywhere), summed, of a alone, or of b alone."""
    plan = _plan(spec)
    sizes = sizes_of((a.shape, b.shape), spec[:2])
    left = _arranged(a, plan.a_sums, plan.a_order)
    right = _arranged(b, plan.b_sums, plan.b_order)
    batch = [sizes[c] for c in plan.batch]
    rows, inner, columns = (math.prod(sizes[c] for c in group) for group in (plan.rows, plan.inner, plan.columns))
    multiplied = product(left.reshape(*batch, rows, inner), right.reshape(*batch, inner, columns))
    spread = multiplied.reshape([sizes[c] for c in (*plan.batch, *plan.rows, *plan.columns)])
    return np.ascontiguousarray(spread.transpose(plan.result)).reshape(shape)


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
