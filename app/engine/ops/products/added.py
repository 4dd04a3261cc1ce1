"""baddbmm, addbmm, addmv, addr: a product with something added, as one operation each."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.engine.operation import Number
from app.engine.ops.dims import wrapped
from app.engine.ops.products.addend import with_addend
from app.engine.ops.products.contract import matmul_spec
from app.engine.ops.shapes.axis_calls import require_stretch
from app.engine.registry import offer
from app.engine.relation.contracting import Spec
from app.engine.tensor import Tensor

BATCHES = (
    "x = torch.tensor([[[1.0, 2.0], [3.0, 4.0]]], requires_grad=True)\n"
    "w = torch.tensor([[[2.0, 0.0], [1.0, 3.0]]], requires_grad=True)\nb = torch.ones(2, requires_grad=True)\n"
)
VECTOR = (
    "w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)\n"
    "x = torch.tensor([2.0, 1.0], requires_grad=True)\nb = torch.ones(2, requires_grad=True)\n"
)
VECTORS = (
    "x = torch.tensor([2.0, 1.0], requires_grad=True)\n"
    "y = torch.tensor([3.0, 4.0], requires_grad=True)\nb = torch.ones(2, 2, requires_grad=True)\n"
)

baddbmm = with_addend("baddbmm", r"@2\,@3", f"{BATCHES}o = torch.baddbmm(b, x, w)\n")
addbmm = with_addend("addbmm", r"\sum_b @2\,@3", f"{BATCHES}o = torch.addbmm(b, x, w)\n")
addmv = with_addend("addmv", r"@2\,@3", f"{VECTOR}o = torch.addmv(b, w, x)\n")
addr = with_addend("addr", r"@2\,@3^{\mathsf T}", f"{VECTORS}o = torch.addr(b, x, y)\n")


def _runtime(message: str) -> TorchError:
    return TorchError("RuntimeError", message, code="matmul-shape")


def _baddbmm(input: Tensor, batch1: Tensor, batch2: Tensor, beta: Number = 1, alpha: Number = 1) -> Any:
    for x in (batch1, batch2):
        wrapped(2, len(x.shape))
    a, b = batch1.shape, batch2.shape
    _three("batch1", a)
    _three("batch2", b)
    require_stretch(input, (a[0], a[1], b[2]))
    if (a[0], a[2]) != b[:2]:
        raise _runtime(
            f"Expected size for first two dimensions of batch2 tensor to be: [{a[0]}, {a[2]}] but got: [{b[0]}, {b[1]}]."
        )
    spec, shape = matmul_spec(a, b)
    params = {"spec": spec, "shape": shape, "beta": beta, "alpha": alpha}
    return baddbmm.apply((input, batch1, batch2), params)


def _three(name: str, shape: tuple[int, ...]) -> None:
    if len(shape) != 3:
        raise _runtime(f"{name} must be a 3D tensor")


def _addbmm(input: Tensor, batch1: Tensor, batch2: Tensor, beta: Number = 1, alpha: Number = 1) -> Any:
    a, b = batch1.shape, batch2.shape
    _three("batch1", a)
    _three("batch2", b)
    if a[0] != b[0]:
        raise _runtime(f"batch1 and batch2 must have same number of batches, got {a[0]} and {b[0]}")
    if a[2] != b[1]:
        raise _runtime(f"Incompatible matrix sizes for bmm ({a[1]}x{a[2]} and {b[1]}x{b[2]})")
    shape = (a[1], b[2])
    require_stretch(input, shape)
    spec: Spec = (("b", "i", "k"), ("b", "k", "j"), ("i", "j"))
    params = {"spec": spec, "shape": shape, "beta": beta, "alpha": alpha}
    return addbmm.apply((input, batch1, batch2), params)


def _addmv(input: Tensor, mat: Tensor, vec: Tensor, beta: Number = 1, alpha: Number = 1) -> Any:
    a, b = mat.shape, vec.shape
    if len(a) != 2 or len(b) != 1:
        raise _runtime(f"vector + matrix @ vector expected, got {len(input.shape)}, {len(a)}, {len(b)}")
    if a[1] != b[0] or (input.shape not in ((), (1,)) and input.shape != (a[0],)):
        size = input.shape[0] if input.shape else 1
        raise _runtime(f"size mismatch, got input ({size}), mat ({a[0]}x{a[1]}), vec ({b[0]})")
    spec: Spec = (("i", "k"), ("k",), ("i",))
    return addmv.apply((input, mat, vec), {"spec": spec, "shape": a[:1], "beta": beta, "alpha": alpha})


def _addr(input: Tensor, vec1: Tensor, vec2: Tensor, beta: Number = 1, alpha: Number = 1) -> Any:
    for name, x in (("vec1", vec1), ("vec2", vec2)):
        if len(x.shape) != 1:
            raise _runtime(f"addr: Expected 1-D argument {name}, but got {len(x.shape)}-D")
    shape = (*vec1.shape, *vec2.shape)
    require_stretch(input, shape)
    spec: Spec = (("i",), ("j",), ("i", "j"))
    return addr.apply((input, vec1, vec2), {"spec": spec, "shape": shape, "beta": beta, "alpha": alpha})


FACTORS = "*, number beta=1, number alpha=1"
offer("baddbmm", (f"Tensor input, Tensor batch1, Tensor batch2, {FACTORS}", _baddbmm))
offer("addbmm", (f"Tensor input, Tensor batch1, Tensor batch2, {FACTORS}", _addbmm))
offer("addmv", (f"Tensor input, Tensor mat, Tensor vec, {FACTORS}", _addmv))
offer("addr", (f"Tensor input, Tensor vec1, Tensor vec2, {FACTORS}", _addr))
