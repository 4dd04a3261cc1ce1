"""native_layer_norm and native_batch_norm: the result with the statistics that backward keeps."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Shape
from app.engine.operation import wrap
from app.engine.ops.lanes.norm import channel_view, layer_view, measured
from app.engine.ops.lanes.norm_calls import Maybe, batch_normalised, normalised_layer
from app.engine.registry import offer
from app.engine.tensor import Tensor


def _with_statistics(made: Any, x: Tensor, where: dict[str, Any], eps: float, shape: Shape) -> Any:
    _, mean, scale = measured(x.array, where["view"], where["dims"], eps)
    return made, *(wrap(np.asarray(part.reshape(shape), x.dtype.numpy)) for part in (mean, scale))


def _layer(input: Tensor, normalized_shape: Shape, weight: Maybe, bias: Maybe, eps: float) -> Any:
    made = normalised_layer(input, normalized_shape, weight, bias, eps)
    inner = len(normalized_shape)
    shape = (*input.shape[: len(input.shape) - inner], *(1,) * inner)
    return _with_statistics(made, input, layer_view(input.shape, inner), eps, shape)


def _batch(
    input: Tensor, weight: Maybe, bias: Maybe, running_mean: Maybe, running_var: Maybe, training: bool,
    momentum: float, eps: float,
) -> Any:  # fmt: skip
    made = batch_normalised(input, weight, bias, running_mean, running_var, training, momentum, eps)
    if not training:
        return made, *(wrap(np.zeros(0, input.dtype.numpy)) for _ in range(2))
    return _with_statistics(made, input, channel_view(input.shape), eps, (input.shape[1],))


# fmt: off
PAIR = "Tensor? weight, Tensor? bias"
offer("torch.native_layer_norm", (f"Tensor input, shape normalized_shape, {PAIR}, float eps", _layer), operation="layer_norm")
offer("torch.native_batch_norm", (f"Tensor input, {PAIR}, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps", _batch), operation="batch_norm")
# fmt: on
