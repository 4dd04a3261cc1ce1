"""Elementwise functions of two tensors, with broadcasting: forward, ∂y/∂a, ∂y/∂b, LaTeX."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.errors import TorchError
from app.engine.operation import Number, Operation
from app.engine.ops.stating import binary, expose_binary, predicate, tex_of
from app.engine.registry import expose
from app.engine.relation.elementwise import Elementwise
from app.engine.tensor import Tensor
from app.engine.write import write

Operand = Tensor | Number


def _alpha(a: np.ndarray, b: np.ndarray, alpha: Number) -> np.ndarray:
    return b if alpha == 1 else b * b.dtype.type(alpha)


def _added(a: np.ndarray, b: np.ndarray, *, alpha: Number = 1) -> np.ndarray:
    return np.add(a, _alpha(a, b, alpha))


def _subtracted(a: np.ndarray, b: np.ndarray, *, alpha: Number = 1) -> np.ndarray:
    if a.dtype.kind == "b":
        raise TorchError("RuntimeError", BOOL_SUB)
    return np.subtract(a, _alpha(a, b, alpha))


BOOL_SUB = (
    "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` "
    "operator instead."
)


def _integers(a: np.ndarray, b: np.ndarray) -> bool:
    return a.dtype.kind in "iu" and b.dtype.kind in "iu"


def _no_zero(b: np.ndarray) -> None:
    if (b == 0).any():
        raise TorchError("RuntimeError", "ZeroDivisionError")


def _floor_divided(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    if _integers(a, b):
        _no_zero(b)
    return (
        np.where(b == 0, a / b, np.floor_divide(a, b)).astype(a.dtype) if a.dtype.kind == "f" else np.floor_divide(a, b)
    )


def _remainder(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    if _integers(a, b):
        _no_zero(b)
    return np.remainder(a, b)


def _share(xp: Any, a: Any, b: Any) -> Any:
    """1 where a wins, ½ at a tie, 0 where it loses: each is a subgradient, and ties share evenly."""
    return (xp.ge(a, b) * 1.0 + xp.gt(a, b) * 1.0) / 2


add = Operation(
    "add", _added,
    [Elementwise(), Elementwise(rule=lambda xp, a, b, y, *, alpha: alpha)],
    tex=lambda a, b, alpha=1: a + (b if alpha == 1 else alpha * b), promotes="same",
)  # fmt: skip
sub = Operation(
    "sub", _subtracted,
    [Elementwise(), Elementwise(rule=lambda xp, a, b, y, *, alpha: -alpha)],
    tex=lambda a, b, alpha=1: a - (b if alpha == 1 else alpha * b), promotes="same",
)  # fmt: skip
mul = binary("mul", np.multiply, lambda xp, a, b, y: b, lambda xp, a, b, y: a, r"@1 \cdot @2")
div = binary(
    "div",
    np.true_divide,
    lambda xp, a, b, y: 1 / b,
    lambda xp, a, b, y: -(a / b) / b,
    r"\frac{@1}{@2}",
    promotes="float",
)
floor_divide = binary("floor_divide", _floor_divided, None, None, r"\lfloor @1 / @2 \rfloor", grad_fn="NotImplemented")
remainder = binary("remainder", _remainder, None, lambda xp, a, b, y: -xp.floor(a / b), r"@1 \bmod @2")
maximum = binary(
    "maximum",
    np.maximum,
    lambda xp, a, b, y: _share(xp, a, b),
    lambda xp, a, b, y: _share(xp, b, a),
    r"\max(@1, @2)",
    selects=True,
)
minimum = binary(
    "minimum",
    np.minimum,
    lambda xp, a, b, y: _share(xp, b, a),
    lambda xp, a, b, y: _share(xp, a, b),
    r"\min(@1, @2)",
    selects=True,
)
rsub = Operation(
    "rsub", lambda a, b: np.subtract(b, a), [Elementwise(rule=lambda xp, a, b, y: -1), Elementwise()],
    grad_fn="RsubBackward1", tex=tex_of("@2 - @1"), promotes="same",
)  # fmt: skip
rdiv = Operation(
    "rdiv", lambda a, b: np.true_divide(a, b),
    [Elementwise(rule=lambda xp, a, b, y: 1 / b), Elementwise(rule=lambda xp, a, b, y: -(y / b))],
    grad_fn="MulBackward0", tex=tex_of(r"\frac{@1}{@2}"), promotes="float",
)  # fmt: skip
heaviside = Operation(
    "heaviside", lambda x, values: np.heaviside(x, values), [], tex=tex_of(r"H(@1, @2)"), promotes="same"
)
kept = Operation(
    "kept", lambda x, mask: np.where(mask, x, x.dtype.type(0)),
    [Elementwise(rule=lambda xp, x, mask, y: mask), None], tex=lambda x, mask: x.also_reads(mask),
)  # fmt: skip


def _with_alpha(operation: Operation) -> Any:
    def run(input: Operand, other: Operand, alpha: Number = 1) -> Any:
        return operation.apply((input, other), {"alpha": alpha})

    return run


def _with_alpha_inplace(operation: Operation) -> Any:
    def run(input: Tensor, other: Operand, alpha: Number = 1) -> Any:
        return write(input, operation, (other,), {"alpha": alpha})

    return run


ALPHA = "operand input, operand other, *, number alpha=1"
for _operation, _symbol, _other in (
    (add, "+", "torch.add Tensor.add"),
    (sub, "-", "torch.sub torch.subtract Tensor.sub Tensor.subtract"),
):
    expose(_other, (ALPHA, _with_alpha(_operation)), operation=_operation.name)
    expose(
        f"Tensor.{_operation.name}_ inplace.{_symbol}=",
        ("Tensor input, operand other, *, number alpha=1", _with_alpha_inplace(_operation)),
        operation=f"{_operation.name}_",
    )


def _divided(input: Operand, other: Operand, rounding_mode: str | None = None) -> Any:
    """torch.div; "floor" and "trunc" round the quotient and stop the score."""
    if rounding_mode is None:
        return div.apply((input, other), {})
    from app.engine.ops.unary import trunc

    return (
        floor_divide.apply((input, other), {})
        if rounding_mode == "floor"
        else trunc.apply((div.apply((input, other), {}),), {})
    )


def _minus(input: Operand, other: Operand) -> Any:
    """The operator: a number on the left is PyTorch's rsub."""
    if isinstance(input, Tensor):
        return sub.apply((input, other), {"alpha": 1})
    assert isinstance(other, Tensor)
    return rsub.apply((other, input), {})


def _over(input: Operand, other: Operand) -> Any:
    """The operator: a number on the left is PyTorch's reciprocal · number."""
    return (div if isinstance(input, Tensor) else rdiv).apply((input, other), {})


expose(
    "binary.+",
    ("operand input, operand other", lambda input, other: add.apply((input, other), {"alpha": 1})),
    operation="add",
)
expose("binary.-", ("operand input, operand other", _minus), operation="sub")
expose("binary./", ("operand input, operand other", _over), operation="div")
expose(
    "torch.div torch.divide torch.true_divide Tensor.div Tensor.divide Tensor.true_divide",
    ("operand input, operand other, *, str? rounding_mode=None", _divided),
    operation="div",
)
expose(
    "Tensor.div_ inplace./=",
    ("Tensor input, operand other", lambda input, other: write(input, div, (other,), {})),
    operation="div_",
)
expose(
    "torch.rsub", ("Tensor input, operand other", lambda input, other: rsub.apply((input, other), {})), operation="rsub"
)
expose_binary(
    mul, "torch.mul torch.multiply Tensor.mul Tensor.multiply binary.*", "Tensor.mul_ Tensor.multiply_ inplace.*="
)
expose_binary(floor_divide, "torch.floor_divide Tensor.floor_divide binary.//", "Tensor.floor_divide_ inplace.//=")
expose_binary(remainder, "torch.remainder Tensor.remainder binary.%", "Tensor.remainder_ inplace.%=")
expose(
    "torch.maximum Tensor.maximum",
    ("Tensor input, Tensor other", lambda input, other: maximum.apply((input, other), {})),
    operation="maximum",
)
expose(
    "torch.minimum Tensor.minimum",
    ("Tensor input, Tensor other", lambda input, other: minimum.apply((input, other), {})),
    operation="minimum",
)
expose(
    "torch.heaviside Tensor.heaviside",
    ("Tensor input, Tensor values", lambda input, values: heaviside.apply((input, values), {})),
    operation="heaviside",
)

eq = predicate("eq", np.equal, "[@1 = @2]", "torch.eq Tensor.eq binary.==")
ne = predicate("ne", np.not_equal, r"[@1 \ne @2]", "torch.ne Tensor.ne binary.!=")
lt = predicate("lt", np.less, "[@1 < @2]", "torch.lt torch.less Tensor.lt Tensor.less binary.<")
le = predicate("le", np.less_equal, r"[@1 \le @2]", "torch.le Tensor.le binary.<=")
gt = predicate("gt", np.greater, "[@1 > @2]", "torch.gt torch.greater Tensor.gt Tensor.greater binary.>")
ge = predicate("ge", np.greater_equal, r"[@1 \ge @2]", "torch.ge Tensor.ge binary.>=")
logical_and = predicate(
    "logical_and", np.logical_and, r"@1 \land @2", "torch.logical_and Tensor.logical_and", "Tensor input, Tensor other"
)
logical_or = predicate(
    "logical_or", np.logical_or, r"@1 \lor @2", "torch.logical_or Tensor.logical_or", "Tensor input, Tensor other"
)
logical_xor = predicate(
    "logical_xor", np.logical_xor, r"@1 \oplus @2", "torch.logical_xor Tensor.logical_xor", "Tensor input, Tensor other"
)
bitwise_and = predicate("bitwise_and", np.bitwise_and, r"@1 \land @2", "torch.bitwise_and Tensor.bitwise_and binary.&")
bitwise_or = predicate("bitwise_or", np.bitwise_or, r"@1 \lor @2", "torch.bitwise_or Tensor.bitwise_or binary.|")
bitwise_xor = predicate("bitwise_xor", np.bitwise_xor, r"@1 \oplus @2", "torch.bitwise_xor Tensor.bitwise_xor binary.^")
