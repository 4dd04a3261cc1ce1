r"""Scaled dot-product attention: o = P v with P = softmax(s q kᵀ + mask).

With k̄_l = Σ_s P_ls k_s (the key that row l looks at on average) the local derivatives are
∂o_lf/∂v_sf = P_ls, ∂o_lf/∂k_sd = s q_ld P_ls (v_sf − o_lf), ∂o_lf/∂q_ld = s Σ_s P_ls (k_sd − k̄_ld) v_sf.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import Operand
from app.engine.namespaces import RAW
from app.engine.node import Call
from app.engine.relation.affine import Affine, Coordinates, at
from app.engine.relation.structure import Local, Structure, everywhere


@dataclass(frozen=True, kw_only=True)
class Attention(Structure):
    """For query, key and value (inputs 0, 1, 2); input 3, where there is one, is added to the scores."""

    name: ClassVar[str] = "block"

    def vjp(self, xp: Any, g: Any, call: Call, k: int, j: int) -> Any:
        q, key, v = call.inputs[:3]
        p = chances(xp, call)
        if k == 2:
            return product(xp, turned(xp, p), g)
        by_p = product(xp, g, turned(xp, v))
        last = len(q.shape) - 1
        by_scores = p * (by_p - xp.sum(by_p * p, dims=(last,), keepdim=True)) * call.params["scale"]
        return product(xp, by_scores, key) if k == 0 else product(xp, turned(xp, by_scores), q)

    def relation(self, call: Call, k: int, j: int) -> Affine:
        q, key, v = (flat(x) for x in call.inputs[:3])
        o, scale, dtype = flat(call.outputs[j]), call.params["scale"], call.outputs[j].dtype
        p = flat(chances(RAW, call))
        (batch, rows, depth), (_, steps, width) = q.shape, v.shape
        if k == 2:  # b, l, s, f
            return Affine(
                (batch, rows, steps, width), v.shape, (0, 2, 3), o.shape, (0, 1, 3),
                lambda mesh: np.asarray(at(p, (0, 1, 2), mesh), dtype),
            )  # fmt: skip

        def by_key(mesh: Coordinates) -> Array:  # b, l, s, d, f
            reach = at(v, (0, 2, 4), mesh) - at(o, (0, 1, 4), mesh)
            return np.asarray(scale * at(q, (0, 1, 3), mesh) * at(p, (0, 1, 2), mesh) * reach, dtype)

        if k == 1:
            extents = (batch, rows, steps, depth, width)
            return Affine(extents, key.shape, (0, 2, 3), o.shape, (0, 1, 4), by_key)

        @cache
        def slopes() -> Array:  # b, l, d, f
            from_mean = key[:, None] - (p @ key)[:, :, None]
            return np.asarray(scale * np.einsum("bls,blsd,bsf->bldf", p, from_mean, v, optimize=True), dtype)

        def by_query(mesh: Coordinates) -> Array:
            return at(slopes(), (0, 1, 2, 3), mesh)

        return Affine((batch, rows, depth, width), q.shape, (0, 1, 2), o.shape, (0, 1, 3), by_query)

    def local(self, call: Call, k: int, j: int) -> Local:
        s = f"{call.params['scale']:.4g}"
        weight = (
            rf"{s} \sum_s P_{{ls}} (b_{{sd}} - \bar b_{{ld}})\, c_{{sf}}",
            rf"{s}\, a_{{ld}} P_{{ls}} (c_{{sf}} - o_{{lf}})",
            "P_{ls}",
        )[k]
        return everywhere(call, k, j, (("{ld}", "{sd}", "{sf}")[k], "{lf}"), weight)

    def reads(self, call: Call, k: int) -> frozenset[Operand]:
        return frozenset({("input", n) for n in range(len(call.inputs))} | {("output", 0)})


def product(xp: Any, a: Any, b: Any) -> Any:
    """a @ b with equal leading dims."""
    batch = "pqrstuvw"[: len(a.shape) - 2]
    spec = ((*batch, "i", "k"), (*batch, "k", "j"), (*batch, "i", "j"))
    return xp.contract(a, b, spec=spec, shape=(*a.shape[:-1], b.shape[-1]))


def turned(xp: Any, x: Any) -> Any:
    """The last two dims exchanged."""
    rank = len(x.shape)
    return xp.transpose(x, dim0=rank - 2, dim1=rank - 1)


def chances(xp: Any, call: Call) -> Any:
    """P: how much each row takes of each step; a row that may take nothing takes 0."""
    q, key = call.inputs[:2]
    scores = product(xp, q, turned(xp, key)) * call.params["scale"]
    if len(call.inputs) > 3:
        scores = scores + call.inputs[3]
    return xp.safe_softmax(scores, dim=len(q.shape) - 1)


def flat(x: Array) -> Array:
    """All leading dims as one."""
    return x.reshape(math.prod(x.shape[:-2]), *x.shape[-2:])
