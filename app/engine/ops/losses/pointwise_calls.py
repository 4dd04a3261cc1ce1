"""Calling the losses of one element each: sizes that must agree, warnings, PyTorch's errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.engine.arguments import type_name
from app.engine.broadcasting import broadcast
from app.engine.errors import TorchError
from app.engine.kinds import not_implemented
from app.engine.operation import Operation
from app.engine.ops.elementwise.binary import div, mul, sub
from app.engine.ops.elementwise.power import pow_number
from app.engine.ops.elementwise.unary import abs as absolute
from app.engine.ops.losses import pointwise as table
from app.engine.ops.losses.reduced import LEGACY, REDUCTION, placed, summed_up, word
from app.engine.ops.shapes.axis_calls import expanded
from app.engine.registry import offer
from app.engine.run import current
from app.engine.tensor import Tensor


def reduced_loss(operation: Operation, operands: Sequence[Tensor], reduction: str, **params: Any) -> Any:
    """Apply, and reduce over every place."""
    return operation.apply(tuple(operands), {**placed(operands[0].shape, reduction), **params})


def size(x: Tensor) -> str:
    """The text of `x.size()`."""
    return f"torch.Size({list(x.shape)})"


def require_sizes_of(*values: Any) -> None:
    """PyTorch's Python asks for sizes before anything else: AttributeError for what has none."""
    for value in values:
        if not isinstance(value, Tensor):
            raise TorchError("AttributeError", f"'{type_name(value)}' object has no attribute 'size'")


def stretched(input: Any, target: Any) -> tuple[Any, Any]:
    """Both in their common shape; sizes that differ are worth a warning, because mostly they are a mistake."""
    require_sizes_of(target, input)
    if input.shape != target.shape:
        message = (
            f"Using a target size ({size(target)}) that is different to the input size ({size(input)}). This will "
            "likely lead to incorrect results due to broadcasting. Please ensure they have the same size."
        )
        current().notice("loss-size", message=message)
    shape = broadcast((input.shape, target.shape))
    return tuple(x if x.shape == shape else expanded(x, shape) for x in (input, target))


def _weighted(terms: Any, weight: Tensor, input: Tensor, reduction: str, by_weight: bool) -> Any:
    if weight.shape != input.shape:
        raise TorchError("ValueError", "Weights and input must have the same size.")
    scaled = mul.apply((terms, weight), {})
    if reduction not in ("none", "sum", "mean"):
        raise TorchError("ValueError", f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'.")
    if reduction != "mean" or not by_weight:
        return summed_up(scaled, reduction)
    return div.apply((summed_up(scaled, "sum"), summed_up(weight, "sum")), {})


def _mse(
    input: Tensor, target: Tensor, size_average: bool | None, reduce: bool | None, reduction: str,
    weight: Tensor | None,
) -> Any:  # fmt: skip
    x, t = stretched(input, target)
    if weight is not None:
        squares = pow_number.apply((sub.apply((x, t), {"alpha": 1}),), {"exponent": 2})
        return _weighted(squares, weight, input, reduction, True)
    return reduced_loss(table.mse, (x, t), word(reduction, size_average, reduce))


def _l1(
    input: Tensor, target: Tensor, size_average: bool | None, reduce: bool | None, reduction: str,
    weight: Tensor | None = None,
) -> Any:  # fmt: skip
    x, t = stretched(input, target)
    chosen = reduction if weight is not None else word(reduction, size_average, reduce)
    errors = absolute.apply((sub.apply((x, t), {"alpha": 1}),), {})
    return summed_up(errors, chosen) if weight is None else _weighted(errors, weight, input, reduction, True)


def _smooth_l1(
    input: Tensor, target: Tensor, size_average: bool | None, reduce: bool | None, reduction: str, beta: float
) -> Any:
    if beta == 0:
        return _l1(input, target, size_average, reduce, reduction)
    x, t = stretched(input, target)
    chosen = word(reduction, size_average, reduce)
    if beta < 0:
        raise TorchError("RuntimeError", "smooth_l1_loss does not support negative values for beta.")
    return reduced_loss(table.smooth_l1, (x, t), chosen, beta=beta)


def _huber(input: Tensor, target: Tensor, reduction: str, delta: float, weight: Tensor | None) -> Any:
    x, t = stretched(input, target)
    chosen = word(reduction) if weight is None else "none"
    if delta <= 0:
        raise TorchError("RuntimeError", "huber_loss does not support non-positive values for delta.")
    made = reduced_loss(table.huber, (x, t), chosen, delta=delta)
    return made if weight is None else _weighted(made, weight, input, reduction, False)


def no_derivative(function: str, name: str, x: Tensor | None) -> None:
    if x is not None and x.requires_grad and current().grad_enabled:
        raise TorchError(
            "RuntimeError",
            f"The function '{function}' is not differentiable with respect to argument '{name}'. This input cannot "
            "have requires_grad True.",
        )


def _soft_margin(input: Tensor, target: Tensor, size_average: bool | None, reduce: bool | None, reduction: str) -> Any:
    chosen = word(reduction, size_average, reduce)
    no_derivative("soft_margin_loss", "target", target)
    if not input.dtype.is_floating_point:
        raise TorchError(
            "RuntimeError", f"result type Float can't be cast to the desired output type {input.dtype.title}"
        )
    shape = broadcast((input.shape, target.shape))
    if shape != input.shape:
        raise TorchError(
            "RuntimeError", f"output with shape {list(input.shape)} doesn't match the broadcast shape {list(shape)}"
        )
    wide = target if target.shape == shape else expanded(target, shape)
    return reduced_loss(table.soft_margin, (input, wide), chosen)


def _bce(
    input: Tensor, target: Tensor, weight: Tensor | None, size_average: bool | None, reduce: bool | None,
    reduction: str,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    require_sizes_of(target, input)
    if target.shape != input.shape:
        raise TorchError(
            "ValueError",
            f"Using a target size ({size(target)}) that is different to the input size ({size(input)}) is deprecated. "
            "Please ensure they have the same size.",
        )
    no_derivative("binary_cross_entropy", "weight", weight)
    if not input.dtype.is_floating_point:
        raise not_implemented("binary_cross_entropy", input.dtype)
    if input.dtype.is_floating_point and target.dtype is not input.dtype:
        raise TorchError("RuntimeError", f"Found dtype {target.dtype.title} but expected {input.dtype.title}")
    for name, x in (("input", input), ("target", target)):
        if input.dtype.is_floating_point and ((x.array < 0) | (x.array > 1)).any():
            raise TorchError("RuntimeError", f"all elements of {name} should be between 0 and 1")
    wide = [] if weight is None else [weight if weight.shape == input.shape else expanded(weight, input.shape)]
    return reduced_loss(table.bce, (input, target, *wide), chosen)


def _bce_with_logits(
    input: Tensor, target: Tensor, weight: Tensor | None, size_average: bool | None, reduce: bool | None,
    reduction: str, pos_weight: Tensor | None,
) -> Any:  # fmt: skip
    chosen = word(reduction, size_average, reduce)
    require_sizes_of(target, input)
    if target.shape != input.shape:
        raise TorchError("ValueError", f"Target size ({size(target)}) must be the same as input size ({size(input)})")
    return logits_loss(input, target, weight, pos_weight, chosen)


def cast_to(x: Tensor, target: Tensor) -> TorchError:
    """PyTorch computes in the target's own memory, where no fractions go."""
    return TorchError(
        "RuntimeError",
        f"result type {x.dtype.title} can't be cast to the desired output type {target.dtype.title}",
        code="float-target",
    )


def logits_loss(input: Tensor, target: Tensor, weight: Tensor | None, pos_weight: Tensor | None, reduction: str) -> Any:
    """Binary cross entropy of logits, with a weight per place and one for positives, both broadcast."""
    if not target.dtype.is_floating_point and input.dtype.is_floating_point:
        raise cast_to(input, target)
    for name, x in (("weight", weight), ("pos_weight", pos_weight)):
        no_derivative("binary_cross_entropy_with_logits", name, x)
    given = [x for x in (weight, pos_weight) if x is not None]
    for x in given:
        broadcast((input.shape, x.shape))
    wide = [x if x.shape == input.shape else expanded(x, input.shape) for x in given]
    params = {"pos": pos_weight is not None, "weighted": weight is not None}
    return reduced_loss(table.bce_logits, (input, target, *wide), reduction, **params)


def _logits_by_number(
    input: Tensor, target: Tensor, weight: Tensor | None, pos_weight: Tensor | None, reduction: int
) -> Any:
    return logits_loss(input, target, weight, pos_weight, {1: "mean", 2: "sum"}.get(reduction, "none"))


# fmt: off
PAIR = "def any input, any target"
offer("F.mse_loss",           (f"{PAIR}, {LEGACY}, {REDUCTION}, Tensor? weight=None", _mse))
offer("F.l1_loss",            (f"{PAIR}, {LEGACY}, {REDUCTION}, Tensor? weight=None", _l1), operation="abs")
offer("F.smooth_l1_loss",     (f"{PAIR}, {LEGACY}, {REDUCTION}, float beta=1.0", _smooth_l1))
offer("F.huber_loss",         (f"{PAIR}, {REDUCTION}, float delta=1.0, Tensor? weight=None", _huber))
offer("F.soft_margin_loss",   (f"def Tensor input, Tensor target, {LEGACY}, {REDUCTION}", _soft_margin))
offer("F.binary_cross_entropy", (f"{PAIR}, Tensor? weight=None, {LEGACY}, {REDUCTION}", _bce))
offer("F.binary_cross_entropy_with_logits", (f"{PAIR}, Tensor? weight=None, {LEGACY}, {REDUCTION}, Tensor? pos_weight=None", _bce_with_logits))
offer("torch.binary_cross_entropy_with_logits", ("Tensor input, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=0", _logits_by_number))
# fmt: on
