"""Activations with a second operand: prelu's learned slope, rrelu's drawn one, glu's own other half."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.kernels.wide import EXP
from app.engine.kinds import only_float
from app.engine.operation import Operation, wrap
from app.engine.ops.dims import wrapped
from app.engine.ops.elementwise.activation import EXAMPLE
from app.engine.ops.random.draw import chosen, drawn
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.ops.stating import tex_of
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.halves import Halves
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write

# fmt: off
prelu = Operation(
    "prelu", lambda x, a: np.where(x > 0, x, a * x).astype(x.dtype),
    [
        Elementwise(rule=lambda xp, x, a, y: xp.cases(x > 0, 1.0, a)),
        Elementwise(rule=lambda xp, x, a, y: x * xp.plateaus(-x, ends=(0,), values=(0, 1), nan=0)),
    ],
    grad_fn="PreluKernelBackward0", tex=tex_of(r"\max(@1, 0) + @2 \min(@1, 0)"), refuses=only_float("prelu_cpu"),
    example=EXAMPLE.format(call="F.prelu(x, torch.tensor([0.25], requires_grad=True))"),
)
rrelu = Operation(
    "rrelu", lambda x, slope: (x * slope).astype(x.dtype), [Elementwise(rule=lambda xp, x, slope, y: slope), None],
    grad_fn="RreluWithNoiseBackward0", tex=tex_of(r"@1 \cdot @2"),
    example=EXAMPLE.format(call="F.rrelu(x, training=True)"),
)
# fmt: on

_rrelu_in_place = Operation(
    "rrelu_", rrelu.forward, rrelu.structures, grad_fn="RreluWithNoiseBackward1", tex=rrelu.tex, register=False
)


def _gated(x: Array, *, dim: int) -> Array:
    a, b = np.split(x, 2, dim)
    return np.asarray(a * (1 / (1 + EXP(-b))), x.dtype)


def _by_halves(xp: Any, a: Any, b: Any) -> tuple[Any, Any]:
    """y = a σ(b): σ(b) for a, a σ(b) (1 − σ(b)) for b."""
    s = xp.sigmoid(b)
    return s, a * s * (1 - s)


glu = Operation(
    "glu", _gated, [Halves(rule=_by_halves)], tex=tex_of(r"\operatorname{glu}(@1)"), refuses=only_float("glu_cpu"),
    example=EXAMPLE.format(call="F.glu(x)"),
)  # fmt: skip


def _prelu(input: Tensor, weight: Tensor) -> Any:
    shape = input.shape
    if len(weight.shape) > 1:
        raise TorchError(
            "RuntimeError", f"prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = {len(weight.shape)}"
        )
    if weight.numel != 1:
        if not shape:
            raise TorchError("RuntimeError", "Not allow zero-dim input tensor.")
        channels = shape[1] if len(shape) > 1 else 1
        if channels != weight.numel:
            raise TorchError(
                "RuntimeError",
                f"Mismatch of parameter numbers and input channel size. Found parameter numbers = {weight.numel} and "
                f"channel size = {channels}.",
            )
    if input.dtype is not weight.dtype:
        raise TorchError(
            "RuntimeError", f"prelu: Type promoting not supported. Got {input.dtype.title} and {weight.dtype.title}"
        )
    along = tuple(-1 if d == min(1, len(shape) - 1) else 1 for d in range(len(shape)))
    same = not shape and not weight.shape
    return prelu.apply((input, weight if same else reshaped(weight, along)), {})


def _rrelu(
    input: Tensor, lower: float, upper: float, training: bool = False, inplace: bool = False, generator: Any = None
) -> Any:
    """In training the slope of each element that is not positive is drawn; else it is the middle of the two."""
    if lower > upper:
        raise TorchError("RuntimeError", "Lower bound should be less than or equal to the upper bound")
    if not input.dtype.is_floating_point:
        kernel = "rrelu_with_noise_out_cpu" if training else "leaky_relu_cpu"
        only_float(kernel)((), input.dtype)
    current().meter.operation(2 * input.numel)
    x = input.array
    slope = np.ones(x.shape, x.dtype)
    below = x <= 0
    if training:
        many = int(below.sum())
        slope[below] = drawn(chosen(generator).uniform, (many,), lower, upper, "float64").astype(x.dtype)
    else:
        slope = np.where(x > 0, 1, (lower + upper) / 2).astype(x.dtype)
    noise = wrap(slope)
    return write(input, _rrelu_in_place, (noise,), {}, name="rrelu_") if inplace else rrelu.apply((input, noise), {})


def _glu(input: Tensor, dim: int = -1) -> Any:
    if not input.shape:
        raise TorchError("RuntimeError", "glu does not support scalars because halving size must be even")
    at = wrapped(dim, len(input.shape))
    if input.shape[at] % 2:
        raise TorchError(
            "RuntimeError", f"Halving dimension must be even, but dimension {at} is size {input.shape[at]}"
        )
    return glu.apply((input,), {"dim": at})


# fmt: off
RRELU = "float lower=0.125, float upper=0.3333333333333333, bool training=False"
offer("prelu F.prelu",          ("Tensor input, Tensor weight", _prelu))
offer("F.rrelu",                (f"def Tensor input, {RRELU}, bool inplace=False", _rrelu))
offer("torch.rrelu",            (f"Tensor input, {RRELU}, generator? generator=None", _rrelu))
offer("torch.rrelu_ F.rrelu_",  (f"Tensor input, {RRELU}, generator? generator=None", lambda input, **more: _rrelu(input, inplace=True, **more)))
offer("F.glu",                  ("def Tensor input, int dim=-1", _glu))
# fmt: on
