"""Elementwise functions of one tensor, as a table to proof-read: forward, derivative, LaTeX.

The rules read x or y exactly where PyTorch saves the input or the result: that is what decides which operations
can be walked twice and which in-place writes spoil a backward. Conventions at kinks are PyTorch's.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.dtypes import bool_
from app.engine.errors import TorchError
from app.engine.kernels.wide import EXP, wide
from app.engine.kinds import NEGATION, no_bool, no_bool_kernel, no_float
from app.engine.ops.stating import Forward, query, unary
from app.engine.registry import expose, offer
from app.engine.relation.factored import InTurn, Over
from app.engine.tensor import Tensor

LN2, LN10 = math.log(2), math.log(10)


def _sigmoid(x: Array) -> Array:
    """1 / (1 + e^-x); where e^-x overflows the quotient is 0, as it should be."""
    return np.asarray(1 / (1 + EXP(-x)), x.dtype)


def _positive_part(x: Array) -> Array:
    part: Array = np.maximum(x, x.dtype.type(0))
    return part


def _squared(x: Array) -> Array:
    """PyTorch's x ** 2: the square of bool is an integer."""
    y: Array = np.square(x.astype(np.int64) if x.dtype.kind == "b" else x)
    return y


def signs(x: Array) -> Array:
    return x if x.dtype.kind == "b" else np.sign(x)


def _rounding(function: np.ufunc) -> Forward:
    """Rounding leaves integers as they are."""
    return lambda x: function(x) if x.dtype.kind == "f" else x


# fmt: off
#                    name          forward                  ∂y/∂x                              LaTeX
neg        = unary("neg",        np.negative,             lambda xp, x, y: -1,               "-@1",                         promotes=None, also="negative unary.-", refuses=no_bool(NEGATION))
abs        = unary("abs",        np.abs,                  lambda xp, x, y: xp.sign(x),       "|@1|",                        promotes=None, also="absolute unary.abs", refuses=no_bool_kernel("abs_cpu"))
exp        = unary("exp",        wide(np.exp),            lambda xp, x, y: y,                "e^{@1}")
expm1      = unary("expm1",      wide(np.expm1),          lambda xp, x, y: y + 1,            "e^{@1} - 1", also="torch.special.expm1")
log        = unary("log",        wide(np.log),            lambda xp, x, y: Over(x),         r"\ln @1")
log2       = unary("log2",       wide(np.log2),           lambda xp, x, y: Over(x * LN2),    r"\log_2 @1")
log10      = unary("log10",      wide(np.log10),          lambda xp, x, y: Over(x * LN10),   r"\log_{10} @1")
log1p      = unary("log1p",      wide(np.log1p),          lambda xp, x, y: Over(x + 1),     r"\ln(1 + @1)", also="torch.special.log1p")
sqrt       = unary("sqrt",       np.sqrt,                 lambda xp, x, y: Over(2 * y),      r"\sqrt{@1}")
rsqrt      = unary("rsqrt",      lambda x: 1 / np.sqrt(x), lambda xp, x, y: -(y * y * y) / 2, r"\frac{1}{\sqrt{@1}}")
reciprocal = unary("reciprocal", np.reciprocal,           lambda xp, x, y: -(y * y),         r"\frac{1}{@1}")
square     = unary("square",     _squared,                lambda xp, x, y: 2 * x,            "@1^{2}",                      promotes=None, grad_fn="PowBackward0")
sin        = unary("sin",        wide(np.sin),            lambda xp, x, y: xp.cos(x),        r"\sin @1")
cos        = unary("cos",        wide(np.cos),            lambda xp, x, y: -xp.sin(x),       r"\cos @1")
tan        = unary("tan",        wide(np.tan),            lambda xp, x, y: 1 + y * y,        r"\tan @1")
sinh       = unary("sinh",       wide(np.sinh),           lambda xp, x, y: xp.cosh(x),       r"\sinh @1")
cosh       = unary("cosh",       wide(np.cosh),           lambda xp, x, y: xp.sinh(x),       r"\cosh @1")
tanh       = unary("tanh",       wide(np.tanh),           lambda xp, x, y: 1 - y * y,        r"\tanh @1",                   also="F.tanh")
sigmoid    = unary("sigmoid",    _sigmoid,                lambda xp, x, y: InTurn(y, 1 - y),  r"\sigma(@1)",                 also="F.sigmoid torch.special.expit")
relu       = unary("relu",       _positive_part,          lambda xp, x, y: xp.plateaus(y, ends=(0,), values=(0, 1)), r"\max(0, @1)", promotes=None, selects=True, refuses=no_bool("Boolean inputs not supported for relu"))
sign       = unary("sign",       signs,                   lambda xp, x, y: 0,                r"\operatorname{sign}(@1)",    promotes=None, selects=True)
floor      = unary("floor",      _rounding(np.floor),     lambda xp, x, y: 0,                r"\lfloor @1 \rfloor",         promotes=None, selects=True, refuses=no_bool_kernel("floor_vml_cpu"))
ceil       = unary("ceil",       _rounding(np.ceil),      lambda xp, x, y: 0,                r"\lceil @1 \rceil",           promotes=None, selects=True, refuses=no_bool_kernel("ceil_vml_cpu"))
trunc      = unary("trunc",      _rounding(np.trunc),     lambda xp, x, y: 0,                r"\operatorname{trunc}(@1)",   promotes=None, selects=True, refuses=no_bool_kernel("trunc_vml_cpu"))
round      = unary("round",      _rounding(np.rint),      lambda xp, x, y: 0,                r"\operatorname{round}(@1)",   promotes=None, selects=True, refuses=no_bool_kernel("round_vml_cpu"))

logical_not = query("logical_not", np.logical_not,        r"\lnot @1")
bitwise_not = query("bitwise_not", np.invert,             r"\lnot @1",                       refuses=no_float("bitwise_not_cpu"))
isnan       = query("isnan",       np.isnan,              r"[@1 = \text{nan}]")
isinf       = query("isinf",       np.isinf,              r"[|@1| = \infty]")
isfinite    = query("isfinite",    np.isfinite,           r"[|@1| < \infty]")
# fmt: on


def _inverted(input: Tensor) -> Any:
    """The operator `~`."""
    if input.dtype.is_floating_point:
        raise TorchError("TypeError", "~ (operator.invert) is only implemented on integer and Boolean-type tensors")
    return bitwise_not.apply((input,), {})


def _same(input: Tensor) -> Tensor:
    """The operator `+`."""
    if input.dtype is bool_:
        raise TorchError("RuntimeError", "The `+` operator, on a bool tensor is not supported.")
    return input


offer("unary.~", ("Tensor input", _inverted), operation="bitwise_not")
expose("unary.+ positive", ("Tensor input", _same))
