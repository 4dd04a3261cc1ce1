"""Blocks along one dim: every element of a lane takes part in every output of the lane (softmax and its kin)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Formula, Operand, symbol
from app.engine.namespaces import FORMULAS, RAW
from app.engine.node import Call
from app.engine.relation.affine import Affine, Axes, Coordinates, at
from app.engine.relation.structure import Local, Structure, Symbol, equation, letter_of, name_of, symbolic


@dataclass(frozen=True, kw_only=True)
class Block(Structure):
    """∂o_j/∂x_i = u_j (δ_ij − Σ p_j q_i) within a lane along `params["dim"]`; the rule returns (u, [(p, q), …]).

    Softmax is (o, [(1, o)]). The n × n numbers of a lane are made only for edges that are asked for.
    """

    name: ClassVar[str] = "block"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        """Where q is u, as in softmax, u is multiplied last: (g − Σ g·u·p)·u, which is 0 where it should be."""
        u, terms = self.weight(xp, call)
        scaled = g if _is_one(u) else g * u
        within, share, lane = g, 0, (call.params["dim"],) if len(call.inputs[k].shape) else ()
        for p, q in terms:
            inner = xp.lane_sum(scaled if _is_one(p) else scaled * p, dims=lane, keepdim=True)
            if q is u:
                within = within - inner
            else:
                share = share - inner * q
        return within * u + share if not _is_one(u) else within + share

    def relation(self, call: Call, k: int, j: int) -> Affine:
        """Dimensions of the edge space: those of the input, with i along `dim`, and j behind them."""
        x, dim = call.inputs[k], call.params["dim"]
        if not x.ndim:
            return self._single(call, k, j)
        along_i: Axes = tuple(range(x.ndim))
        along_j: Axes = tuple(x.ndim if d == dim else d for d in along_i)
        u, terms = self.weight(RAW, call)

        def weigh(mesh: Coordinates) -> Array:
            inner = np.asarray(mesh[dim] == mesh[x.ndim], x.dtype)
            for p, q in terms:
                inner = inner - _at(p, x.shape, along_j, mesh) * _at(q, x.shape, along_i, mesh)
            return np.asarray(_at(u, x.shape, along_j, mesh) * inner, call.outputs[j].dtype)

        return Affine((*x.shape, x.shape[dim]), x.shape, along_i, x.shape, along_j, weigh)

    def _single(self, call: Call, k: int, j: int) -> Affine:
        """A 0-d tensor is one lane of one element."""
        u, terms = self.weight(RAW, call)
        weight = np.asarray(u * (1 - sum(p * q for p, q in terms)), call.outputs[j].dtype)
        return Affine((), (), (), (), (), lambda mesh: weight)

    def local(self, call: Call, k: int, j: int) -> Local:
        u_i, same = self.weight(FORMULAS, symbolic(call, "i", "i"))
        u_j, at_j = self.weight(FORMULAS, symbolic(call, "j", "j"))
        diagonal = u_i * (1 - _total(same, same))
        off = u_j * (0 - _total(at_j, same))
        top, bottom = (name_of("o", call.outputs[j].shape, "j"), name_of(letter_of(call, k), call.inputs[k].shape, "i"))
        whole = u_j * (_DELTA - _total(at_j, same))
        return Local(
            rf"\frac{{\partial {top}}}{{\partial {bottom}}} = {whole}",
            (Symbol("diagonal", str(diagonal)), Symbol("off-diagonal", str(off))),
        )

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        u, terms = self.weight(FORMULAS, symbolic(call, "i", "i"))
        parts = [u, *(t for pair in terms for t in pair)]
        return frozenset[Operand]().union(*(p.reads for p in parts if isinstance(p, Formula)))


@dataclass(frozen=True, kw_only=True)
class Running(Structure):
    """∂o_j/∂x_i for i ≤ j along `params["dim"]`, nothing above: cumulative operations.

    The rule is the vjp on arrays or tensors, `rule(xp, g, x, y, dim)`; `weights(x)` gives a lane's lower triangle
    W[…, j, i]; `tex` writes one weight, `saves` what the rule reads.
    """

    name: ClassVar[str] = "block"
    weights: Any
    tex: str

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        assert self.rule is not None
        return self.rule(xp, g, call.inputs[k], call.outputs[j], call.params["dim"])

    def relation(self, call: Call, k: int, j: int) -> Affine:
        x, dim = call.inputs[k], call.params["dim"]
        along_i: Axes = tuple(range(x.ndim))
        along_j: Axes = tuple(x.ndim if d == dim else d for d in along_i)

        def weigh(mesh: Coordinates) -> Array:
            return np.asarray(self._lanes(x, dim, mesh), call.outputs[j].dtype)

        extents = (*x.shape, x.shape[dim]) if x.ndim else ()
        triangle = (dim, x.ndim) if x.ndim else None
        return Affine(extents, x.shape, along_i, x.shape, along_j, weigh, triangle)

    def _lanes(self, x: Array, dim: int, mesh: Coordinates) -> Array:
        """The weights at the cells, from the triangles of just those lanes that the cells lie in."""
        if not x.ndim:
            return np.ones(())
        lanes = np.moveaxis(x, dim, -1)
        others = [mesh[d] for d in range(x.ndim) if d != dim]
        shape = np.broadcast_shapes(*(m.shape for m in others)) if others else ()
        places = [np.broadcast_to(m, shape).reshape(-1) for m in others]
        triangles = self.weights(lanes[tuple(places)] if others else lanes[None])
        lane = np.arange(math.prod(shape)).reshape(shape or (1,) * mesh[dim].ndim)
        return np.asarray(triangles[lane, mesh[x.ndim], mesh[dim]])

    def local(self, call: Call, k: int, j: int) -> Local:
        line = equation(call, k, j, ("i", "j"), self.tex)
        return Local(line + r"\quad (i \le j)", (Symbol("all", self.tex),))

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return self.saves


_DELTA = symbol(r"\delta_{ij}")


def _total(at_j: list[tuple[Any, Any]], at_i: list[tuple[Any, Any]]) -> Any:
    """Σ p_j q_i in symbols."""
    total: Any = 0
    for (p, _), (_, q) in zip(at_j, at_i, strict=True):
        product = q * p if isinstance(q, Formula) else p * q
        total = product if isinstance(total, int) and total == 0 else total + product
    return total


def _at(factor: Any, shape: tuple[int, ...], axes: Axes, mesh: Coordinates) -> Array:
    return at(np.broadcast_to(np.asarray(factor), shape), axes, mesh)


def _is_one(factor: Any) -> bool:
    return isinstance(factor, int) and factor == 1
