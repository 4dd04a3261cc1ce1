"""layer_norm, group_norm and batch_norm: one operation each, over different groups of elements."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.formula import Formula, wrapped
from app.engine.kinds import only_float
from app.engine.operation import Operation
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.normal import Normal
from app.engine.tensor import Tensor

EXAMPLE = (
    "import torch.nn.functional as F\n"
    "x = torch.tensor({x}, requires_grad=True)\no = {call}\no.backward(torch.tensor({g}))"
)
"""With scores that differ: what is normalized adds up to 0, so ones would come back as zeros."""
ROW = {"x": "[[1.0, 3.0, 2.0, 6.0]]", "g": "[[1.0, -2.0, 0.5, 3.0]]"}
COLUMN = {"x": "[[1.0], [3.0], [2.0], [6.0]]", "g": "[[1.0], [-2.0], [0.5], [3.0]]"}


def measured(x: Array, view: Shape, dims: tuple[int, ...], eps: float) -> tuple[Array, Array, Array]:
    """(x̂, μ, 1/σ) in the view: μ and σ worked out in double and rounded once, x̂ in x's own type, as in PyTorch."""
    wide = x.reshape(view).astype(np.float64)
    mean = np.mean(wide, axis=dims, keepdims=True)
    spread = np.mean(np.square(wide - mean), axis=dims, keepdims=True).astype(x.dtype)
    scale = (1 / np.sqrt(spread + x.dtype.type(eps))).astype(x.dtype)
    centre = mean.astype(x.dtype)
    return (x.reshape(view) - centre) * scale, centre, scale


def _normalised(
    x: Array, *more: Array, view: Shape, dims: Any, spread: Shape, eps: float, roles: Any, stats: Any
) -> Array:
    if stats is None:
        y, _, _ = measured(x, view, dims, eps)
    else:
        y = (x.reshape(view).astype(np.float64) - stats[0]) / np.sqrt(stats[1] + eps)
    if "weight" in roles:
        y = y * more[0].reshape(spread)
    if "bias" in roles:
        y = y + more[-1].reshape(spread)
    return np.asarray(y.reshape(x.shape), x.dtype)


def _tex(x: Formula, *more: Formula, roles: Any = ("x",), **_: Any) -> Formula:
    y = wrapped(r"\frac{@1 - \mu}{\sqrt{\sigma^2 + \epsilon}}", x)
    y = more[0] * y if "weight" in roles else y
    return y + more[-1] if "bias" in roles else y


def _operation(name: str, kernel: str, call: str, numbers: dict[str, str] = ROW) -> Operation:
    grad_fn = f"Native{name.title().replace('_', '')}Backward0"
    return Operation(
        name, _normalised, [Normal()], grad_fn=grad_fn, tex=_tex, refuses=only_float(kernel), shows=("eps",),
        cost=lambda x, *_, **__: (x.size, 4 * x.size), example=EXAMPLE.format(call=call, **numbers),
    )  # fmt: skip


def normalised(
    operation: Operation, x: Tensor, weight: Tensor | None, bias: Tensor | None, *, view: Shape, dims: tuple[int, ...],
    spread: Shape, eps: float, stats: Any = None,
) -> Any:  # fmt: skip
    """Apply to the operands that are given."""
    given = [("x", x), *((name, v) for name, v in (("weight", weight), ("bias", bias)) if v is not None)]
    params = {
        "view": view, "dims": dims, "spread": spread, "eps": eps, "stats": stats,
        "roles": tuple(name for name, _ in given),
    }  # fmt: skip
    return operation.apply([v for _, v in given], params)


def layer_view(shape: Shape, inner: int) -> dict[str, Any]:
    """The last dims are measured together, for each place in the others."""
    size = math.prod(shape[len(shape) - inner :])
    return {"view": (math.prod(shape[: len(shape) - inner]), size), "dims": (1,), "spread": (1, size)}


def channel_view(shape: Shape) -> dict[str, Any]:
    """Everything but dim 1 is measured together."""
    channels = shape[1] if len(shape) > 1 else 0
    return {"view": (shape[0], channels, math.prod(shape[2:])), "dims": (0, 2), "spread": (1, channels, 1)}


def group_view(shape: Shape, groups: int) -> dict[str, Any]:
    """The channels of one group, with all their places, are measured together."""
    channels = shape[1] // groups
    view = (shape[0], groups, channels, math.prod(shape[2:]))
    return {"view": view, "dims": (2, 3), "spread": (1, groups, channels, 1)}


layer_norm = _operation("layer_norm", "LayerNormKernelImpl", "F.layer_norm(x, (4,))")
batch_norm = _operation("batch_norm", "batch_norm", "F.batch_norm(x, None, None, training=True)", COLUMN)
group_norm = _operation("group_norm", "GroupNormKernelImpl", "F.group_norm(x, 1)")
moved = Operation(
    "moved", lambda x, *, by, times: ((x + by) * times).astype(x.dtype),
    [Elementwise(rule=lambda xp, x, y, *, times: xp.fixed(x, value=times))], grad_fn="MulBackward0",
)  # fmt: skip
fixed = Operation("fixed", lambda x, *, value: np.broadcast_to(value, x.shape).astype(x.dtype), [])
"""Statistics that an operation was given, where a derivative meets them: (x + by) · times, and a constant."""
