"""Elementwise functions of three tensors: addcmul, addcdiv, lerp."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.formula import Formula, wrapped
from app.engine.kinds import not_implemented
from app.engine.multiply_add import multiply_add
from app.engine.operation import Number, Operation
from app.engine.registry import offer
from app.engine.relation.elementwise import Elementwise
from app.engine.tensor import Tensor
from app.engine.write import write

INTEGER_DIVISION = (
    "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true "
    "division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * "
    "torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) for "
    "float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), "
    "for all dtypes."
)
HALF = 0.5
SCALED = "a = torch.tensor([1., 2.], requires_grad=True)\nx = torch.tensor([3., 1.], requires_grad=True)\n"


def _times(value: Number, a: Array) -> Any:
    return a if value == 1 else a.dtype.type(value) * a


def _addcmul(x: Array, a: Array, b: Array, *, value: Number = 1) -> Array:
    return multiply_add(_times(value, a), b, x)


def _addcdiv(x: Array, a: Array, b: Array, *, value: Number = 1) -> Any:
    return x + _times(value, a) / b


def interpolated(start: Array, end: Array, weight: Any) -> Array:
    """start + weight·(end − start) for weights below one half, else from the other end, as PyTorch rounds it."""
    apart = end - start
    near = multiply_add(weight, apart, start)
    return np.where(np.abs(weight) < HALF, near, multiply_add(weight - 1, apart, end)).astype(start.dtype)


def _lerp(start: Array, end: Array, *, weight: Number) -> Array:
    return interpolated(start, end, start.dtype.type(weight))


def _no_integer_division(own: tuple[DType, ...], _: DType) -> None:
    if not any(dtype.is_floating_point for dtype in own[1:]):
        raise TorchError("RuntimeError", INTEGER_DIVISION)


def _same_types(*words: str) -> Any:
    def refuse(own: tuple[DType, ...], _: DType) -> None:
        start = own[0]
        for word, dtype in zip(words, own[1:], strict=True):
            if dtype is not start:
                raise TorchError(
                    "RuntimeError", f"expected dtype {start.c_name} for `{word}` but got dtype {dtype.c_name}"
                )
        if not start.is_floating_point:
            raise not_implemented(f"lerp_kernel_{'scalar' if len(words) == 1 else 'tensor'}", start)

    return refuse


def _scaled(value: Number, x: Formula) -> Formula:
    return x if value == 1 else value * x


# fmt: off
addcmul = Operation(
    "addcmul", _addcmul,
    [
        Elementwise(),
        Elementwise(rule=lambda xp, x, a, b, y, *, value: b * value),
        Elementwise(rule=lambda xp, x, a, b, y, *, value: a * value),
    ],
    tex=lambda x, a, b, value=1: x + _scaled(value, a * b), promotes="same", shows=("value",),
    example=f"{SCALED}o = a.addcmul(x, torch.tensor([2., 4.]), value=0.5)",
)
addcdiv = Operation(
    "addcdiv", _addcdiv,
    [
        Elementwise(),
        Elementwise(rule=lambda xp, x, a, b, y, *, value: value / b),
        Elementwise(rule=lambda xp, x, a, b, y, *, value: -(value * (a / (b * b)))),
    ],
    tex=lambda x, a, b, value=1: x + _scaled(value, a / b), promotes="same", refuses=_no_integer_division,
    shows=("value",),
    example=f"{SCALED}o = a.addcdiv(x, torch.tensor([2., 4.]), value=0.5)",
)
lerp = Operation(
    "lerp", _lerp,
    [
        Elementwise(rule=lambda xp, a, b, y, *, weight: 1 - weight),
        Elementwise(rule=lambda xp, a, b, y, *, weight: weight),
    ],
    tex=lambda a, b, weight: a + weight * wrapped("(@1)", b - a), promotes="same", refuses=_same_types("end"),
    shows=("weight",),
    example="x = torch.tensor([1., 2.], requires_grad=True)\no = torch.lerp(x, torch.tensor([5., 4.]), 0.25)",
)
lerp_between = Operation(
    "lerp_between", lambda a, b, w: interpolated(a, b, w),
    [
        Elementwise(rule=lambda xp, a, b, w, y: 1 - w),
        Elementwise(rule=lambda xp, a, b, w, y: w),
        Elementwise(rule=lambda xp, a, b, w, y: b - a),
    ],
    tex=lambda a, b, w: a + w * wrapped("(@1)", b - a), promotes="same", refuses=_same_types("end", "weight"),
    grad_fn="LerpBackward1",
    example="x = torch.tensor([1., 2.], requires_grad=True)\no = torch.lerp(x, torch.tensor([5., 4.]), torch.tensor([0.25, 0.75]))",
)
# fmt: on
lerp_between.name = "lerp"


def _offered(operation: Operation) -> None:
    """The function with its factor, and its in-place form."""
    words = "Tensor input, Tensor tensor1, Tensor tensor2, *, number value=1"

    def run(input: Tensor, tensor1: Tensor, tensor2: Tensor, value: Number) -> Any:
        return operation.apply((input, tensor1, tensor2), {"value": value})

    def run_(input: Tensor, tensor1: Tensor, tensor2: Tensor, value: Number) -> Tensor:
        return write(input, operation, (tensor1, tensor2), {"value": value})

    older = "older Tensor input, number value, Tensor tensor1, Tensor tensor2"
    offer(operation.name, (words, run), (older, run))
    offer(f"Tensor.{operation.name}_", (words, run_), (older, run_), operation=operation.name)


_offered(addcmul)
_offered(addcdiv)
TENSOR, NUMBER = "Tensor input, Tensor end, Tensor weight", "Tensor input, Tensor end, number weight"
offer(
    "lerp",
    (TENSOR, lambda input, end, weight: lerp_between.apply((input, end, weight), {})),
    (NUMBER, lambda input, end, weight: lerp.apply((input, end), {"weight": weight})),
)
offer(
    "Tensor.lerp_",
    (TENSOR, lambda input, end, weight: write(input, lerp_between, (end, weight), {})),
    (NUMBER, lambda input, end, weight: write(input, lerp, (end,), {"weight": weight})),
    operation="lerp",
)
