"""Calling the activations: PyTorch's signatures, in-place forms, and its errors for parameters."""

from __future__ import annotations

import math
from typing import Any

from app.engine.errors import TorchError
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.elementwise import activation as table
from app.engine.ops.elementwise.unary import relu
from app.engine.registry import offer
from app.engine.tensor import Tensor
from app.engine.write import write

FROM_RESULT = {
    operation.name: Operation(
        f"{operation.name}_", operation.forward, operation.structures, tex=operation.tex, refuses=operation.refuses,
        grad_fn=f"{operation.grad_fn_of(Call((), (), {})).removesuffix('0')}1", register=False,
    )
    for operation in (table.leaky_relu, table.elu, table.selu, table.celu, table.threshold)
}  # fmt: skip
"""In place PyTorch derives these from the result, which gives their nodes names of their own."""


def _written(input: Tensor, operation: Operation, params: dict[str, Any]) -> Tensor:
    stated = FROM_RESULT.get(operation.name, operation)
    return write(input, stated, (), params, name=f"{operation.name}_")


def _either(operation: Operation, **fixed: Any) -> Any:
    """The function with its `inplace` argument."""

    def run(input: Tensor, inplace: bool = False, **params: Any) -> Any:
        if inplace:
            return _written(input, operation, {**fixed, **params})
        return operation.apply((input,), {**fixed, **params})

    return run


def _plain(operation: Operation, **fixed: Any) -> Any:
    return lambda input, **params: operation.apply((input,), {**fixed, **params})


def _inplace(operation: Operation, **fixed: Any) -> Any:
    return lambda input, **params: _written(input, operation, {**fixed, **params})


def _hardtanh(input: Tensor, min_val: float, max_val: float, inplace: bool = False) -> Any:
    if min_val > max_val:
        raise TorchError("ValueError", "min_val cannot be greater than max_val")
    return _either(table.hardtanh)(input, inplace, min_val=min_val, max_val=max_val)


def _celu(input: Tensor, alpha: float, inplace: bool = False) -> Any:
    if alpha == 0:
        raise TorchError("RuntimeError", "ZeroDivisionError: alpha cannot be 0 for CELU")
    return _either(table.celu)(input, inplace, alpha=alpha)


def _softshrink(input: Tensor, lambd: float) -> Any:
    if input.dtype.is_floating_point:
        largest = LARGEST[input.dtype.name]
        if not 0 <= lambd <= largest and not math.isnan(lambd):
            raise TorchError(
                "RuntimeError",
                f"lambda must be in range [0, {largest:g}] for input dtype {input.dtype.title}, but found {lambd:g}",
            )
    return table.softshrink.apply((input,), {"lambd": lambd})


def _gelu(input: Tensor, approximate: str) -> Any:
    if approximate not in ("none", "tanh"):
        raise TorchError("RuntimeError", "approximate argument must be either none or tanh.")
    return table.gelu.apply((input,), {"approximate": approximate})


LARGEST = {
    "float32": 3.4028234663852886e38,
    "float64": 1.7976931348623157e308,
    "float16": 65504.0,
    "bfloat16": 3.3895313892515355e38,
}
_SCALES = {"scale": 1.0, "input_scale": 1.0}
_SIX = {"min_val": 0.0, "max_val": 6.0}

# fmt: off
INPLACE = "bool inplace=False"
offer("F.relu",                          (f"def Tensor input, {INPLACE}", _either(relu)), operation="relu")
offer("F.relu_",                         ("Tensor input", _inplace(relu)), operation="relu_")
offer("F.relu6",                         (f"def Tensor input, {INPLACE}", _either(table.relu6, **_SIX)))
offer("F.leaky_relu",                    (f"def Tensor input, float negative_slope=0.01, {INPLACE}", _either(table.leaky_relu)))
offer("F.leaky_relu_",                   ("Tensor input, number negative_slope=0.01", _inplace(table.leaky_relu)))
offer("F.elu",                           (f"def Tensor input, float alpha=1.0, {INPLACE}", _either(table.elu, **_SCALES)))
offer("F.elu_",                          ("Tensor input, number alpha=1.0, number scale=1.0, number input_scale=1.0", _inplace(table.elu)))
offer("F.selu",                          (f"def Tensor input, {INPLACE}", _either(table.selu)))
offer("torch.selu",                      ("Tensor input", _plain(table.selu)))
offer("torch.selu_ F.selu_",             ("Tensor input", _inplace(table.selu)))
offer("F.celu",                          (f"def Tensor input, float alpha=1.0, {INPLACE}", _celu))
offer("torch.celu",                      ("Tensor input, number alpha=1.0", _celu))
offer("torch.celu_ F.celu_",             ("Tensor input, number alpha=1.0", lambda input, alpha: _celu(input, alpha, True)))
offer("F.gelu",                          ("Tensor input, *, str approximate='none'", _gelu))
offer("F.silu",                          (f"def Tensor input, {INPLACE}", _either(table.silu)))
offer("F.mish",                          (f"def Tensor input, {INPLACE}", _either(table.mish)))
offer("F.softplus",                      ("Tensor input, number beta=1, number threshold=20", _plain(table.softplus)))
offer("F.softshrink",                    ("Tensor input, number lambd=0.5", _softshrink))
offer("hardshrink F.hardshrink",         ("Tensor input, number lambd=0.5", _plain(table.hardshrink)))
offer("F.hardtanh",                      (f"def Tensor input, float min_val=-1.0, float max_val=1.0, {INPLACE}", _hardtanh))
offer("F.hardtanh_",                     ("Tensor input, number min_val=-1, number max_val=1", _inplace(table.hardtanh)))
offer("F.hardsigmoid",                   (f"def Tensor input, {INPLACE}", _either(table.hardsigmoid)))
offer("F.hardswish",                     (f"def Tensor input, {INPLACE}", _either(table.hardswish)))
offer("F.logsigmoid",                    ("Tensor input", _plain(table.logsigmoid)))
offer("F.threshold",                     (f"def Tensor input, float threshold, float value, {INPLACE}", _either(table.threshold)))
offer("torch.threshold",                 ("Tensor input, number threshold, number value", _plain(table.threshold)))
offer("torch.threshold_ F.threshold_",   ("Tensor input, number threshold, number value", _inplace(table.threshold)))
# fmt: on
