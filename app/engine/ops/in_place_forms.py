"""In-place forms that are nothing but the operation written over its first operand: eq_, logical_and_, tril_ …"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine import dtypes
from app.engine.errors import TorchError
from app.engine.namespaces import OPERATIONS
from app.engine.operation import Number
from app.engine.registry import METHODS, expose
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.write import write

PAIRS = {
    "eq": "eq", "ne": "ne not_equal", "lt": "lt less", "le": "le less_equal", "gt": "gt greater",
    "ge": "ge greater_equal", "logical_and": "logical_and", "logical_or": "logical_or", "logical_xor": "logical_xor",
    "bitwise_and": "bitwise_and", "bitwise_or": "bitwise_or", "bitwise_xor": "bitwise_xor", "div": "true_divide",
}  # fmt: skip
"""Operations of two operands with the spellings of their in-place form."""


def _paired(operation: str) -> Callable[..., Tensor]:
    def run(input: Tensor, other: Tensor | Number) -> Tensor:
        return write(input, OPERATIONS[operation], (other,), {})

    return run


def _alone(operation: str) -> Callable[..., Tensor]:
    def run(input: Tensor, **params: Any) -> Tensor:
        return write(input, OPERATIONS[operation], (), params)

    return run


def _bounded(low: bool) -> Callable[..., Tensor]:
    def run(input: Tensor, bound: Number) -> Tensor:
        name = "clamp_min" if low else "clamp_max"
        wanted = dtypes.number_type(bound, current().default_dtype)
        if not dtypes.can_cast(wanted, input.dtype):
            words = f"result type {wanted.title} can't be cast to the desired output type {input.dtype.c_name}"
            raise TorchError("RuntimeError", words)
        limits = {"min": bound, "max": None} if low else {"min": None, "max": bound}
        return write(input, OPERATIONS[name], (), limits)

    return run


for _operation, _spellings in PAIRS.items():
    _names = " ".join(f"Tensor.{name}_" for name in _spellings.split() if f"{name}_" not in METHODS)
    if _names:
        expose(_names, ("Tensor input, operand other", _paired(_operation)))


def _triangle(name: str) -> Callable[..., Tensor]:
    def run(input: Tensor, diagonal: int = 0) -> Tensor:
        if len(input.shape) < 2:
            raise TorchError("RuntimeError", f"{name}: input tensor must have at least 2 dimensions")
        return _alone(name)(input, diagonal=diagonal)

    return run


for _name in ("tril", "triu"):
    expose(f"Tensor.{_name}_", ("Tensor input, int diagonal=0", _triangle(_name)))
expose("Tensor.logical_not_", ("Tensor input", _alone("logical_not")))
expose("Tensor.bitwise_not_", ("Tensor input", _alone("bitwise_not")))
expose("Tensor.clamp_min_", ("Tensor input, number min", lambda input, min: _bounded(True)(input, min)))
expose("Tensor.clamp_max_", ("Tensor input, number max", lambda input, max: _bounded(False)(input, max)))
