"""Calling the normalisations: what fits together, running statistics, PyTorch's errors."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array, Shape
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.composed import call, method, plus, times
from app.engine.ops.dims import sized
from app.engine.ops.lanes.norm import (
    batch_norm,
    channel_view,
    group_norm,
    group_view,
    layer_norm,
    layer_view,
    normalised,
)  # fmt: skip
from app.engine.ops.losses.pointwise_calls import no_derivative
from app.engine.registry import offer
from app.engine.run import grad_mode
from app.engine.tensor import Tensor
from app.engine.write import write

Maybe = Tensor | None


def normalised_layer(
    input: Tensor, normalized_shape: Shape, weight: Maybe = None, bias: Maybe = None, eps: float = 1e-05,
    cudnn_enable: bool = True,
) -> Any:  # fmt: skip
    """layer_norm over the last dims, whose sizes are given."""
    check_normalized(input, normalized_shape, weight, bias, ", ")
    return normalised(layer_norm, input, weight, bias, **layer_view(input.shape, len(normalized_shape)), eps=eps)


def check_normalized(input: Tensor, shape: Shape, weight: Maybe, bias: Maybe, comma: str = "") -> None:
    """RuntimeError unless the input ends in this shape, and weight and bias have it."""
    if not shape:
        raise TorchError(
            "RuntimeError",
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got "
            "normalized_shape = []",
        )
    for name, x in (("weight", weight), ("bias", bias)):
        if x is not None and x.shape != shape:
            raise TorchError(
                "RuntimeError",
                f"Expected {name} to be of same shape as normalized_shape, but got {name} of shape {list(x.shape)} and "
                f"normalized_shape = {list(shape)}",
            )
    if input.shape[max(len(input.shape) - len(shape), 0) :] != shape:
        listed = ", ".join(map(str, shape))
        raise TorchError(
            "RuntimeError",
            f"Given normalized_shape=[{listed}], expected input with shape [*{comma}{listed}], but got input of size"
            f"{list(input.shape)}",
            code="normalized-shape",
        )
    if comma:
        require_one_type(input, weight, bias, "expect parameter to have scalar type of " + input.dtype.title)


def require_one_type(input: Tensor, weight: Maybe, bias: Maybe, words: str) -> None:
    """RuntimeError where the parameters are of another type than the input."""
    if input.dtype.is_floating_point and any(x is not None and x.dtype is not input.dtype for x in (weight, bias)):
        raise TorchError("RuntimeError", f"mixed dtype (CPU): {words}")


def _group_norm(
    input: Tensor, num_groups: int, weight: Maybe = None, bias: Maybe = None, eps: float = 1e-05,
    cudnn_enabled: bool = True,
) -> Any:  # fmt: skip
    shape = input.shape
    channels = sized(shape, 1)
    if num_groups <= 0:
        raise TorchError("RuntimeError", f"Expected num groups to be greater than 0, got {num_groups}")
    if channels % num_groups:
        raise TorchError(
            "RuntimeError",
            f"Expected number of channels in input to be divisible by num_groups, but got input of shape {list(shape)} "
            f"and num_groups={num_groups}",
        )
    for name, x in (("weight", weight), ("bias", bias)):
        if x is not None and x.shape != (channels,):
            shown = [] if x is bias and weight is None else x.shape
            raise TorchError(
                "RuntimeError",
                f"Expected {name} to be a vector of size equal to the number of channels in input, but got {name} of "
                f"shape {list(shown) or [0]} and input of shape {list(shape)}",
            )
    return normalised(group_norm, input, weight, bias, **group_view(shape, num_groups), eps=eps)


def _checked_group_norm(
    input: Tensor, num_groups: int, weight: Maybe = None, bias: Maybe = None, eps: float = 1e-05
) -> Any:
    if len(input.shape) < 2:
        raise TorchError(
            "RuntimeError", f"Expected at least 2 dimensions for input tensor but received {len(input.shape)}"
        )
    if num_groups == 0:
        raise TorchError("ZeroDivisionError", "integer division or modulo by zero")
    sizes = [input.shape[0] * input.shape[1] // num_groups, num_groups, *input.shape[2:]]
    require_several([sizes[0], *sizes[2:]], str(sizes))
    return _group_norm(input, num_groups, weight, bias, eps)


def require_several(counted: list[int], shown: str) -> None:
    """One value alone has no variance to learn from."""
    if np.prod(counted, dtype=object) == 1:
        raise TorchError(
            "ValueError", f"Expected more than 1 value per channel when training, got input size {shown}",
            code="one-value-per-channel",
        )  # fmt: skip


def batch_normalised(
    input: Tensor, weight: Maybe, bias: Maybe, running_mean: Maybe, running_var: Maybe, training: bool,
    momentum: float, eps: float, cudnn_enabled: bool = True,
) -> Any:  # fmt: skip
    """batch_norm; in training the running statistics, where there are any, take a step towards the batch's."""
    if not input.numel:
        return _nothing(input, weight, bias)
    sized(input.shape, 1)
    _check_channels(input, weight, bias, running_mean, running_var, training)
    where = channel_view(input.shape)
    if training:
        made = normalised(batch_norm, input, weight, bias, **where, eps=eps)
        if running_mean is not None and running_var is not None:
            _update(input, running_mean, running_var, momentum, where)
        return made
    assert running_mean is not None
    assert running_var is not None
    stats = tuple(x.array.reshape(where["spread"]).astype(np.float64) for x in (running_mean, running_var))
    return normalised(batch_norm, input, weight, bias, **where, eps=eps, stats=stats)


def _nothing(input: Tensor, weight: Maybe, bias: Maybe) -> Any:
    """Of no numbers PyTorch makes a copy; the first weight and bias keep their place in the graph."""
    for x in (weight, bias):
        if x is not None:
            sized(x.shape, 0)
    made = method(input, "clone")
    made = made if weight is None else times(made, call("select", weight, 0, 0))
    return made if bias is None else plus(made, call("select", bias, 0, 0))


def _check_channels(
    input: Tensor, weight: Maybe, bias: Maybe, running_mean: Maybe, running_var: Maybe, training: bool
) -> None:
    channels = input.shape[1] if len(input.shape) > 1 else 0
    given = {"running_mean": running_mean, "running_var": running_var, "weight": weight, "bias": bias}
    for name, x in given.items():
        if x is None and name.startswith("running") and not training:
            raise TorchError("RuntimeError", f"{name} must be defined in evaluation mode")
        if x is not None and x.numel != channels:
            raise TorchError("RuntimeError", f"{name} should contain {channels} elements not {x.numel}")
    if (running_mean is None) != (running_var is None):
        raise TorchError("ValueError", "running_mean and running_var must either both be None or neither be None")
    if input.dtype.is_floating_point and any(x is not None and x.dtype is not input.dtype for x in given.values()):
        raise TorchError("RuntimeError", "mixed dtype (CPU): all inputs must share same datatype.")
    for name in ("running_mean", "running_var"):
        no_derivative("native_batch_norm", name, given[name])


def _toward(old: Array, new: Array, *, momentum: float) -> Any:
    return ((1 - momentum) * old + momentum * new.reshape(old.shape)).astype(old.dtype)


_running = Operation("running_statistics", _toward, [], register=False)


def _update(input: Tensor, mean: Tensor, var: Tensor, momentum: float, where: dict[str, Any]) -> None:
    """PyTorch keeps the variance without bias: n − 1 below the line."""
    wide = input.array.reshape(where["view"]).astype(np.float64)
    n = wide.shape[0] * wide.shape[2]
    batch = wide.mean(where["dims"]), wide.var(where["dims"]) * (n / (n - 1) if n > 1 else np.nan)
    with grad_mode(False):
        for running, new in zip((mean, var), batch, strict=True):
            write(running, _running, (Tensor.of(np.asarray(new)),), {"momentum": momentum})


def _checked_batch_norm(
    input: Tensor, running_mean: Maybe, running_var: Maybe, weight: Maybe, bias: Maybe, training: bool,
    momentum: float, eps: float,
) -> Any:  # fmt: skip
    if training and not input.shape:
        raise TorchError("IndexError", "tuple index out of range")
    if training:
        require_several([input.shape[0], *input.shape[2:]], f"torch.Size({list(input.shape)})")
    if eps < 0 or (training and eps == 0):
        words = "positive during training" if training else "non-negative"
        raise TorchError("ValueError", f"batch_norm eps must be {words}, but got {eps}")
    return batch_normalised(input, weight, bias, running_mean, running_var, training, momentum, eps)


# fmt: off
SHAPED = "Tensor input, shape normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05"
GROUPS = "Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05"
CHANNELS = "Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps"
offer("F.layer_norm",     (f"def {SHAPED}", normalised_layer))
offer("torch.layer_norm", (f"{SHAPED}, bool cudnn_enable=True", normalised_layer))
offer("F.group_norm",     (f"def {GROUPS}", _checked_group_norm))
offer("torch.group_norm", (f"{GROUPS}, bool cudnn_enabled=True", _group_norm))
offer("F.batch_norm",     ("def Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight=None, Tensor? bias=None, bool training=False, float momentum=0.1, float eps=1e-05", _checked_batch_norm))
offer("torch.batch_norm", (f"Tensor input, {CHANNELS}, bool cudnn_enabled", batch_normalised))
# fmt: on
