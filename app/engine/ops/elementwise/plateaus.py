"""Piecewise derivatives, which those of activations are written in: flat pieces, and a choice between two."""

from __future__ import annotations

import numpy as np

from app.engine import formula
from app.engine.arrays import Array
from app.engine.formula import Formula
from app.engine.operation import Operation
from app.engine.ops.stating import tex_of
from app.engine.relation.elementwise import Elementwise

Ends = tuple[float, ...]


def _stepped(x: Array, *, ends: Ends, values: Ends, nan: float | None = None) -> Array:
    """values[0] up to ends[0], then values[1], from ends[1] on values[2]; what nan gets is `nan`, or the middle."""
    y = np.where(x <= ends[0], values[0], values[1])
    if len(ends) > 1:
        y = np.where(x >= ends[1], values[2], y)
    return (y if nan is None else np.where(np.isnan(x), nan, y)).astype(x.dtype)


def _stepped_tex(x: Formula, *, ends: Ends, values: Ends, nan: float | None = None) -> Formula:
    low, middle, *_ = values
    if len(ends) > 1:
        return _scaled(middle, rf"[{ends[0]:g} < @1 < {ends[1]:g}]", x)
    if not low:
        return _scaled(middle, f"[@1 > {ends[0]:g}]", x)
    above, below = (formula.wrapped(f"[@1 {sign} {ends[0]:g}]", x) for sign in (">", r"\le"))
    return middle * above + low * below


def _scaled(factor: float, template: str, x: Formula) -> Formula:
    truth = formula.wrapped(template, x)
    return truth if factor == 1 else factor * truth


def _outside(x: Array, *, bound: float) -> Array:
    """0 on [−bound, bound], 1 elsewhere and for nan."""
    return np.where((x >= -bound) & (x <= bound), 0, 1).astype(x.dtype)


def _sixth(x: Array) -> Array:
    """1/6 on (−3, 3), in float32 whatever the type; hardsigmoid's derivative, which PyTorch cannot derive again."""
    return np.where(np.abs(x) < 3, np.float32(1 / 6), np.float32(0)).astype(x.dtype)


def _chosen(condition: Array, a: Array, b: Array) -> Array:
    return np.where(condition != 0, a, b)


_FLAT = Elementwise(rule=lambda xp, x, y: 0, selects=True)

# fmt: off
plateaus = Operation("plateaus", _stepped, [_FLAT], tex=_stepped_tex, grad_fn="ThresholdBackwardBackward0")
sixth    = Operation("sixth",    _sixth,   [_FLAT], tex=tex_of(r"\tfrac{1}{6} [|@1| < 3]"), grad_fn="NotImplemented")
outside  = Operation("outside",  _outside, [_FLAT], tex=lambda x, *, bound: formula.wrapped(rf"[|@1| > {bound:g}]", x), grad_fn="SoftshrinkBackwardBackward0")
cases    = Operation(
    "cases", _chosen,
    [
        None,
        Elementwise(rule=lambda xp, c, a, b, y: xp.ne(c, 0), selects=True),
        Elementwise(rule=lambda xp, c, a, b, y: xp.eq(c, 0), selects=True),
    ],
    tex=lambda c, a, b, **_: c * a + (1 - c) * b, promotes="same", grad_fn="WhereBackward0",
)
# fmt: on
