"""Elementwise functions of one tensor, as a table to proof-read: forward, derivative, LaTeX.

The rules read x or y exactly where PyTorch saves the input or the result: that is what decides which operations
can be walked twice and which in-place writes spoil a backward. Conventions at kinks are PyTorch's.
"""

from __future__ import annotations

import numpy as np

from app.engine.operation import Operation
from app.engine.ops.stating import tex_of, unary
from app.engine.registry import expose


def _sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + e^-x) without overflow on either side."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e)).astype(x.dtype)


def _round(x: np.ndarray) -> np.ndarray:
    return np.rint(x) if x.dtype.kind == "f" else x


def _integral(function: np.ufunc) -> object:
    """Rounding leaves integers as they are."""
    return lambda x: function(x) if x.dtype.kind == "f" else x


#                      forward          ∂y/∂x
neg = unary(
    "neg",
    np.negative,
    lambda xp, x, y: -1,
    "-@1",
    promotes=None,
    spellings="torch.neg torch.negative Tensor.neg Tensor.negative unary.-",
)
exp = unary("exp", np.exp, lambda xp, x, y: y, "e^{@1}")
expm1 = unary("expm1", np.expm1, lambda xp, x, y: y + 1, "e^{@1} - 1")
log = unary("log", np.log, lambda xp, x, y: 1 / x, r"\ln @1")
log2 = unary("log2", np.log2, lambda xp, x, y: 1 / (x * float(np.log(2))), r"\log_2 @1")
log10 = unary("log10", np.log10, lambda xp, x, y: 1 / (x * float(np.log(10))), r"\log_{10} @1")
log1p = unary("log1p", np.log1p, lambda xp, x, y: 1 / (x + 1), r"\ln(1 + @1)")
sqrt = unary("sqrt", np.sqrt, lambda xp, x, y: 1 / (2 * y), r"\sqrt{@1}")
rsqrt = unary("rsqrt", lambda x: 1 / np.sqrt(x), lambda xp, x, y: -(y * y * y) / 2, r"\frac{1}{\sqrt{@1}}")
reciprocal = unary("reciprocal", np.reciprocal, lambda xp, x, y: -(y * y), r"\frac{1}{@1}")
square = unary("square", np.square, lambda xp, x, y: 2 * x, "@1^{2}", grad_fn="PowBackward0", promotes=None)
sin = unary("sin", np.sin, lambda xp, x, y: xp.cos(x), r"\sin @1")
cos = unary("cos", np.cos, lambda xp, x, y: -xp.sin(x), r"\cos @1")
tan = unary("tan", np.tan, lambda xp, x, y: 1 + y * y, r"\tan @1")
sinh = unary("sinh", np.sinh, lambda xp, x, y: xp.cosh(x), r"\sinh @1")
cosh = unary("cosh", np.cosh, lambda xp, x, y: xp.sinh(x), r"\cosh @1")
tanh = unary("tanh", np.tanh, lambda xp, x, y: 1 - y * y, r"\tanh @1", spellings="torch.tanh Tensor.tanh F.tanh")
sigmoid = unary(
    "sigmoid", _sigmoid, lambda xp, x, y: y * (1 - y), r"\sigma(@1)", spellings="torch.sigmoid Tensor.sigmoid F.sigmoid"
)
relu = unary(
    "relu",
    lambda x: np.maximum(x, x.dtype.type(0)),
    lambda xp, x, y: y > 0,
    r"\max(0, @1)",
    promotes=None,
    selects=True,
    spellings="torch.relu Tensor.relu F.relu",
)
abs = unary(
    "abs",
    np.abs,
    lambda xp, x, y: xp.sign(x),
    "|@1|",
    promotes=None,
    spellings="torch.abs torch.absolute Tensor.abs Tensor.absolute unary.abs",
)
sign = unary("sign", np.sign, lambda xp, x, y: 0, r"\operatorname{sign}(@1)", promotes=None, selects=True)
floor = unary("floor", _integral(np.floor), lambda xp, x, y: 0, r"\lfloor @1 \rfloor", promotes=None, selects=True)
ceil = unary("ceil", _integral(np.ceil), lambda xp, x, y: 0, r"\lceil @1 \rceil", promotes=None, selects=True)
trunc = unary(
    "trunc", _integral(np.trunc), lambda xp, x, y: 0, r"\operatorname{trunc}(@1)", promotes=None, selects=True
)
round = unary("round", _round, lambda xp, x, y: 0, r"\operatorname{round}(@1)", promotes=None, selects=True)

expose("unary.+ Tensor.positive torch.positive", ("Tensor input", lambda input: input))
logical_not = Operation("logical_not", np.logical_not, [], tex=tex_of(r"\lnot @1"))
expose(
    "torch.logical_not Tensor.logical_not",
    ("Tensor input", lambda input: logical_not.apply((input,), {})),
    operation="logical_not",
)
bitwise_not = Operation("bitwise_not", np.invert, [], tex=tex_of(r"\lnot @1"))
expose(
    "torch.bitwise_not Tensor.bitwise_not unary.~",
    ("Tensor input", lambda input: bitwise_not.apply((input,), {})),
    operation="bitwise_not",
)
for _name, _test in (("isnan", np.isnan), ("isinf", np.isinf), ("isfinite", np.isfinite)):
    _operation = Operation(_name, _test, [])
    expose(
        f"torch.{_name} Tensor.{_name}",
        ("Tensor input", lambda input, op=_operation: op.apply((input,), {})),
        operation=_name,
    )
