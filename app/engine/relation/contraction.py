r"""Contractions: o = Σ a · b over an index space (dot, mv, mm, bmm, matmul, outer).

A contraction is a multilinear form. Its vjp is the same form with the roles of the output and of one operand
exchanged, and the weight of an edge is the other operand's element. So it states nothing but its index letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.affine import Affine, Axes, Coordinates, at
from app.engine.relation.contracting import Letters, contract, named, sizes_of
from app.engine.relation.structure import Local, Structure, Symbol, letter_of


@dataclass(frozen=True, kw_only=True)
class Contraction(Structure):
    """`params["spec"]` names the indices of every operand and of the output; `first` is where operands begin.

    `params["alpha"]`, if there is one, is a factor of the whole.
    """

    name: ClassVar[str] = "contraction"
    first: int = 0

    def _rows(self, call: Call, k: int) -> tuple[Letters, list[int], list[Letters], Letters]:
        """(letters of this input, the other operands' positions, their letters, those of the output)."""
        *rows, out = call.params["spec"]
        others = [n for n in range(len(rows)) if n != k - self.first]
        return rows[k - self.first], [n + self.first for n in others], [rows[n] for n in others], out

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        *rows, out = call.params["spec"]
        own = k - self.first
        split = _split(call, rows, out, self.first)
        operands = list(call.inputs[self.first :])
        operands[own] = g if tuple(g.shape) == split else xp.reshape(g, shape=split)
        spec = (*rows[:own], out, *rows[own + 1 :], rows[own])
        more = {"alpha": call.params["alpha"]} if call.params.get("alpha", 1) != 1 else {}
        return xp.contract(*operands, spec=spec, shape=tuple(call.inputs[k].shape), **more)

    def relation(self, call: Call, k: int, j: int) -> Affine:
        mine, others, theirs, out = self._rows(call, k)
        x, y = call.inputs[k], call.outputs[j]
        shape = _split(call, call.params["spec"][:-1], out, self.first)
        sizes = sizes_of((x.shape, shape), (mine, out))
        letters = list(sizes)
        along = [tuple(None if c is None else letters.index(c) for c in row) for row in (mine, out)]
        found: list[tuple[Array, Axes]] = []

        def weigh(mesh: Coordinates) -> Array:
            if not found:
                weights, row = _weights([call.inputs[n] for n in others], theirs, letters)
                found.append((weights, tuple(None if c is None else letters.index(c) for c in row)))
            weight = at(*found[0], mesh) * call.params.get("alpha", 1)
            return np.asarray(weight, y.dtype)

        return Affine(tuple(sizes.values()), x.shape, along[0], shape, along[1], weigh)

    def local(self, call: Call, k: int, j: int) -> Local:
        mine, others, theirs, out = self._rows(call, k)
        factors = [indexed(letter_of(call, n), row) for n, row in zip(others, theirs, strict=True)]
        alpha = call.params.get("alpha", 1)
        factors = [f"{alpha:g}", *factors] if alpha != 1 else factors
        weight = r"\,".join(factors) or "1"
        line = rf"\frac{{\partial {indexed('o', out)}}}{{\partial {indexed(letter_of(call, k), mine)}}} = {weight}"
        return Local(line, (Symbol("all", weight),))

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset(("input", n) for n in self._rows(call, k)[1])


def _split(call: Call, rows: Sequence[Letters], out: Letters, first: int) -> tuple[int, ...]:
    """The output's shape with an axis for every index; two of them may be merged in the tensor's own (kron)."""
    sizes = sizes_of(tuple(tuple(x.shape) for x in call.inputs[first:]), tuple(rows))
    known = tuple(call.params["shape"])
    if len(known) == len(out):
        return known
    return tuple(1 if c is None else sizes[c] for c in out)


def _weights(arrays: list[Array], rows: list[Letters], letters: list[str]) -> tuple[Array, Letters]:
    """The product of the other operands, summed over the indices that no edge has."""
    if not arrays:
        return np.ones(()), ()
    if len(arrays) == 1 and len(set(named(rows[0]))) == len(named(rows[0])) and set(named(rows[0])) <= set(letters):
        return arrays[0], rows[0]
    out = tuple(c for c in letters if any(c in row for row in rows))
    sizes = sizes_of(tuple(x.shape for x in arrays), tuple(rows))
    return contract(*arrays, spec=(*rows, out), shape=tuple(sizes[c] for c in out)), out


def indexed(letter: str, letters: Letters) -> str:
    """`a_{ik}`; the bare letter for a scalar."""
    places = "".join("1" if c is None else c for c in letters)
    return rf"{letter}_{{{places}}}" if places else letter
