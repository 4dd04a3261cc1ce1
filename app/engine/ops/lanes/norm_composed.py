"""Normalisations that PyTorch writes in other operations: rms_norm and instance_norm."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Shape
from app.engine.errors import TorchError
from app.engine.kinds import not_implemented
from app.engine.ops.composed import call, method, plus, times
from app.engine.ops.inplace import copied
from app.engine.ops.lanes.norm_calls import Maybe, batch_normalised, check_normalized
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.registry import offer
from app.engine.run import grad_mode
from app.engine.tensor import Tensor
from app.engine.write import write


def _rms_norm(input: Tensor, normalized_shape: Shape, weight: Maybe = None, eps: float | None = None) -> Any:
    """x / √(mean x² + eps); eps is the type's own where none is given."""
    check_normalized(input, normalized_shape, weight, None)
    if not input.dtype.is_floating_point:
        raise not_implemented("rms_norm", input.dtype)
    rank, many = len(input.shape), len(normalized_shape)
    dims = tuple(range(rank - many, rank))
    least = _resolution(input) if eps is None else eps
    scale = call("rsqrt", plus(call("mean", method(input, "pow", 2), dims, True), least))
    made = times(input, scale)
    return made if weight is None else times(made, weight)


def _resolution(x: Tensor) -> float:
    return float(np.spacing(np.ones((), x.dtype.numpy)))


def _instance_norm(
    input: Tensor, weight: Maybe, bias: Maybe, running_mean: Maybe, running_var: Maybe, use_input_stats: bool,
    momentum: float, eps: float, cudnn_enabled: bool = True,
) -> Any:  # fmt: skip
    """Each sample is a batch of its own: its channels stand beside those of the others, in one batch of one."""
    if not use_input_stats and (running_mean is None or running_var is None):
        raise TorchError(
            "RuntimeError", "Expected running_mean and running_var to be defined when use_input_stats is false"
        )
    batch, channels = input.shape[:2]
    for name, x in (("weight", weight), ("bias", bias)):
        if x is not None and x.numel != channels:
            raise TorchError("RuntimeError", f"{name} should contain {channels} elements not {x.numel}")
    wide = [None if x is None else method(x, "repeat", batch) for x in (weight, bias, running_mean, running_var)]
    rows = reshaped(input, (1, batch * channels, *input.shape[2:]))
    made = batch_normalised(rows, wide[0], wide[1], wide[2], wide[3], use_input_stats, momentum, eps)
    if use_input_stats:
        for running, new in zip((running_mean, running_var), wide[2:], strict=True):
            if running is not None and new is not None:
                _average(running, new, channels)
    return reshaped(made, input.shape)


def _average(running: Tensor, new: Tensor, channels: int) -> None:
    mean = new.array.reshape(-1, channels).mean(0).astype(new.array.dtype)
    with grad_mode(False):
        write(running, copied, (Tensor.of(mean),), {})


def _checked_instance_norm(
    input: Tensor, running_mean: Maybe, running_var: Maybe, weight: Maybe, bias: Maybe, use_input_stats: bool,
    momentum: float, eps: float,
) -> Any:  # fmt: skip
    if use_input_stats and math.prod(input.shape[2:]) == 1:
        raise TorchError(
            "ValueError",
            f"Expected more than 1 spatial element when training, got input size torch.Size({list(input.shape)})",
        )
    return _instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps)


# fmt: off
MAYBE = "Tensor? running_mean=None, Tensor? running_var=None, Tensor? weight=None, Tensor? bias=None"
offer("F.rms_norm",          ("def Tensor input, shape normalized_shape, Tensor? weight=None, float? eps=None", _rms_norm), operation="mul")
offer("torch.rms_norm",      ("Tensor input, shape normalized_shape, Tensor? weight=None, float? eps=None", _rms_norm), operation="mul")
offer("F.instance_norm",     (f"def Tensor input, {MAYBE}, bool use_input_stats=True, float momentum=0.1, float eps=1e-05", _checked_instance_norm), operation="batch_norm")
offer("torch.instance_norm", ("Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled", _instance_norm), operation="batch_norm")
# fmt: on
