"""Activations, as a table to proof-read: forward, derivative, LaTeX. Kinks are PyTorch's (0 where a clamp holds)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.formula import Formula
from app.engine.kernels.wide import EXP, EXPM1, LOG1P, TANH
from app.engine.kinds import Refusal, no_bool, no_bool_kernel, only_float
from app.engine.operation import Operation
from app.engine.ops.stating import Forward
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.structure import Rule

SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946
ROOT = math.sqrt(2 / math.pi)
CUBIC = 0.044715
"""0.044715 and √(2/π): the approximation of Φ by tanh (Hendrycks and Gimpel 2016)."""


def activation(
    name: str, forward: Forward, rule: Rule, tex: str, refuses: Refusal, *, selects: bool = False,
    grad_fn: str | None = None, title: str | None = None, shows: tuple[str, ...] = (), call: str = "",
    once: str | None = None,
) -> Operation:  # fmt: skip
    """`rule(xp, x, y, *, parameters)` is ∂y/∂x; in `tex` a parameter stands as {name}. `call` is the example's."""

    def written(x: Formula, **params: Any) -> Formula:
        numbers = {key: f"{value:g}" if isinstance(value, float) else value for key, value in params.items()}
        text = tex
        for key, value in numbers.items():
            text = text.replace(f"{{{key}}}", str(value))
        return formula.wrapped(text, x)

    operation = Operation(
        name, forward, [Elementwise(rule=rule, selects=selects, once=once)], grad_fn=grad_fn, tex=written, refuses=refuses,
        shows=shows, example=EXAMPLE.format(call=call or f"F.{name}(x)"),
    )  # fmt: skip
    operation.name = title or name
    return operation


EXAMPLE = "import torch.nn.functional as F\nx = torch.tensor([-2.0, -0.5, 1.0, 4.0], requires_grad=True)\no = {call}"


def normal_cdf(x: Array) -> Any:
    """Φ(x), accurate in both tails; numpy has no erf."""
    wide = x.astype(np.float64) * -math.sqrt(0.5)
    values = [math.erfc(v) for v in wide.reshape(-1).tolist()]
    return (0.5 * np.array(values, np.float64)).reshape(x.shape).astype(x.dtype)


def _erf(x: Array) -> Any:
    """erf in double, rounded once."""
    values = [math.erf(v) for v in x.reshape(-1).tolist()]
    return np.array(values, np.float64).reshape(x.shape).astype(x.dtype)


def _fitting(value: float, x: Array) -> Any:
    """The parameter in x's own type."""
    if x.dtype.kind != "f" and not math.isfinite(value):
        raise TorchError("RuntimeError", "value cannot be converted to type int64_t without overflow")
    return x.dtype.type(value)


def _hardtanh(x: Array, *, min_val: float, max_val: float) -> Any:
    return np.minimum(np.maximum(x, _fitting(min_val, x)), _fitting(max_val, x))


def _threshold(x: Array, *, threshold: float, value: float) -> Any:
    return np.where(x <= _fitting(threshold, x), _fitting(value, x), x)


def _leaky(x: Array, *, negative_slope: float) -> Any:
    return np.where(x > 0, x, x * x.dtype.type(negative_slope))


def _elu(x: Array, *, alpha: float, scale: float = 1.0, input_scale: float = 1.0) -> Any:
    below = EXPM1(np.minimum(x, 0) * x.dtype.type(input_scale)) * x.dtype.type(alpha * scale)
    return np.where(x <= 0, below, x * x.dtype.type(scale)).astype(x.dtype)


def _softplus(x: Array, *, beta: float, threshold: float) -> Any:
    scaled = x * x.dtype.type(beta)
    inside = LOG1P(EXP(np.minimum(scaled, x.dtype.type(threshold)))) / x.dtype.type(beta)
    return np.where(scaled > threshold, x, inside)


def _softshrink(x: Array, *, lambd: float) -> Any:
    bound = x.dtype.type(lambd)
    return np.where(x > bound, x - bound, np.where(x < -bound, x + bound, x * x.dtype.type(0)))


def _hardshrink(x: Array, *, lambd: float) -> Any:
    bound = x.dtype.type(lambd)
    return np.where((x >= -bound) & (x <= bound), x.dtype.type(0), x)


def _gelu(x: Array, *, approximate: str) -> Any:
    half, root, cubic = (x.dtype.type(v) for v in (0.5, ROOT, CUBIC))
    if approximate == "none":
        return x * half * (1 + _erf(x * x.dtype.type(math.sqrt(0.5))))
    return half * x * (1 + TANH(root * (x + cubic * x * x * x)))


def _by_gelu(xp: Any, x: Any, y: Any, *, approximate: str) -> Any:
    """Φ(x) + x·φ(x); of the approximation ½(1 + t) + ½x(1 − t²)·u′ with t = tanh u."""
    if approximate == "none":
        return xp.normal_cdf(x) + x * xp.exp(-(x * x) / 2) * (1 / math.sqrt(2 * math.pi))
    t = xp.tanh(ROOT * (x + CUBIC * x * x * x))
    return (1 + t) / 2 + x * (1 - t * t) * (ROOT + 3 * ROOT * CUBIC * x * x) / 2


def _by_elu(xp: Any, x: Any, alpha: float, scale: float, input_scale: float) -> Any:
    """The score of the upper piece at 0 and above, alpha·scale·input_scale·e^(input_scale·x) below."""
    lower = alpha * scale * input_scale * xp.exp(input_scale * x if input_scale != 1 else x)
    return xp.cases(x <= 0, lower, scale)


def _by_softplus(xp: Any, x: Any, y: Any, *, beta: float, threshold: float) -> Any:
    scaled = beta * x if beta != 1 else x
    return xp.cases(scaled > threshold, 1.0, xp.sigmoid(scaled))


def _by_hardswish(xp: Any, x: Any, y: Any) -> Any:
    """0 up to −3, x/3 + ½ between, 1 from 3 on."""
    return xp.cases((x > -3) & (x < 3), x / 3 + 0.5, xp.plateaus(x, ends=(0,), values=(0, 1), nan=1))


def _by_mish(xp: Any, x: Any, y: Any) -> Any:
    """With t = tanh(softplus x): t + x·σ(x)·(1 − t²)."""
    t = xp.tanh(xp.softplus(x, beta=1.0, threshold=20.0))
    return t + x * xp.sigmoid(x) * (1 - t * t)


_BY_HARDTANH = lambda xp, x, y, *, min_val, max_val: xp.plateaus(x, ends=(min_val, max_val), values=(0, 1, 0))  # noqa: E731
_BY_SELU = lambda xp, x, y: _by_elu(xp, x, SELU_ALPHA, SELU_SCALE, 1)  # noqa: E731
_BY_CELU = lambda xp, x, y, *, alpha: _by_elu(xp, x, alpha, 1, 1 / alpha)  # noqa: E731

# fmt: off
#                         name           forward                       ∂y/∂x                                   LaTeX
leaky_relu  = activation("leaky_relu",  _leaky,                       lambda xp, x, y, *, negative_slope: xp.plateaus(x, ends=(0,), values=(negative_slope, 1), nan=negative_slope), r"\operatorname{leaky}(@1)", only_float("leaky_relu_cpu"), shows=("negative_slope",))
elu         = activation("elu",         _elu,                         lambda xp, x, y, *, alpha, scale, input_scale: _by_elu(xp, x, alpha, scale, input_scale), r"\operatorname{elu}(@1)", only_float("elu_cpu"), shows=("alpha",))
selu        = activation("selu",        lambda x: _elu(x, alpha=SELU_ALPHA, scale=SELU_SCALE), _BY_SELU,       r"\operatorname{selu}(@1)",  only_float("elu_cpu"), grad_fn="EluBackward0")
celu        = activation("celu",        lambda x, *, alpha: _elu(x, alpha=alpha, input_scale=1 / alpha), _BY_CELU, r"\operatorname{celu}(@1)", only_float("elu_cpu"), shows=("alpha",))
gelu        = activation("gelu",        _gelu,                        _by_gelu,                               r"@1\,\Phi(@1)",             only_float("GeluKernelImpl"), shows=("approximate",))
silu        = activation("silu",        lambda x: x / (1 + EXP(-x)),   lambda xp, x, y: xp.sigmoid(x) * (1 + x * (1 - xp.sigmoid(x))), r"@1\,\sigma(@1)", only_float("silu_cpu"))
mish        = activation("mish",        lambda x: x * TANH(_softplus(x, beta=1.0, threshold=20.0)), _by_mish, r"@1 \tanh(\ln(1 + e^{@1}))", only_float("mish_cpu"))
softplus    = activation("softplus",    _softplus,                    _by_softplus,                           r"\ln(1 + e^{@1})", only_float("softplus_cpu"), shows=("beta", "threshold"))
softshrink  = activation("softshrink",  _softshrink,                  lambda xp, x, y, *, lambd: xp.outside(x, bound=lambd), r"\operatorname{sign}(@1)\max(|@1| - {lambd}, 0)", only_float("softshrink_check"), selects=True, shows=("lambd",))
hardshrink  = activation("hardshrink",  _hardshrink,                  lambda xp, x, y, *, lambd: xp.outside(x, bound=lambd), r"@1\,[|@1| > {lambd}]", only_float("hardshrink_cpu"), selects=True, shows=("lambd",))
hardtanh    = activation("hardtanh",    _hardtanh,                    _BY_HARDTANH, r"\min(\max(@1, {min_val}), {max_val})", no_bool("Bool inputs not supported for hardtanh"), selects=True, shows=("min_val", "max_val"))
relu6       = activation("relu6",       _hardtanh,                    _BY_HARDTANH,            r"\min(\max(@1, {min_val}), {max_val})", no_bool("Bool inputs not supported for hardtanh"), selects=True, grad_fn="HardtanhBackward0")
hardsigmoid = activation("hardsigmoid", lambda x: (np.clip(x + 3, 0, 6) / 6).astype(x.dtype), lambda xp, x, y: xp.sixth(x), r"\min(\max(\tfrac{@1}{6} + \tfrac{1}{2}, 0), 1)", only_float("hardsigmoid_cpu"), selects=True, once="aten::hardsigmoid_backward")
hardswish   = activation("hardswish",   lambda x: (x * np.clip(x + 3, 0, 6) / 6).astype(x.dtype), _by_hardswish, r"@1 \min(\max(\tfrac{@1}{6} + \tfrac{1}{2}, 0), 1)", only_float("hardswish_cpu"))
logsigmoid  = activation("logsigmoid",  lambda x: np.minimum(x, 0) - LOG1P(EXP(-np.abs(x))), lambda xp, x, y: xp.sigmoid(-x), r"\ln \sigma(@1)", only_float("log_sigmoid_cpu"), grad_fn="LogSigmoidBackward0")
threshold   = activation("threshold",   _threshold,                   lambda xp, x, y, *, threshold: xp.plateaus(x, ends=(threshold,), values=(0, 1)), r"\begin{cases} @1 & @1 > {threshold} \\ {value} & \text{else} \end{cases}", no_bool_kernel("threshold_cpu"), selects=True, shows=("threshold", "value"), call="F.threshold(x, 0.0, -1.0)")
# fmt: on
cdf = Operation(
    "normal_cdf",
    normal_cdf,
    [Elementwise(rule=lambda xp, x, y: xp.exp(-(x * x) / 2) * (1 / math.sqrt(2 * math.pi)))],
    tex=lambda x: formula.function(r"\Phi", x),
    grad_fn="ErfBackward0",
)  # fmt: skip
