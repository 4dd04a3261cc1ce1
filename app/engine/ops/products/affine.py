"""F.linear and addmm: a matrix product with a bias, in the operations that PyTorch makes them of."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.engine.operation import Number
from app.engine.ops.products.addend import addmm
from app.engine.ops.products.contract import check_matrices, matmul_spec, multiplied
from app.engine.ops.shapes.axis_calls import require_stretch, transposed
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.registry import offer
from app.engine.tensor import Tensor


def _addmm(input: Tensor, mat1: Tensor, mat2: Tensor, beta: Number = 1, alpha: Number = 1) -> Any:
    """beta · input + alpha · mat1 @ mat2."""
    _require_types(input, mat1, mat2)
    check_matrices(mat1, mat2)
    spec, shape = matmul_spec(mat1.shape, mat2.shape)
    require_stretch(input, shape)
    return addmm.apply((input, mat1, mat2), {"spec": spec, "shape": shape, "beta": beta, "alpha": alpha})


def _require_types(input: Tensor, mat1: Tensor, mat2: Tensor) -> None:
    """RuntimeError for operands of different element types, which PyTorch's kernel does not bring together."""
    for name, other in (("self", input), ("mat1", mat1)):
        if other.dtype != mat2.dtype:
            raise TorchError(
                "RuntimeError",
                f"{name} and mat2 must have the same dtype, but got {other.dtype.title} and {mat2.dtype.title}",
                code="matmul-dtype",
            )


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Any:
    """input @ weightᵀ + bias: `t` and `addmm`, between two reshapes where the input is no matrix."""
    if not input.shape or not weight.shape:
        got = f"{len(input.shape)}D and {len(weight.shape)}D"
        raise TorchError("RuntimeError", f"both arguments to linear need to be at least 1D, but they are {got}")
    turned = transposed(weight)
    if bias is None:
        return multiplied(input, turned)
    if len(input.shape) == 2:
        return _addmm(bias, input, turned)
    rows = reshaped(input, (-1, input.shape[-1]))
    return reshaped(_addmm(bias, rows, turned), (*input.shape[:-1], weight.shape[0]))


offer(
    "torch.addmm Tensor.addmm",
    ("Tensor input, Tensor mat1, Tensor mat2, *, number beta=1, number alpha=1", _addmm), operation="addmm",
)  # fmt: skip
offer("F.linear", ("Tensor input, Tensor weight, Tensor? bias=None", linear), operation="addmm")
