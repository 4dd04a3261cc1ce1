"""Tensors as operands of rules: a rule's `x * y` is then the recorded operation, so that it has a derivative too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.operation import Operation
from app.engine.ops.elementwise.binary import add, div, mul, sub
from app.engine.ops.elementwise.compare import ge, gt, le, logical_and, logical_or, lt
from app.engine.ops.elementwise.unary import neg
from app.engine.tensor import Tensor


def _applied(operation: Operation, **params: Any) -> Callable[..., Any]:
    return lambda *operands: operation.apply(operands, params)


def _swapped(operation: Operation, **params: Any) -> Callable[..., Any]:
    return lambda a, b: operation.apply((b, a), params)


OPERATORS = {
    "__add__": _applied(add, alpha=1), "__radd__": _swapped(add, alpha=1), "__sub__": _applied(sub, alpha=1),
    "__rsub__": _swapped(sub, alpha=1), "__mul__": _applied(mul), "__rmul__": _swapped(mul), "__neg__": _applied(neg),
    "__truediv__": _applied(div), "__rtruediv__": _swapped(div), "__and__": _applied(logical_and),
    "__or__": _applied(logical_or), "__gt__": _applied(gt), "__ge__": _applied(ge), "__lt__": _applied(lt),
    "__le__": _applied(le),
}  # fmt: skip
for _method, _function in OPERATORS.items():
    setattr(Tensor, _method, _function)
