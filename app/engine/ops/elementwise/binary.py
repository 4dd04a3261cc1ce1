"""Elementwise functions of two tensors, with broadcasting: forward, ∂y/∂a, ∂y/∂b, LaTeX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array
from app.engine.dtypes import DType, bool_
from app.engine.errors import TorchError
from app.engine.kinds import no_bool_kernel, no_bool_operand, not_implemented
from app.engine.multiply_add import multiply_add
from app.engine.operation import Number, Operation
from app.engine.ops.stating import TENSORS, binary, offer_pair, tex_of
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise, Refused
from app.engine.relation.factored import Over
from app.engine.tensor import Tensor
from app.engine.write import write

Operand = Tensor | Number


def _plus(a: Array, b: Array, alpha: Number) -> Any:
    """a + alpha·b, rounded once where there is a factor."""
    _check_factor(b, alpha)
    return np.add(a, b) if alpha == 1 else multiply_add(b, b.dtype.type(alpha), a)


def _check_factor(b: Array, alpha: Number) -> None:
    if isinstance(alpha, bool) and b.dtype.kind != "b":
        raise TorchError("RuntimeError", "Boolean alpha only supported for Boolean results.")
    if isinstance(alpha, float) and b.dtype.kind != "f":
        raise TorchError(
            "RuntimeError", "For integral input tensors, argument alpha must not be a floating point number."
        )


def _subtracted(a: Array, b: Array, *, alpha: Number = 1) -> Any:
    _check_factor(b, alpha)
    return np.subtract(a, b) if alpha == 1 else multiply_add(b, -b.dtype.type(alpha), a)


def _stepped(x: Array, values: Array) -> Array:
    return np.where(x == 0, values, x > 0).astype(x.dtype) if x.dtype.kind != "f" else np.heaviside(x, values)


def _of_one_type(own: tuple[DType, ...], _: DType) -> None:
    if len(set(own)) > 1:
        raise TorchError("RuntimeError", "heaviside is not yet implemented for tensors with different dtypes.")


def _no_zero(a: Array, b: Array) -> None:
    if a.dtype.kind in "iu" and b.dtype.kind in "iu" and (b == 0).any():
        raise TorchError("RuntimeError", "ZeroDivisionError")


def _floor_divided(a: Array, b: Array) -> Any:
    """⌊a / b⌋; a floating-point division by 0 stays infinite."""
    _no_zero(a, b)
    if a.dtype.kind != "f":
        return np.floor_divide(a, b)
    return np.where(b == 0, a / b, np.floor_divide(a, b)).astype(a.dtype)


def _remainder(a: Array, b: Array) -> Any:
    """a - b·⌊a / b⌋; a remainder of 0 has the sign of a, where NumPy gives it that of b."""
    _no_zero(a, b)
    rest = np.remainder(a, b)
    return np.where(rest == 0, np.copysign(rest, a), rest) if rest.dtype.kind == "f" else rest


def _rounded(a: Array, b: Array, *, rounding: str) -> Any:
    """The quotient rounded down or towards 0."""
    if a.dtype.kind == "b":
        raise not_implemented(f"div_{rounding}_cpu", bool_)
    if rounding == "floor" or a.dtype.kind != "f":
        down = _floor_divided(a, b)
        return down if rounding == "floor" else np.where((down < 0) & (down * b != a), down + 1, down).astype(a.dtype)
    return np.trunc(a / b)


def _share(xp: Any, a: Any, b: Any) -> Any:
    """1 where a wins, ½ at a tie, 0 where it loses: each is a subgradient, and ties share evenly.

    It is stated by what a loses, because PyTorch passes the whole score on where neither wins (nan).
    """
    return 1 - xp.lt(a, b) * 1.0 - xp.eq(a, b) * 0.5


# fmt: off
#                        name           forward         ∂y/∂a                                  ∂y/∂b                                  LaTeX
mul          = binary("mul",          np.multiply,    lambda xp, a, b, y: b,                 lambda xp, a, b, y: a,                 r"@1 \cdot @2")
div          = binary("div",          np.true_divide, lambda xp, a, b, y: Over(b),           lambda xp, a, b, y: -(a / b) / b,      r"\frac{@1}{@2}",         promotes="float")
remainder    = binary("remainder",    _remainder,     None,                                  lambda xp, a, b, y: -xp.floor(a / b),  r"@1 \bmod @2",          refuses=no_bool_kernel("remainder_cpu"), grad_fn="RemainderBackward1")
remainder_by = binary("remainder_by", _remainder,     None,                                  lambda xp, a, b, y: -xp.floor(a / b),  r"@1 \bmod @2",          refuses=no_bool_kernel("remainder_cpu"), grad_fn="RemainderBackward0")
maximum      = binary("maximum",      np.maximum,     lambda xp, a, b, y: _share(xp, a, b),  lambda xp, a, b, y: _share(xp, b, a),  r"\max(@1, @2)",          selects=True)
minimum      = binary("minimum",      np.minimum,     lambda xp, a, b, y: _share(xp, b, a),  lambda xp, a, b, y: _share(xp, a, b),  r"\min(@1, @2)",          selects=True)
rdiv         = binary("rdiv",         np.true_divide, lambda xp, a, b, y: 1 / b,             lambda xp, a, b, y: -(y / b),          r"\frac{@1}{@2}",         promotes="float", grad_fn="MulBackward0", private=True)
# fmt: on

add = Operation(
    "add", lambda a, b, *, alpha=1: _plus(a, b, alpha),
    [Elementwise(), Elementwise(rule=lambda xp, a, b, y, *, alpha: alpha)],
    tex=lambda a, b, alpha=1: a + (b if alpha == 1 else alpha * b), promotes="same",
)  # fmt: skip
sub = Operation(
    "sub", _subtracted,
    [Elementwise(), Elementwise(rule=lambda xp, a, b, y, *, alpha: -alpha)],
    tex=lambda a, b, alpha=1: a - (b if alpha == 1 else alpha * b), promotes="same", refuses=no_bool_operand,
)  # fmt: skip
rsub = Operation(
    "rsub", lambda a, b, *, alpha=1: _subtracted(b, a, alpha=alpha),
    [Elementwise(rule=lambda xp, a, b, y, *, alpha: -alpha), Elementwise()],
    grad_fn=lambda call: f"RsubBackward{int(call.inputs[1].ndim == 0)}",
    tex=lambda a, b, alpha=1: b - (a if alpha == 1 else alpha * a), promotes="same", refuses=no_bool_operand,
)  # fmt: skip
_NONE = Refused(function="floor_divide", rule=lambda xp, a, b, y: 0)
floor_divide = Operation(
    "floor_divide", _floor_divided, [_NONE, _NONE],
    grad_fn="NotImplemented", tex=tex_of(r"\lfloor @1 / @2 \rfloor"), promotes="same",
    refuses=no_bool_kernel("div_floor_cpu"),
)  # fmt: skip
remainder_of = Operation(
    "remainder_of", _remainder,
    [Refused(function="remainder"), Refused(function="remainder", rule=lambda xp, a, b, y: -xp.floor(a / b))],
    grad_fn="NotImplemented", tex=remainder.tex, promotes="same", refuses=remainder.refuses,
)  # fmt: skip
for _operation in (remainder_by, remainder_of):
    _operation.name = "remainder"
_FLAT = Elementwise(rule=lambda xp, a, b, y: 0, selects=True, saves=frozenset({("input", 0), ("input", 1)}))
div_rounded = Operation(
    "div_rounded", _rounded, [_FLAT, _FLAT], grad_fn="DivBackward2", promotes="same",
    tex=lambda a, b, rounding: formula.wrapped(r"\lfloor @1 / @2 \rfloor" if rounding == "floor" else r"\operatorname{trunc}(@1 / @2)", a, b),
)  # fmt: skip
div_rounded.name = "div"
heaviside = Operation("heaviside", _stepped, [], tex=tex_of(r"H(@1, @2)"), promotes="same", refuses=_of_one_type)
kept = Operation(
    "kept", lambda x, mask: np.where(mask, x, x.dtype.type(0)),
    [Elementwise(rule=lambda xp, x, mask, y: mask), None], tex=lambda x, mask: x.also_reads(mask),
)  # fmt: skip


def _with_alpha(operation: Operation) -> Callable[..., Any]:
    def run(input: Operand, other: Operand, alpha: Number = 1) -> Any:
        return operation.apply((input, other), {"alpha": alpha})

    return run


def _with_alpha_(operation: Operation) -> Callable[..., Any]:
    def run(input: Tensor, other: Operand, alpha: Number = 1) -> Any:
        return write(input, operation, (other,), {"alpha": alpha})

    return run


def _divided(input: Operand, other: Operand, rounding_mode: str | None = None) -> Any:
    """torch.div; "floor" and "trunc" round the quotient and stop the score."""
    if rounding_mode is None:
        return div.apply((input, other), {})
    if rounding_mode not in ("floor", "trunc"):
        raise TorchError(
            "RuntimeError",
            f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{rounding_mode}'",
        )
    return div_rounded.apply((input, other), {"rounding": rounding_mode})


def _minus(input: Operand, other: Operand) -> Any:
    """The operator: a number on the left is PyTorch's rsub."""
    if isinstance(input, Tensor):
        return sub.apply((input, other), {"alpha": 1})
    return rsub.apply((other, input), {"alpha": 1})


def _modulus(other: Operand) -> Operation:
    return remainder if isinstance(other, Tensor) else remainder_by


def _modulo(input: Operand, other: Operand) -> Any:
    """The remainder; of a number by a tensor PyTorch knows no derivative."""
    operation = _modulus(other) if isinstance(input, Tensor) else remainder_of
    return operation.apply((input, other), {})


def _over(input: Operand, other: Operand) -> Any:
    """The operator: a number on the left is PyTorch's reciprocal · number."""
    return (div if isinstance(input, Tensor) else rdiv).apply((input, other), {})


# fmt: off
ALPHA = "operand input, operand other, *, number alpha=1"
ALPHA_ = "Tensor input, operand other, *, number alpha=1"
ALPHA_FIRST = "older Tensor input, number alpha, operand other"
PAIR = "operand input, operand other"
offer("add",                            (ALPHA, _with_alpha(add)), (ALPHA_FIRST, _with_alpha(add)))
offer("sub subtract",                   (ALPHA, _with_alpha(sub)), (ALPHA_FIRST, _with_alpha(sub)))
offer("Tensor.add_ inplace.+=",         (ALPHA_, _with_alpha_(add)), (ALPHA_FIRST, _with_alpha_(add)))
offer("Tensor.sub_ Tensor.subtract_ inplace.-=", (ALPHA_, _with_alpha_(sub)), (ALPHA_FIRST, _with_alpha_(sub)))
offer("binary.+",                       (PAIR, lambda input, other: add.apply((input, other), {"alpha": 1})), operation="add")
offer("binary.-",                       (PAIR, _minus), operation="sub")
offer("binary./",                       (PAIR, _over), operation="div")
offer("div divide",                     (f"{PAIR}, *, str? rounding_mode=None", _divided))
offer("true_divide",                    (PAIR, _divided), operation="div")
offer("Tensor.div_ Tensor.divide_ inplace./=", ("Tensor input, operand other", lambda input, other: write(input, div, (other,), {})))
offer("torch.rsub",                     (ALPHA_, _with_alpha(rsub)))
offer_pair(mul,          "mul multiply binary.*",   "Tensor.mul_ Tensor.multiply_ inplace.*=")
offer_pair(floor_divide, "floor_divide binary.//",  "Tensor.floor_divide_ inplace.//=")
offer("remainder binary.%",             (PAIR, _modulo))
offer("Tensor.remainder_ inplace.%=",   ("Tensor input, operand other", lambda input, other: write(input, _modulus(other), (other,), {})))
offer_pair(maximum,      "maximum",                 signature=TENSORS)
offer_pair(minimum,      "minimum",                 signature=TENSORS)
offer("heaviside",                      ("Tensor input, Tensor values", lambda input, values: heaviside.apply((input, values), {})))
# fmt: on
