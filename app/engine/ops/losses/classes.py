"""nll_loss: minus the element of the right class, weighted, for classes along dim 1."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.formula import wrapped
from app.engine.kinds import not_implemented, only_float
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.losses.pointwise_calls import no_derivative
from app.engine.ops.losses.reduced import REDUCTION, word
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.registry import offer
from app.engine.relation.taken import Taken
from app.engine.tensor import Tensor

LEVELS = 8
LONG = 4096
"""From here on the order in which a loss is added up is numpy's."""
EXAMPLE = (
    "import torch.nn.functional as F\n"
    "x = torch.tensor([[-0.4, -1.5, -2.2], [-1.2, -0.6, -2.0]], requires_grad=True)\n"
    "o = F.nll_loss(x, torch.tensor([0, 2]))"
)


def _complete(arrays: tuple[Array, ...], params: dict[str, Any]) -> dict[str, Any]:
    """Which element each place of the target takes, with what weight, into which element of the result."""
    x, target, *given = arrays
    _, classes, places = _extents(x.shape)
    t = target.reshape(-1).astype(np.int64)
    place = np.arange(t.size)[t != params["ignore_index"]]
    kept = t[place]
    _check_range(kept, classes)
    weights = (given[0][kept] if given else np.ones(len(kept))).astype(x.dtype)
    reduction = params["reduction"]
    total = np.add.reduce(weights, dtype=x.dtype) if reduction == "mean" else 1
    return {
        **params,
        "source": (place // places * classes + kept) * places + place % places,
        "into": place if reduction == "none" else place * 0,
        "weights": -weights / np.asarray(total, x.dtype),
        "total": total,
        "place": place,
        "shape": target.shape if reduction == "none" else (),
        "weighted": bool(given),
    }


def _extents(shape: Shape) -> tuple[int, int, int]:
    if len(shape) == 1:
        return 1, shape[0], 1
    return shape[0], shape[1], math.prod(shape[2:])


def _check_range(classes: Array, count: int) -> None:
    outside = classes[(classes < 0) | (classes >= count)]
    if outside.size:
        raise TorchError(
            "IndexError", f"Target {outside[0]} is out of bounds.", code="target-range", target=int(outside[0]),
            classes=count,
        )  # fmt: skip


def _cascaded(terms: Array, place: Array) -> Any:
    """Σ as PyTorch's kernel adds it: one by one, sixteen partial sums at a time moving up a level."""
    if len(terms) > LONG:
        return np.add.reduce(terms)
    step = max(4, math.ceil(math.log2(max(int(place[-1]) + 1, 2)) / LEVELS))
    zero = terms.dtype.type(0)
    partial = [zero] * LEVELS
    for term, at in zip(terms, place.tolist(), strict=True):
        partial[0] = partial[0] + term
        for level in range(LEVELS - 1):
            if at & (((1 << step) - 1) << (level * step)):
                break
            partial[level + 1] = partial[level + 1] + partial[level]
            partial[level] = zero
    added = zero
    for part in partial:
        added = added + part
    return added


def _nll(
    x: Array, *_: Array, source: Array, into: Array, weights: Array, total: Any, shape: Shape, place: Array, **__: Any
) -> Array:
    """Σ −w x, divided at the end; nothing to divide by is nan, as in PyTorch."""
    terms = x.reshape(-1)[source] * (weights * total)
    if shape or not len(into):
        out = np.zeros(shape, x.dtype) if shape else np.asarray(0 / np.asarray(total, x.dtype), x.dtype)
        out.reshape(-1)[into] = terms
        return out
    return np.asarray(_cascaded(terms, place) / x.dtype.type(total), x.dtype)


def _name(call: Call) -> str:
    """PyTorch has one kernel for a class per sample and one for images."""
    return "NllLossBackward0" if call.inputs[0].ndim <= 2 else "NllLoss2DBackward0"


def _weight_tex(params: dict[str, Any]) -> str:
    if params["reduction"] != "mean":
        return "-w" if params["weighted"] else "-1"
    return r"-\frac{w}{\sum w}" if params["weighted"] else rf"-\frac{{1}}{{{len(params['source'])}}}"


nll_loss = Operation(
    "nll_loss", _nll, [Taken(tex=_weight_tex, saves=frozenset({("input", 1)})), None, None],
    grad_fn=_name, complete=_complete, refuses=only_float("nll_loss_out_frame"), example=EXAMPLE,
    shows=("reduction", "ignore_index"), tex=lambda x, *_, **__: wrapped("-@1", x),
    cost=lambda x, *_, **__: (x.size, 0),
)  # fmt: skip


def picked(input: Tensor, target: Tensor, weight: Tensor | None, ignore_index: int, reduction: str) -> Any:
    """nll_loss of checked words; PyTorch's errors for shapes and types."""
    _check_shapes(input.shape, target.shape)
    if weight is not None:
        _check_weight(weight, input)
    if not input.dtype.is_floating_point:
        raise not_implemented("nll_loss_out_frame", input.dtype)
    if target.dtype.name not in ("int64", "uint8"):
        raise TorchError(
            "RuntimeError", f"expected target dtype to be Long or Byte, but got {target.dtype.title}",
            code="class-target", dtype=target.dtype.name,
        )  # fmt: skip
    no_derivative("nll_loss_forward", "weight", weight)
    more = () if weight is None else (weight,)
    params = {"reduction": reduction, "ignore_index": ignore_index}
    if len(input.shape) in (1, 2, 4):
        return nll_loss.apply((input, target, *more), params)
    batch, classes = input.shape[:2]  # other ranks are looked at as images of one row
    image, places = reshaped(input, (batch, classes, 1, -1)), reshaped(target, (batch, 1, -1))
    made = nll_loss.apply((image, places, *more), params)
    return reshaped(made, target.shape) if reduction == "none" else made


def _check_weight(weight: Tensor, input: Tensor) -> None:
    classes = input.shape[0] if len(input.shape) == 1 else input.shape[1]
    if weight.shape != (classes,):
        raise TorchError(
            "RuntimeError",
            f"weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of "
            f"shape: {list(weight.shape)}",
        )
    if weight.dtype is not input.dtype and input.dtype.is_floating_point:
        raise TorchError("RuntimeError", f"expected scalar type {input.dtype.title} but found {weight.dtype.title}")


def _check_shapes(x: Shape, t: Shape) -> None:
    if not x:
        raise TorchError("ValueError", "Expected 1 or more dimensions (got 0)")
    if len(x) == 1:
        if len(t) == 1 and t[0] != 1:
            raise TorchError("ValueError", f"For 1D input, 1D target must have size 1, but got target size: {t[0]}")
    elif x[0] != (t[0] if t else 0):
        raise TorchError(
            "ValueError",
            f"Expected input batch_size ({x[0]}) to match target batch_size ({t[0] if t else 0}).",
            code="batch-size",
        )
    if len(x) <= 2:
        if len(t) > 1:
            raise TorchError("RuntimeError", "0D or 1D target tensor expected, multi-target not supported")
    elif len(x) == 4:
        _check_image(x, t)
    elif (x[0], *x[2:]) != t:
        raise TorchError("RuntimeError", f"Expected target size {[x[0], *x[2:]]}, got {list(t)}")


def _check_image(x: Shape, t: Shape) -> None:
    if len(t) != 3:
        raise TorchError(
            "RuntimeError",
            f"only batches of spatial targets supported (3D tensors) but got targets of dimension: {len(t)}",
        )
    if x[2:] != t[1:]:
        raise TorchError("RuntimeError", f"size mismatch (got input: {list(x)} , target: {list(t)}")


def _nll_loss(
    input: Tensor, target: Tensor, weight: Tensor | None, size_average: bool | None, ignore_index: int,
    reduce: bool | None, reduction: str,
) -> Any:  # fmt: skip
    return picked(input, target, weight, ignore_index, word(reduction, size_average, reduce))


CLASSES = "def Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int ignore_index=-100, bool? reduce=None"
offer("F.nll_loss", (f"{CLASSES}, {REDUCTION}", _nll_loss))
