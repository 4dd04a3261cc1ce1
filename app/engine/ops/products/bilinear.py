"""bilinear: Σ_ij x1_i W_oij x2_j + b, written as PyTorch writes it, in a product of three and a sum."""

from __future__ import annotations

import math
from typing import Any

from app.engine.errors import TorchError
from app.engine.ops.composed import call, plus
from app.engine.ops.dims import sized
from app.engine.ops.shapes.shape_calls import reshaped
from app.engine.registry import offer
from app.engine.tensor import Tensor


def _bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Any:
    _check(input1, input2, weight, bias)
    batch = input1.shape[:-1]
    rows = math.prod(batch)
    left, right = (reshaped(x, (rows, x.shape[-1])) for x in (input1, input2))
    made = reshaped(call("einsum", "ni,oij,nj->no", left, weight, right), (*batch, weight.shape[0]))
    return made if bias is None else plus(made, bias)


def _check(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    a, b, w = input1.shape, input2.shape, weight.shape
    sizes = sized(a, -1), sized(b, -1), sized(w, 1), sized(w, 2 if len(w) > 2 else -1)
    if len(a) != len(b):
        raise _mismatch("input dimensions do not match", f"{len(a)} and {len(b)}")
    for dim, (n, m) in enumerate(zip(a[:-1], b[:-1], strict=True)):
        if n != m:
            raise _mismatch(f"input batch dimensions do not match at dim {dim}", f"{n} and {m}")
    for name, size, wanted in (("input1", *sizes[::2]), ("input2", *sizes[1::2])):
        if size != wanted:
            raise _mismatch(f"{name} size does not match weight size", f"{size} but expected {wanted}")
    if len(w) != 3:
        raise _mismatch("weight has to be a 3D Tensor", f"{len(w)}D")
    if bias is not None and bias.shape != (w[0],):
        raise _mismatch("bias size does not match weight size", f"{bias.shape[0]} but expected {w[0]}")


def _mismatch(what: str, found: str) -> TorchError:
    return TorchError("RuntimeError", f"bilinear(): {what}: got {found}")


offer(
    "torch.bilinear F.bilinear", ("Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None", _bilinear),
    operation="add",
)  # fmt: skip
