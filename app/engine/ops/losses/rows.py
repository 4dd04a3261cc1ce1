"""Losses of a row of scores: multi_margin_loss, multilabel_margin_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.formula import wrapped
from app.engine.kinds import only_float
from app.engine.operation import Operation, wrap
from app.engine.ops.losses.reduced import LEGACY, REDUCTION, word
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.loss import Loss
from app.engine.tensor import Tensor

LABELS = 100  # multiply-adds for each label compared
EXAMPLE = "import torch.nn.functional as F\nx = torch.tensor([[0.1, 0.5, 0.9]], requires_grad=True)\no = F.{call}"
Params = dict[str, Any]


def _gaps(x: Array, target: Array, margin: float) -> tuple[Array, Array]:
    """(margin − x_y + x_j, whether j is y)."""
    right = np.arange(x.shape[1]) == target
    return x.dtype.type(margin) - np.take_along_axis(x, target, 1) + x, right


def _multi_margin(
    x: Array, target: Array, weight: Array, *, p: int, margin: float, classes: int, reduction: str, **_: Any
) -> Any:
    gaps, right = _gaps(x, target, margin)
    terms = np.where(right, 0, np.maximum(gaps, 0) ** p) * weight / classes
    return _folded(terms, reduction, x)


def _folded(terms: Array, reduction: str, x: Array) -> Any:
    rows = np.add.reduce(terms, axis=1)
    total = rows if reduction == "none" else np.add.reduce(rows)
    return np.asarray(total / len(x) if reduction == "mean" else total, x.dtype)


def _by_gap(xp: Any, x: Any, target: Any, weight: Any, y: Any, *, p: int, margin: float, classes: int) -> Any:
    """p (…)ᵖ⁻¹ on every score that comes too near, and minus their sum on the right one."""
    right = xp.chosen(x, target, dim=1)
    best = xp.sum(xp.kept(x, right), dims=(1,), keepdim=True)
    gaps = x - best + margin
    slope = xp.plateaus(gaps, ends=(0,), values=(0, 1)) if p == 1 else 2 * xp.clamp_min(gaps, min=0, max=None)
    others = xp.kept(slope * weight * xp.ratio(1, classes), xp.logical_not(right))
    return others - xp.kept(x * 0 + xp.sum(others, dims=(1,), keepdim=True), right)


def _label_slopes(x: Array, target: Array) -> Any:
    """How each score of a row moves its loss: labels that are too near others go down, those go up."""
    slopes = np.zeros_like(x)
    for row, scores, labels in zip(slopes, x, target, strict=True):
        end = np.flatnonzero(labels < 0)
        mine = labels[: end[0]] if end.size else labels
        other = np.setdiff1d(np.arange(len(scores)), mine)
        near = 1 - scores[mine][:, None] + scores[other] > 0
        np.add.at(row, mine, -near.sum(1))
        row[other] += near.sum(0)
    return slopes / x.dtype.type(x.shape[1])


def _multilabel(x: Array, target: Array, *, reduction: str, dims: Any, n: int) -> Any:
    terms = np.zeros_like(x)
    for row, scores, labels in zip(terms, x, target, strict=True):
        end = np.flatnonzero(labels < 0)
        mine = labels[: end[0]] if end.size else labels
        other = np.setdiff1d(np.arange(len(scores)), mine)
        row[other] = np.maximum(1 - scores[mine][:, None] + scores[other], 0).sum(0)
    return _folded(terms / x.dtype.type(x.shape[1]), reduction, x)


def _loss_tex(x: Any, *_: Any, **__: Any) -> Any:
    return wrapped(r"\operatorname{margin}(@1)", x)


_TARGET = frozenset({("input", 1)})
multi_margin = Operation(
    "multi_margin_loss", _multi_margin, [Loss(rule=_by_gap, saves=_TARGET, once="aten::multi_margin_loss_backward"), None, None],
    tex=_loss_tex, refuses=only_float("multi_margin_loss_cpu_kernel"), shows=("p", "margin", "reduction"),
    example=EXAMPLE.format(call="multi_margin_loss(x, torch.tensor([0]))"),
)  # fmt: skip
label_slopes = Operation(
    "label_slopes", _label_slopes, [Elementwise(rule=lambda xp, x, t, y: 0, selects=True), None],
    cost=lambda x, t: (x.size, LABELS * x.size * x.shape[1]), grad_fn="MultilabelMarginLossBackwardBackward0",
)  # fmt: skip
_BY_LABELS = Loss(
    rule=lambda xp, x, t, y: xp.label_slopes(x, t), saves=_TARGET, once="aten::multilabel_margin_loss_backward"
)
multilabel_margin = Operation(
    "multilabel_margin_loss", _multilabel, [_BY_LABELS, None], tex=_loss_tex, shows=("reduction",),
    refuses=only_float("multilabel_margin_loss_forward_out_frame"),
    cost=lambda x, *_, **__: (x.size, LABELS * x.size * x.shape[1]),
    example=EXAMPLE.format(call="multilabel_margin_loss(x, torch.tensor([[2, -1, 0]]))"),
)  # fmt: skip


def _rows(input: Tensor) -> tuple[Any, int]:
    """The input as rows, and how many. A vector is one row."""
    shape = input.shape
    if len(shape) > 2 or (shape and shape[-1] == 0):
        raise TorchError(
            "RuntimeError",
            f"Expected non-empty vector or matrix with optional 0-dim batch size, but got: {list(shape)}",
        )
    return (input, shape[0]) if len(shape) == 2 else (reshaped(input, (1, -1)), 1)


def _placed(shape: Shape, reduction: str, single: bool) -> Params:
    """One row alone has nothing left to average over."""
    chosen = "sum" if single else reduction
    return {
        "reduction": chosen, "dims": (1,) if chosen == "none" else (0, 1), "n": shape[0] if chosen == "mean" else 1,
    }  # fmt: skip


def _require_long(target: Tensor) -> None:
    if target.dtype.name != "int64":
        raise TorchError("RuntimeError", f"expected scalar type Long but found {target.dtype.title}")


def _multi_margin_loss(
    input: Tensor, target: Tensor, p: int, margin: float, weight: Tensor | None, size_average: bool | None,
    reduce: bool | None, reduction: str,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    if p not in (1, 2):
        raise TorchError("ValueError", "only p == 1 and p == 2 supported")
    if weight is not None and len(weight.shape) != 1:
        raise TorchError("ValueError", "weight must be one-dimensional")
    x, count = _rows(input)
    classes = x.shape[1]
    if len(target.shape) > 1 or target.numel != count:
        raise TorchError(
            "RuntimeError",
            "multi_margin_loss: target tensor should be 1-D with size equal to the number of input samples (batch "
            f"size). Expected target size [{count}], but got {list(target.shape)}. Input has shape "
            f"{list(input.shape)}.",
        )
    if weight is not None and weight.numel != classes:
        raise TorchError("RuntimeError", f"inconsistent weight size, expected {classes} but got {list(weight.shape)}")
    _require_long(target)
    index = target.array.reshape(-1, 1)
    if ((index < 0) | (index >= classes)).any():
        raise TorchError("RuntimeError", "target out of range")
    scale = np.ones(index.shape, x.dtype.numpy) if weight is None else weight.array[index].astype(x.dtype.numpy)
    operands = (x, wrap(index), wrap(scale))
    single = len(input.shape) < 2 and not (target.shape and chosen == "none")
    return multi_margin.apply(
        operands, {"p": p, "margin": margin, "classes": classes, **_placed(x.shape, chosen, single)}
    )


def _multilabel_margin_loss(
    input: Tensor, target: Tensor, size_average: bool | None, reduce: bool | None, reduction: str
) -> Any:
    chosen = word(reduction, size_average, reduce)
    x, _ = _rows(input)
    if target.shape != input.shape:
        raise TorchError(
            "RuntimeError", f"inconsistent target size: {list(target.shape)} for input of size: {list(input.shape)}"
        )
    _require_long(target)
    if ((target.array < -1) | (target.array >= x.shape[1])).any():
        raise TorchError("RuntimeError", "argument #2 'target' is out of range")
    labels = wrap(target.array.reshape(x.shape))
    return multilabel_margin.apply((x, labels), _placed(x.shape, chosen, len(input.shape) < 2))


# fmt: off
offer("F.multi_margin_loss",      (f"def Tensor input, Tensor target, int p=1, number margin=1.0, Tensor? weight=None, {LEGACY}, {REDUCTION}", _multi_margin_loss))
offer("F.multilabel_margin_loss", (f"def Tensor input, Tensor target, {LEGACY}, {REDUCTION}", _multilabel_margin_loss))
# fmt: on
