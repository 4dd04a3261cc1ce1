r"""Normalisations: elements that are measured together are moved to mean 0 and scaled to variance 1.

With x̂ = (x − μ) / σ and y = γ x̂ + β, elements j and i of one group of n are joined by
∂y_j/∂x_i = γ_j / σ · (δ_ij − 1/n − x̂_j x̂_i / n); where μ and σ come from elsewhere, by γ_j / σ on the diagonal alone.
Source: Ioffe and Szegedy 2015, section 3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.relation.affine import Affine, Axes, Coordinates, at
from app.engine.relation.elementwise import aligned
from app.engine.relation.structure import Local, Structure, Symbol, equation, everywhere


@dataclass(frozen=True, kw_only=True)
class Normal(Structure):
    """For every input; `params["roles"]` says which is which: x, weight (γ), bias (β).

    `params`: `view`, the shape in which x is looked at; `dims` of it that are measured together; `spread`, the shape
    of γ and β there; `eps`; `stats`, the pair (μ, σ²) in the spread shape, or None where they are measured.
    """

    name: ClassVar[str] = "block"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        p, shape = call.params, tuple(call.inputs[k].shape)
        score = xp.reshape(g, shape=p["view"])
        role = p["roles"][k]
        if role == "bias":
            return xp.reshape(xp.sum_to(score, shape=p["spread"]), shape=shape)
        unit, scale = standard(xp, call)
        if role == "weight":
            return xp.reshape(xp.sum_to(score * unit, shape=p["spread"]), shape=shape)
        if "weight" in p["roles"]:
            score = score * xp.reshape(call.inputs[p["roles"].index("weight")], shape=p["spread"])
        if p["stats"] is None:
            along = {"dims": p["dims"], "keepdim": True}
            score = score - xp.mean(score, **along) - unit * xp.mean(score * unit, **along)
        return xp.reshape(score * scale, shape=shape)

    def relation(self, call: Call, k: int, j: int) -> Affine:
        p, dtype = call.params, call.outputs[j].dtype
        view, role = p["view"], p["roles"][k]
        every: Axes = tuple(range(len(view)))
        unit, scale = standard(RAW, call)
        gamma = np.broadcast_to(self._gamma(call), view)
        if role == "x":
            return _between(p, unit, np.broadcast_to(gamma * scale, view), dtype)
        weight = unit if role == "weight" else np.ones(view)

        def weigh(mesh: Coordinates) -> Array:
            return np.asarray(at(weight, every, mesh), dtype)

        return Affine(view, p["spread"], aligned(p["spread"], view), view, every, weigh)

    def _gamma(self, call: Call) -> Array:
        roles, spread = call.params["roles"], call.params["spread"]
        return call.inputs[roles.index("weight")].reshape(spread) if "weight" in roles else np.ones(spread)

    def local(self, call: Call, k: int, j: int) -> Local:
        p, role = call.params, call.params["roles"][k]
        if role == "bias":
            return everywhere(call, k, j, ("i", "j"), "1")
        letter = "x" if len(call.inputs) == 1 else "a"
        if role == "weight":
            return everywhere(call, k, j, ("i", "j"), rf"\frac{{{letter}_j - \mu}}{{\sigma}}")
        scale = r"\frac{\gamma}{\sigma}" if "weight" in p["roles"] else r"\frac{1}{\sigma}"
        if p["stats"] is not None:
            return everywhere(call, k, j, ("i", "i"), scale)
        n = math.prod(p["view"][d] for d in p["dims"])
        shared = rf"\frac{{1}}{{{n}}} - \frac{{({letter}_j - \mu)({letter}_i - \mu)}}{{{n} \sigma^2}}"
        diagonal, off = (rf"{scale} \left({delta} - {shared}\right)" for delta in ("1", "0"))
        line = equation(call, k, j, ("i", "j"), rf"{scale} \left(\delta_{{ij}} - {shared}\right)")
        return Local(line, (Symbol("diagonal", diagonal), Symbol("off-diagonal", off)))

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        """One kernel computes all scores, so x and γ are kept for any of them."""
        return frozenset(("input", n) for n, role in enumerate(call.params["roles"]) if role != "bias")


def standard(xp: Any, call: Call) -> tuple[Any, Any]:
    """(x̂, 1/σ) in the view; of given statistics 1/σ is an array that broadcasts."""
    p = call.params
    x = xp.reshape(call.inputs[0], shape=p["view"])
    if p["stats"] is not None:
        centre, scale = p["stats"][0], 1 / np.sqrt(p["stats"][1] + p["eps"])
        return xp.moved(x, by=-centre, times=scale), xp.fixed(x, value=scale)
    along = {"dims": p["dims"], "keepdim": True}
    from_mean = x - xp.mean(x, **along)
    scale = xp.rsqrt(xp.mean(from_mean * from_mean, **along) + p["eps"])
    return from_mean * scale, scale


def _between(p: dict[str, Any], unit: Array, slope: Array, dtype: Any) -> Affine:
    """The edges between x and y: within each group all, or the diagonal alone."""
    view = p["view"]
    every: Axes = tuple(range(len(view)))
    if p["stats"] is not None:
        return Affine(view, view, every, view, every, lambda mesh: np.asarray(at(slope, every, mesh), dtype))
    dims, n = p["dims"], math.prod(view[d] for d in p["dims"])
    behind = {d: len(view) + place for place, d in enumerate(dims)}
    along_j: Axes = tuple(behind.get(d, d) for d in every)

    def weigh(mesh: Coordinates) -> Array:
        same = np.ones((), bool)
        for d, other in behind.items():
            same = same & (mesh[d] == mesh[other])
        shared = (1 + at(unit, along_j, mesh) * at(unit, every, mesh)) / n
        return np.asarray(at(slope, along_j, mesh) * (same - shared), dtype)

    return Affine((*view, *(view[d] for d in dims)), view, every, view, along_j, weigh)
