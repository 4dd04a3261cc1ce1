"""Convolutions: y[n, g, o, p] = Σ x[n, g, c, p·stride + h·dilation − padding] · w[g, o, c, h].

A multilinear form in the three roles x, w and y: whichever is made of the other two, the edge space is the same and
an edge weighs what the third role holds there. So the vjp is the form with two roles exchanged, and a transposed
convolution is the form that makes x.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.formula import Operand
from app.engine.node import Call
from app.engine.relation.edges import Ints
from app.engine.relation.product import Cells, Factor, Product, plain
from app.engine.relation.structure import Local, Structure, Symbol, everywhere, letter_of

ROLES = "xwy"
AXES = {"x": "ngc", "w": "goc", "y": "ngo"}
"""The leading axes of each role; those of space stand behind them."""


@dataclass(frozen=True)
class Space:
    """One dimension of space: sizes along x, w and y, and how a window lies (`low`: padding before the start)."""

    x: int
    w: int
    y: int
    stride: int
    low: int
    dilation: int

    def cells(self) -> dict[str, Ints]:
        """Every pair of a place in y and a place in the window that meets an element of x."""
        p, h = (m.reshape(-1) for m in np.meshgrid(np.arange(self.y), np.arange(self.w), indexing="ij"))
        i = p * self.stride + h * self.dilation - self.low
        there = (i >= 0) & (i < self.x)
        return {"x": i[there], "w": h[there], "y": p[there]}


@dataclass(frozen=True)
class Geometry:
    """Batch, groups, outputs and inputs per group, and the dimensions of space."""

    n: int
    g: int
    o: int
    c: int
    space: tuple[Space, ...]

    def shape(self, role: str) -> Shape:
        """The role's shape with groups as an axis of their own; the elements lie in the same order."""
        sizes = {"n": self.n, "g": self.g, "o": self.o, "c": self.c}
        return (*(sizes[letter] for letter in AXES[role]), *(getattr(s, role) for s in self.space))

    @property
    def terms(self) -> int:
        """Multiply-adds of the form."""
        return self.n * self.g * self.o * self.c * math.prod(s.y * s.w for s in self.space)


def convolve(*operands: Array, made: str, geometry: Geometry, result: Shape, **_: Any) -> Array:
    """The role `made` of the other two, given in the order x, w, y: one product of matrices per place in the window."""
    held = dict(zip(ROLES.replace(made, ""), operands, strict=True))
    held = {role: array.reshape(geometry.shape(role)) for role, array in held.items()}
    dtype = operands[0].dtype
    x = _padded(held.get("x"), geometry, dtype)
    w = held["w"] if "w" in held else np.zeros(geometry.shape("w"), dtype)
    places = math.prod(s.y for s in geometry.space)
    flat = (geometry.n, geometry.g, geometry.o, places)
    y = held["y"].reshape(flat) if "y" in held else np.zeros(geometry.shape("y"), dtype).reshape(flat)
    for place in product(*(range(s.w) for s in geometry.space)):
        window = _cut(x, [_seen(s, h) for s, h in zip(geometry.space, place, strict=True)])
        columns = window.reshape(geometry.n, geometry.g, geometry.c, places)
        if made == "y":
            y += _cut(w, place) @ columns
        elif made == "x":
            window += (_cut(w, place).swapaxes(-1, -2) @ y).reshape(window.shape)
        else:
            _cut(w, place)[...] = (y @ columns.swapaxes(-1, -2)).sum(0)
    results = {"y": y, "w": w, "x": _cropped(x, geometry)}
    return np.ascontiguousarray(results[made]).reshape(result)


def _reach(s: Space) -> int:
    """How far the windows reach along padded x."""
    return max((s.y - 1) * s.stride + (s.w - 1) * s.dilation + 1, 0) if s.y and s.w else 0


def _seen(s: Space, h: int) -> slice:
    """What place h of every window sees along padded x."""
    return slice(h * s.dilation, h * s.dilation + (s.y - 1) * s.stride + 1, s.stride) if s.y else slice(0, 0)


def _padded(x: Array | None, geometry: Geometry, dtype: np.dtype[Any]) -> Array:
    """x with zeros around it, as far as windows reach; nothing but zeros where x is what is made."""
    lead = geometry.shape("x")[:3]
    room = np.zeros((*lead, *(max(_reach(s), s.low + s.x) for s in geometry.space)), dtype)
    if x is not None:
        _cropped(room, geometry)[...] = x
    return room


def _cropped(x: Array, geometry: Geometry) -> Array:
    return _cut(x, [slice(s.low, s.low + s.x) for s in geometry.space])


def _cut(array: Array, places: Sequence[slice | int]) -> Array:
    """A window of the array along its last dims."""
    index: Any = (..., *places)
    return np.asarray(array[index])


@dataclass(frozen=True, kw_only=True)
class Convolution(Structure):
    """`params`: the geometry, and which role the operation makes. Operands 0 and 1 are the other two, in order."""

    name: ClassVar[str] = "contraction"

    def _roles(self, call: Call, k: int) -> tuple[str, str, str]:
        """(the role of this input, of the other one, of the output)."""
        made = call.params["made"]
        held = ROLES.replace(made, "")
        return held[k], held[1 - k], made

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        mine, other, made = self._roles(call, k)
        held = {other: call.inputs[1 - k], made: g}
        operands = [held[role] for role in ROLES if role in held]
        shape = tuple(call.inputs[k].shape)
        return xp.convolve(*operands, made=mine, geometry=call.params["geometry"], result=shape)

    def relation(self, call: Call, k: int, j: int) -> Product:
        mine, other, made = self._roles(call, k)
        geometry: Geometry = call.params["geometry"]
        factors, places = list[Factor](), list[tuple[int | None, Ints]]()
        for letter in "ngoc":
            extent = getattr(geometry, letter)
            factors.append(plain(extent, _axis(mine, letter), _axis(made, letter)))
            places.append((_axis(other, letter), np.arange(extent)))
        for d, cells in enumerate(s.cells() for s in geometry.space):
            factors.append(Factor(cells[mine], 3 + d, cells[made], 3 + d))
            places.append((3 + d, cells[other]))
        weights = call.inputs[1 - k].reshape(geometry.shape(other))

        def weigh(cells: Cells, input: Ints, output: Ints) -> Array:
            chosen = [(axis, at[c]) for (axis, at), c in zip(places, cells, strict=True) if axis is not None]
            index = [at for _, at in sorted(chosen, key=lambda pair: pair[0])]
            return np.asarray(weights[tuple(index)], call.outputs[j].dtype)

        return Product(tuple(factors), geometry.shape(mine), geometry.shape(made), weigh)

    def local(self, call: Call, k: int, j: int) -> Local:
        mine, other, made = self._roles(call, k)
        names = {mine: letter_of(call, k), other: letter_of(call, 1 - k), made: "o"}
        text = {role: _named(names[role], role, len(call.params["geometry"].space)) for role in ROLES}
        return Local(
            rf"\frac{{\partial {text[made]}}}{{\partial {text[mine]}}} = {text[other]}", (Symbol("all", text[other]),)
        )

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset({("input", 1 - k)})


@dataclass(frozen=True, kw_only=True)
class PerChannel(Structure):
    """A bias: element c is added at every place of channel c."""

    name: ClassVar[str] = "elementwise"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        return xp.sum(g, dims=self._others(call, j), keepdim=False)

    def relation(self, call: Call, k: int, j: int) -> Product:
        y = call.outputs[j]
        channel = self._channel(call, j)
        factors = tuple(plain(n, 0 if d == channel else None, d) for d, n in enumerate(y.shape))
        return Product(factors, call.inputs[k].shape, y.shape, lambda c, i, o: np.ones(len(i), y.dtype))

    def local(self, call: Call, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("c", "i"), "1")

    @staticmethod
    def _channel(call: Call, j: int) -> int:
        return len(call.outputs[j].shape) - len(call.params["geometry"].space) - 1

    def _others(self, call: Call, j: int) -> tuple[int, ...]:
        return tuple(d for d in range(len(call.outputs[j].shape)) if d != self._channel(call, j))


def _axis(role: str, letter: str) -> int | None:
    return AXES[role].index(letter) if letter in AXES[role] else None


def _named(name: str, role: str, rank: int) -> str:
    """An element of a role: `b_{ochw}`, where x is met at a place and an offset in the window."""
    places, offsets = "pqr"[:rank], "hwd"[:rank]
    lead = {"x": "nc", "w": "oc", "y": "no"}[role]
    if role == "x":
        return rf"{name}_{{{lead},{','.join(f'{p}+{h}' for p, h in zip(places, offsets, strict=True))}}}"
    return rf"{name}_{{{lead}{places if role == 'y' else offsets}}}"
