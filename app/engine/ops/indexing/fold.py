"""Sources that meet in places by a sum, a product, a mean or an extreme: scatter_reduce and index_reduce."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.indexing import places
from app.engine.ops.indexing.add import ADDED, in_range, vector
from app.engine.ops.indexing.arranged import calling, writing
from app.engine.ops.indexing.scatter import checked
from app.engine.registry import offer
from app.engine.relation.implicit import Implicit
from app.engine.tensor import Tensor

FOLDS: dict[str, tuple[Any, float]] = {
    "sum": (np.add, 0.0), "mean": (np.add, 0.0), "prod": (np.multiply, 1.0),
    "amax": (np.maximum, -np.inf), "amin": (np.minimum, np.inf),
}  # fmt: skip
"""How two meet, and what nothing is."""


def _folded(x: Array, src: Array, *, to: Array, reduce: str, include_self: bool) -> Array:
    """`to` is the place of each source element, −1 for none. Without self a place that is reached starts from nothing."""
    meet, nothing = FOLDS[reduce]
    out, sent = x.copy(order="C").reshape(-1), to.reshape(-1)
    kept = sent >= 0
    if not include_self:
        out[sent[kept]] = nothing if out.dtype.kind == "f" else _bound(out.dtype, nothing)
    meet.at(out, sent[kept], src.reshape(-1)[kept])
    if reduce == "mean":
        count = _count(x, sent, include_self).reshape(-1)
        out = out / count if out.dtype.kind == "f" else np.floor_divide(out, count.astype(out.dtype))
    return np.asarray(out, x.dtype).reshape(x.shape)


def _bound(dtype: Any, nothing: float) -> Any:
    if np.isfinite(nothing):
        return nothing
    limits = np.iinfo(dtype)
    return limits.min if nothing < 0 else limits.max


def _count(x: Array, to: Array, include_self: bool) -> Array:
    """How many meet in each place; 1 where nothing came."""
    hits = np.bincount(to.reshape(-1)[to.reshape(-1) >= 0], minlength=x.size).reshape(x.shape)
    return np.maximum(hits + include_self, 1)


def _ones(xp: Any, x: Any) -> Any:
    """1 at every element, also at nan."""
    return xp.where(xp.eq(x, 0), 1.0, 1.0)


def _hits(xp: Any, x: Any, src: Any, to: Array) -> Any:
    """How many source elements come to each place."""
    return xp.place(_ones(xp, src), source=to, shape=tuple(x.shape))


def _by_self(xp: Any, g: Any, x: Any, src: Any, y: Any, *, to: Array, reduce: str, include_self: bool) -> Any:
    share = _share(xp, g, x, src, y, to, reduce, include_self)[0]
    return share if include_self else xp.kept(share, xp.eq(_hits(xp, x, src, to), 0))


def _by_source(xp: Any, g: Any, x: Any, src: Any, y: Any, *, to: Array, reduce: str, include_self: bool) -> Any:
    return _share(xp, g, x, src, y, to, reduce, include_self)[1]


def _share(xp: Any, g: Any, x: Any, src: Any, y: Any, to: Array, reduce: str, include_self: bool) -> tuple[Any, Any]:
    """What goes to the old numbers and to the source."""
    shape = tuple(src.shape)
    if reduce in ("sum", "mean"):
        count = _hits(xp, x, src, to) + int(include_self)
        part = g if reduce == "sum" else g / xp.where(xp.eq(count, 0), 1.0, count)
        return part, xp.pick(part, source=to, shape=shape)
    if reduce == "prod":
        return _of_product(xp, g, x, src, y, to, include_self)
    mine, theirs = xp.eq(x, y) * 1.0, xp.eq(src, xp.pick(y, source=to, shape=shape)) * 1.0
    if not include_self:
        mine = mine * xp.eq(_hits(xp, x, src, to), 0)
    many = mine + xp.place(theirs, source=to, shape=tuple(x.shape))
    part = g / xp.where(xp.eq(many, 0), 1.0, many)
    return part * mine, xp.pick(part, source=to, shape=shape) * theirs


def _of_product(xp: Any, g: Any, x: Any, src: Any, y: Any, to: Array, include_self: bool) -> tuple[Any, Any]:
    """The product of the others: a quotient, and worked out again without the zero where one factor is 0."""
    shape, form = tuple(src.shape), {"to": to, "reduce": "prod", "include_self": include_self}
    safe = xp.where(xp.eq(x, 0), 1.0, x)
    alone = xp.scatter_reduce(_ones(xp, x), src, **form)
    mine = g * xp.where(xp.eq(x, 0), alone, y / safe) if include_self else g
    zero = xp.eq(src, 0) * 1.0
    zeros = xp.place(zero, source=to, shape=tuple(x.shape))
    without = xp.where(xp.eq(src, 0), 1.0, src)
    rest = xp.scatter_reduce(x, without, **form)
    single = xp.pick(rest * xp.eq(zeros, 1), source=to, shape=shape) * zero
    return mine, xp.pick(g, source=to, shape=shape) * (
        xp.pick(y, source=to, shape=shape) / without * (1 - zero) + single
    )


_SAVED = frozenset({("input", 0), ("input", 1), ("output", 0)})
_RULES = [Implicit(rule=_by_self, saves=_SAVED), Implicit(rule=_by_source, saves=_SAVED)]
scatter_reduce = Operation(
    "scatter_reduce", _folded, _RULES, cost=lambda x, src, **_: (2 * (x.size + src.size), 0), shows=("reduce", "include_self"),
    example=ADDED.format(name="scatter_reduce", more=", 'prod'"),
)  # fmt: skip
index_reduce = Operation(
    "index_reduce", _folded, _RULES, cost=lambda x, src, **_: (2 * (x.size + src.size), 0), shows=("reduce", "include_self"),
    example=ADDED.format(name="index_reduce", more=", 'amax'"),
)  # fmt: skip


def _scattering(
    input: Tensor, dim: int, index: Tensor, src: Tensor, reduce: str, include_self: bool = True
) -> tuple[tuple[Tensor], dict[str, Any]]:
    if reduce not in FOLDS:
        raise TorchError("RuntimeError", f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}")
    at = checked(input, dim, index, src)
    if input.dtype is not src.dtype:
        raise TorchError("RuntimeError", "scatter(): Expected self.dtype to be equal to src.dtype")
    to = places.spread(places.along(input.shape, index.array, at), tuple(src.shape)).reshape(-1)
    return (src,), {"to": to, "reduce": reduce, "include_self": include_self}


def _indexing(
    input: Tensor, dim: int, index: Tensor, source: Tensor, reduce: str, include_self: bool = True
) -> tuple[tuple[Tensor], dict[str, Any]]:
    if reduce not in ("prod", "mean", "amax", "amin"):
        raise TorchError("RuntimeError", f"reduce argument must be either prod, mean, amax or amin, got {reduce}.")
    at = vector("index_reduce_()", input, dim, index)
    in_range(index, input.shape[at] if input.shape else 1)
    to = places.slices(input.shape, index.array, at)
    return (source,), {"to": to.reshape(-1), "reduce": reduce, "include_self": include_self}


SCATTER = "Tensor input, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True"
INDEX = "Tensor input, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True"
offer("scatter_reduce", (SCATTER, calling(scatter_reduce, _scattering)))
offer("Tensor.scatter_reduce_", (SCATTER, writing(scatter_reduce, _scattering)))
offer("index_reduce", (INDEX, calling(index_reduce, _indexing)))
offer("Tensor.index_reduce_", (INDEX, writing(index_reduce, _indexing)))
