"""Distances and directions along a dim: normalize, cosine_similarity, pairwise_distance, pdist."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.broadcasting import broadcast
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.composed import call, method, over, plus, times
from app.engine.ops.dims import wrapped
from app.engine.ops.reductions.reduce import norm
from app.engine.ops.shapes.axis_calls import expanded
from app.engine.ops.stating import tex_of
from app.engine.registry import offer
from app.engine.relation.implicit import Implicit
from app.engine.run import grad_mode
from app.engine.tensor import Tensor

PAIRED = 300  # multiply-adds for each difference
EXAMPLE = "x = torch.tensor([[0.0], [2.0], [5.0]], requires_grad=True)\no = {call}"


def _normalized(input: Tensor, p: float, dim: int, eps: float, out: Any) -> Any:
    length = method(input, "norm", p, dim, keepdim=True)
    return over(input, method(method(length, "clamp_min", eps), "expand_as", input))


def _length(x: Tensor, dim: int, eps: float) -> Any:
    """The norm, held at eps behind autograd's back: at 0 the score is divided by eps, not stopped."""
    length = method(call("linalg.vector_norm", x, 2, dim, True), "clone")
    with grad_mode(False):
        return method(length, "clamp_", min=eps)


def _cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Any:
    shape = broadcast((x1.shape, x2.shape))
    for x in (x1, x2):
        if not x.dtype.is_floating_point:
            raise TorchError(
                "RuntimeError",
                f"expected common dtype to be floating point, yet common dtype is {x.dtype.title}",
            )
    a, b = (x if x.shape == shape else expanded(x, shape) for x in (x1, x2))
    at = wrapped(dim, len(shape))
    return call("sum", times(over(a, _length(a, at, eps)), over(b, _length(b, at, eps))), at)


distance = Operation(
    "distance", norm.forward, norm.structures, grad_fn="NormBackward1", tex=norm.tex, cost=norm.cost,
    complete=norm.complete,
)  # fmt: skip
distance.name = "norm"


def pairwise_distance(x1: Tensor, x2: Tensor, p: float = 2, eps: float = 1e-6, keepdim: bool = False) -> Any:
    """‖x1 − x2 + eps‖ₚ over the last dim."""
    difference = plus(call("sub", x1, x2), eps)
    rank = len(difference.shape)
    dims = (rank - 1,) if rank else ()
    return distance.apply((difference,), {"dims": dims, "keepdim": keepdim, "given": True, "p": float(p)})


def _pairs(rows: int) -> tuple[Array, Array]:
    return np.triu_indices(rows, 1)


def _pdist(x: Array, *, p: float) -> Array:
    i, j = _pairs(len(x))
    if not x.shape[1]:
        return np.zeros(len(i), x.dtype)
    made: Array = norm.forward(x[i] - x[j], dims=(1,), p=p)
    return made


def _by_pdist(xp: Any, g: Any, x: Any, y: Any, *, p: float) -> Any:
    """Each distance pulls at its two rows in opposite directions."""
    rows, width = x.shape
    i, j = _pairs(rows)
    at_i, at_j = ((side[:, None] * width + np.arange(width)).reshape(-1) for side in (i, j))
    shape = (len(i), width)
    apart = xp.pick(x, source=at_i, shape=shape) - xp.pick(x, source=at_j, shape=shape)
    rule = norm.structures[0].rule  # type: ignore[union-attr]
    assert rule is not None
    slope = rule(xp, apart, xp.reshape(y, shape=(len(i), 1)), dims=(1,), p=p)
    if slope is None:
        return x * 0
    share = xp.reshape(g, shape=(len(i), 1)) * slope
    whole = tuple(x.shape)
    return xp.place(share, source=at_i, shape=whole) - xp.place(share, source=at_j, shape=whole)


pdist = Operation(
    "pdist", _pdist, [Implicit(rule=_by_pdist, saves=frozenset({("input", 0), ("output", 0)}), once="_pdist_backward")],
    tex=tex_of(r"\lVert @1 - @1' \rVert"), example=EXAMPLE.format(call="torch.pdist(x)"), shows=("p",),
    cost=lambda x, **_: (len(x) * len(x) // 2, PAIRED * len(x) * x.size),
)  # fmt: skip


def _row_distances(input: Tensor, p: float = 2) -> Any:
    if len(input.shape) != 2:
        raise TorchError("RuntimeError", f"pdist only supports 2D tensors, got: {len(input.shape)}D")
    if p < 0:
        raise TorchError("RuntimeError", "pdist only supports non-negative p values")
    if not input.dtype.is_floating_point:
        raise TorchError("RuntimeError", "pdist only supports floating-point dtypes")
    return pdist.apply((input,), {"p": float(p)})


# fmt: off
X12 = "Tensor x1, Tensor x2"
offer("F.normalize",         ("def Tensor input, float p=2.0, int dim=1, float eps=1e-12, Tensor? out=None", _normalized), operation="div")
offer("torch.cosine_similarity F.cosine_similarity", (f"{X12}, int dim=1, float eps=1e-08", _cosine_similarity), operation="sum")
offer("torch.pairwise_distance F.pairwise_distance", (f"{X12}, float p=2, float eps=1e-06, bool keepdim=False", pairwise_distance), operation="norm")
offer("torch.pdist F.pdist", ("Tensor input, float p=2", _row_distances))
# fmt: on
