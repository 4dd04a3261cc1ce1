"""Powers in PyTorch's three forms: tensor to a number, tensor to a tensor, number to a tensor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.dtypes import number_type, of, result_type
from app.engine.errors import TorchError
from app.engine.kernels.wide import widened
from app.engine.kinds import no_bool_kernel
from app.engine.operation import Number, Operation
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write

POWER = widened(np.power)
PRODUCTS: dict[Number, Callable[[Array], Any]] = {2: lambda x: x * x, 3: lambda x: x * x * x, 0.5: np.sqrt}
"""Exponents for which PyTorch multiplies or takes the root."""
NEGATIVE = "Integers to negative integer powers are not allowed."


def _to_number(x: Array, *, exponent: Number) -> Any:
    default = current().default_dtype
    x = x.astype(result_type(((of(x), 0), (number_type(exponent, default), 2)), default).numpy, copy=False)
    if x.dtype.kind == "b":
        return x | (not exponent)
    if x.dtype.kind in "iu" and exponent < 0:
        raise TorchError("RuntimeError", NEGATIVE)
    if exponent in PRODUCTS:
        return PRODUCTS[exponent](x)
    return POWER(x, x.dtype.type(exponent))


def _to_tensor(a: Array, b: Array) -> Any:
    """A negative power of an integer is cut to an integer: only those of 1 and −1 are not 0."""
    if a.dtype.kind not in "iu" or not (b < 0).any():
        return POWER(a, b)
    inverse = np.where(np.abs(a) == 1, a ** (np.abs(b) % 2), 0)
    return np.where(b < 0, inverse, np.power(a, np.maximum(b, 0))).astype(a.dtype)


def _by_number(xp: Any, x: Any, exponent: Number) -> Any:
    """n·xⁿ⁻¹; 0 for n = 0, also at x = 0."""
    if exponent == 0:
        return x * 0
    return exponent * xp.pow_number(x, exponent=exponent - 1)


def _by_base(xp: Any, a: Any, b: Any) -> Any:
    """b·aᵇ⁻¹, and 0 where b is 0."""
    return xp.kept(b * xp.pow_tensor(a, b - 1), xp.ne(b, 0))


def _by_exponent(xp: Any, a: Any, b: Any, y: Any) -> Any:
    """aᵇ·ln a; PyTorch: 0 where a = 0 and b ≥ 0."""
    free = xp.logical_not(xp.logical_and(xp.eq(a, 0), xp.ge(b, 0)))
    return xp.kept(y * xp.log(a), free)


_BY_NUMBER = Elementwise(rule=lambda xp, x, y, *, exponent: _by_number(xp, x, exponent))
_KERNEL = no_bool_kernel("pow")
_BY_BASE = Elementwise(rule=lambda xp, a, b, y: _by_base(xp, a, b))

# fmt: off
pow_number = Operation("pow_number", _to_number, [_BY_NUMBER],                                 tex=lambda x, exponent: x**exponent, grad_fn="PowBackward0")
pow_tensor = Operation("pow_tensor", _to_tensor, [_BY_BASE, Elementwise(rule=_by_exponent)],   tex=lambda a, b: a**b, grad_fn="PowBackward1", promotes="same", refuses=_KERNEL)
pow_scalar = Operation("pow_scalar", _to_tensor, [_BY_BASE, Elementwise(rule=_by_exponent)],   tex=lambda a, b: a**b, grad_fn="PowBackward2", promotes="same", refuses=_KERNEL)
# fmt: on
for _operation in (pow_number, pow_tensor, pow_scalar):
    _operation.name = "pow"


def power(input: Tensor | Number, exponent: Tensor | Number) -> Any:
    """input ** exponent; the exponent of `x ** 2` is a parameter, not an operand."""
    if not isinstance(input, Tensor):
        return pow_scalar.apply((input, exponent), {})
    if isinstance(exponent, Tensor):
        return pow_tensor.apply((input, exponent), {})
    return pow_number.apply((input,), {"exponent": exponent})


def power_(input: Tensor, exponent: Tensor | Number) -> Any:
    """input ← input ** exponent."""
    if isinstance(exponent, Tensor):
        return write(input, pow_tensor, (exponent,), {}, name="pow_")
    return write(input, pow_number, (), {"exponent": exponent}, name="pow_")


offer("torch.pow binary.**", ("operand input, operand exponent", power))
offer("Tensor.pow", ("Tensor input, Tensor exponent", power), ("Tensor input, number exponent", power))
offer("Tensor.pow_ inplace.**=", ("Tensor input, operand exponent", power_))
