"""Operations that derivatives are written in: they have no name in PyTorch, but show up in graphs of second order."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array, Shape
from app.engine.kernels.sums import total
from app.engine.namespaces import FORMULAS, RAW, TENSORS, Namespace
from app.engine.operation import Operation
from app.engine.relation.contracting import Spec, sizes_of, steps
from app.engine.relation.contracting import contract as contract_arrays
from app.engine.relation.contraction import Contraction
from app.engine.relation.elementwise import Once
from app.engine.relation.explicit import Placement
from app.engine.relation.implicit import Implicit
from app.engine.relation.listed import Listed
from app.engine.relation.rearrangement import Rearrangement
from app.engine.relation.structure import Local, Structure, everywhere


def _sum_to(x: Array, *, shape: Shape) -> Array:
    """Add up what broadcasting had copied."""
    extra = x.ndim - len(shape)
    dims = tuple(range(extra)) + tuple(d + extra for d, n in enumerate(shape) if n == 1 and x.shape[d + extra] != 1)
    return total(x, dims, keepdim=True).reshape(shape) if dims else x.reshape(shape)


def _place(g: Array, *, source: Array, shape: Shape) -> Array:
    """Scatter-add: element k goes to place source[k]; sums are made in double."""
    size = math.prod(shape)
    flat, taken = g.reshape(-1), source >= 0
    where = source if taken.all() else source[taken]
    numbers = flat if where is source else flat[taken]
    if not where.size:
        return np.zeros(shape, g.dtype)
    if not np.isfinite(numbers).all():
        total = np.zeros(size, g.dtype)
        np.add.at(total, where, numbers)
        return total.reshape(shape)
    return np.bincount(where, numbers, minlength=size).astype(g.dtype).reshape(shape)


def _pick(x: Array, *, source: Array, shape: Shape) -> Any:
    """Element k of the result is element source[k], or 0 for −1."""
    flat = x.reshape(-1)
    places = source.reshape(-1)
    if not flat.size:
        return np.zeros(shape, x.dtype)
    if places.size and places.min() < 0:
        return np.where(places >= 0, flat[places], flat.dtype.type(0)).reshape(shape)
    return flat[places].reshape(shape)


def _cleared(x: Array, *, places: Array) -> Array:
    flat = x.reshape(-1).copy()
    flat[places] = 0
    return flat.reshape(x.shape)


OF_INTEGERS = 30  # how much slower numpy multiplies integers than BLAS multiplies floats
ROW = 3_000_000  # to find the way through one more operand


def _contract_cost(*arrays: Array, spec: Spec, shape: Shape, **_: Any) -> tuple[int, int]:
    """The largest product on the way, and the multiply-adds of all of them; only floats have a fast product."""
    rows, out = spec[:-1], spec[-1]
    sizes = sizes_of(tuple(a.shape for a in arrays), tuple(rows))
    most, flops = math.prod(shape), 0
    known: tuple[str | None, ...] = ()
    for row, left in zip(rows, steps(rows, out), strict=True):
        flops += math.prod(sizes[c] for c in {*known, *row} if c is not None)
        known = left
        most = max(most, math.prod(sizes[c] for c in left if c is not None))
    flops += max(len(rows) - 2, 0) * ROW
    return most, flops * (1 if all(a.dtype.kind == "f" for a in arrays) else OF_INTEGERS)


def _recur(g: Array, x: Array, *, dim: int, reverse: bool) -> Array:
    """s_i = g_i + x_{i+1}·s_{i+1} from the end (reverse), or s_i = g_i + x_i·s_{i−1} from the start."""
    s = np.moveaxis(np.array(np.broadcast_to(g, x.shape)), dim, 0)
    factors = np.moveaxis(x, dim, 0)
    n = len(s)
    for i in range(n - 2, -1, -1) if reverse else range(1, n):
        s[i] += factors[i + 1] * s[i + 1] if reverse else factors[i] * s[i - 1]
    return np.moveaxis(s, 0, dim)


def _recur_by_g(xp: Any, h: Any, g: Any, x: Any, s: Any, *, dim: int, reverse: bool) -> Any:
    return xp.recur(h, x, dim=dim, reverse=not reverse)


def _recur_by_x(xp: Any, h: Any, g: Any, x: Any, s: Any, *, dim: int, reverse: bool) -> Any:
    """x_k joins s_k and s_{k−1}: its derivative is their product, one from each direction."""
    back = xp.recur(h, x, dim=dim, reverse=not reverse)
    return s * xp.shifted(back, dim=dim) if reverse else back * xp.shifted(s, dim=dim)


def _shifted(x: Array, *, dim: int, filler: float = 0.0, back: bool = False) -> Array:
    """Moved one place along dim, away from the start (or `back` towards it); the free place holds the filler."""
    out = np.full_like(x, filler)
    to, come = (slice(None, -1), slice(1, None)) if back else (slice(1, None), slice(None, -1))
    around = (slice(None),) * dim
    out[(*around, to)] = x[(*around, come)]
    return out


class Shift(Rearrangement):
    """`shifted` run on labels must leave the free place empty, whatever the filler."""

    def source(self, call: Any, k: int, j: int) -> Array:
        return super().source(type(call)(call.inputs, call.outputs, {**call.params, "filler": 0}), k, j)


sum_to = Operation("sum_to", _sum_to, [], cost=lambda x, **_: (x.size, 0), grad_fn="SumBackward1")


once = Operation("once", lambda x, *, function: x, [Once()], grad_fn="NotImplemented")


class Spread(Structure):
    """The transpose of broadcasting: every element goes to the place that it was copied from."""

    name = "reduction"

    def vjp(self, xp: Any, g: Any, call: Any, k: int, j: int) -> Any:
        shape = tuple(call.inputs[k].shape)
        aligned = (1,) * (len(shape) - len(g.shape)) + tuple(g.shape)
        return xp.expand(xp.reshape(g, shape=aligned), shape=shape)

    def relation(self, call: Any, k: int, j: int) -> Any:
        x, y = call.inputs[k], call.outputs[j]
        to = np.broadcast_to(np.arange(y.size).reshape(y.shape), x.shape).reshape(-1)
        return Listed(np.arange(x.size), to, np.ones(x.size, y.dtype), x.size, y.size)

    def local(self, call: Any, k: int, j: int) -> Local:
        return everywhere(call, k, j, ("i", "j"), "1")


sum_to.structures = (Spread(),)
place = Operation(
    "place", _place, [Placement()], cost=lambda g, *, source, shape: (math.prod(shape), 0), grad_fn="IndexPutBackward0"
)
pick = Operation(
    "pick",
    _pick,
    [Rearrangement(operation="pick")],
    cost=lambda x, *, source, shape: (source.size, 0),
    grad_fn="AsStridedBackward0",
)
cleared = Operation("cleared", _cleared, [Rearrangement(operation="cleared")], grad_fn="IndexPutBackward0")
shifted = Operation("shifted", _shifted, [Shift(operation="shifted")], grad_fn="CatBackward0")
contract = Operation("contract", contract_arrays, [Contraction()], cost=_contract_cost, grad_fn="BmmBackward0")
_READS = frozenset({("input", 1), ("output", 0)})
recur = Operation(
    "recur", _recur, [Implicit(rule=_recur_by_g, saves=_READS), Implicit(rule=_recur_by_x, saves=_READS)],
    grad_fn="CumprodBackward0",
)  # fmt: skip


def prefix_products(xp: Any, x: Any, dim: int, back: bool = False) -> Any:
    """Products of all elements before each one along dim (or after it), without a division."""
    if back:
        return xp.flip(prefix_products(xp, xp.flip(x, dims=(dim,)), dim), dims=(dim,))
    return xp.shifted(xp.cumprod(x, dim=dim), dim=dim, filler=1.0)


def _others_of_arrays(x: Array, *, dims: Shape) -> Array:
    """Products of all other elements; in double, rounded once, so that no intermediate under- or overflows."""
    product: Array = _others(RAW, x.astype(np.float64), dims)
    return product.astype(x.dtype)


def _others(xp: Any, x: Any, dims: Shape) -> Any:
    shape = tuple(x.shape)
    if not shape:
        return x * 0 + 1
    if len(dims) == 1:
        return prefix_products(xp, x, dims[0]) * prefix_products(xp, x, dims[0], back=True)
    flat = xp.reshape(x, shape=(math.prod(shape),))
    return xp.reshape(_others(xp, flat, (0,)), shape=shape)


def _install(namespace: Namespace, name: str, function: Any) -> None:
    namespace.__dict__[name] = function


_install(FORMULAS, "others", lambda x, **_: formula.wrapped(r"\prod_{k \ne i} @1", x).renamed("_i", "_k"))
_install(RAW, "others", _others_of_arrays)
_install(TENSORS, "others", lambda x, *, dims: _others(TENSORS, x, dims))
