"""Products of vectors and matrices: each names its index letters, and the contraction does the rest."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.arrays import Shape
from app.engine.dtypes import bool_
from app.engine.errors import TorchError
from app.engine.kinds import not_implemented
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.internal import contract
from app.engine.ops.stating import tex_of
from app.engine.registry import offer
from app.engine.relation.contracting import Letters, Spec
from app.engine.relation.contraction import Contraction
from app.engine.tensor import Tensor


def contraction(name: str, grad_fn: Any, tex: str) -> Operation:
    """An operation that is Σ a · b over `params["spec"]`."""
    return Operation(
        name, contract.forward, [Contraction(), Contraction()], grad_fn=grad_fn, tex=tex_of(tex), cost=contract.cost
    )


def matmul_spec(a: Shape, b: Shape) -> tuple[Spec, Shape]:
    """The index letters and the result's shape of a @ b for any ranks, batch dims broadcasting."""
    batch = np.broadcast_shapes(a[:-2], b[:-2])
    letters = "pqrstuvw"[: len(batch)]
    rows: Letters = ("i",) if len(a) > 1 else ()
    columns: Letters = ("j",) if len(b) > 1 else ()
    left = (*_batch(a[:-2], batch, letters), *rows, "k")
    right = (*_batch(b[:-2], batch, letters), "k", *columns)
    shape = (*batch, *((a[-2],) if rows else ()), *((b[-1],) if columns else ()))
    return (left, right, (*letters, *rows, *columns)), shape


def _batch(shape: Shape, batch: Shape, letters: str) -> Letters:
    shift = len(batch) - len(shape)
    return tuple(None if n == 1 and batch[d + shift] != 1 else letters[d + shift] for d, n in enumerate(shape))


def _matmul_name(call: Call) -> str:
    """The last node of PyTorch's chain for these ranks."""
    a, b = (len(x.shape) for x in call.inputs)
    if (a, b) == (1, 1):
        return "DotBackward0"
    if (a, b) == (2, 1):
        return "MvBackward0"
    if (a, b) == (1, 2):
        return "SqueezeBackward4"
    if (a, b) == (2, 2):
        return "MmBackward0"
    return "CloneBackward0" if a == 2 else "UnsafeViewBackward0"


matmul = contraction("matmul", _matmul_name, r"@1\,@2")


mm = contraction("mm", None, r"@1\,@2")
bmm = contraction("bmm", None, r"@1\,@2")
mv = contraction("mv", None, r"@1\,@2")
dot = contraction("dot", None, r"@1 \cdot @2")
outer = contraction("outer", "MulBackward0", r"@1\,@2^{\mathsf T}")


def product(operation: Operation, a: Tensor, b: Tensor) -> Any:
    """Apply to operands whose shapes have been checked; their types must agree."""
    if a.dtype is not b.dtype:
        raise TorchError("RuntimeError", _types(a, b), code="matmul-dtype")
    if a.dtype is bool_:
        raise not_implemented(_kernel(a, b), bool_)
    spec, shape = matmul_spec(a.shape, b.shape)
    return operation.apply((a, b), {"spec": spec, "shape": shape})


def _types(a: Tensor, b: Tensor) -> str:
    """The words for two types, by the kernel that these ranks come to."""
    if len(a.shape) == len(b.shape) == 1:
        return f"dot : expected both vectors to have same dtype, but found {a.dtype.title} and {b.dtype.title}"
    if (len(a.shape), len(b.shape)) == (2, 1):
        title = b.dtype.title
        return f"addmv input tensors must have the same dtype, but got {title}, {a.dtype.title}, and {title}"
    if len(a.shape) > 2 and len(b.shape) > 2:
        return f"expected scalar type {a.dtype.title} but found {b.dtype.title}"
    return f"expected m1 and m2 to have the same dtype, but got: {a.dtype.c_name} != {b.dtype.c_name}"


def _kernel(a: Tensor, b: Tensor) -> str:
    """The kernel that these ranks come to; none of them multiplies bools."""
    if len(a.shape) == len(b.shape) == 1:
        return "dot"
    if (len(a.shape), len(b.shape)) == (2, 1):
        return "addmv_impl_cpu"
    return "bmm" if len(a.shape) > 2 and len(b.shape) > 2 else "addmm_impl_cpu_"


def _misfit(message: str, a: Shape, b: Shape, **values: object) -> TorchError:
    """PyTorch's words for two shapes that do not go together, with both for the hint."""
    return TorchError("RuntimeError", message, code="matmul-shape", left=list(a), right=list(b), **values)


def _mismatch(a: Shape, b: Shape) -> TorchError:
    rows = int(np.prod(a[:-1]))
    message = f"mat1 and mat2 shapes cannot be multiplied ({rows}x{a[-1]} and {b[-2]}x{b[-1]})"
    return _misfit(message, a, b, inner=a[-1], outer=b[-2])


def check_matrices(input: Tensor, mat2: Tensor) -> None:
    """Two matrices that fit together, or PyTorch's words."""
    a, b = input.shape, mat2.shape
    if len(a) != 2:
        raise _misfit("self must be a matrix", a, b)
    if len(b) != 2:
        raise _misfit("mat2 must be a matrix", a, b)
    if a[1] != b[0]:
        raise _mismatch(a, b)


def _mm(input: Tensor, mat2: Tensor) -> Any:
    check_matrices(input, mat2)
    return product(mm, input, mat2)


def _bmm(input: Tensor, mat2: Tensor) -> Any:
    a, b = input.shape, mat2.shape
    for name, shape in (("batch1", a), ("batch2", b)):
        if len(shape) != 3:
            raise _misfit(f"{name} must be a 3D tensor", a, b)
    if (a[0], a[2]) != b[:2]:
        raise _misfit(
            f"Expected size for first two dimensions of batch2 tensor to be: [{a[0]}, {a[2]}] but got: "
            f"[{b[0]}, {b[1]}].",
            a, b,
        )  # fmt: skip
    return product(bmm, input, mat2)


def _mv(input: Tensor, vec: Tensor) -> Any:
    a, b = input.shape, vec.shape
    if len(a) != 2 or len(b) != 1:
        raise _misfit(f"vector + matrix @ vector expected, got {1}, {len(a)}, {len(b)}", a, b)
    if a[1] != b[0]:
        raise _misfit(f"size mismatch, got input ({a[0]}), mat ({a[0]}x{a[1]}), vec ({b[0]})", a, b)
    return product(mv, input, vec)


def _dot(input: Tensor, tensor: Tensor) -> Any:
    a, b = input.shape, tensor.shape
    if len(a) != 1 or len(b) != 1:
        raise _misfit(f"1D tensors expected, but got {len(a)}D and {len(b)}D tensors", a, b)
    if a != b:
        raise TorchError(
            "RuntimeError",
            "inconsistent tensor size, expected tensor [" + f"{a[0]}] and src [{b[0]}] to have the same number of "
            f"elements, but got {a[0]} and {b[0]} elements respectively",
            code="matmul-shape", left=list(a), right=list(b),
        )  # fmt: skip
    return product(dot, input, tensor)


def multiplied(input: Tensor, other: Tensor) -> Any:
    """input @ other in all shapes."""
    a, b = input.shape, other.shape
    if not a or not b:
        raise _misfit(f"both arguments to matmul need to be at least 1D, but they are {len(a)}D and {len(b)}D", a, b)
    _check_inner(a, b)
    _check_batch(a, b)
    return product(matmul, input, other)


def _check_inner(a: Shape, b: Shape) -> None:
    inner = b[-2] if len(b) > 1 else b[0]
    if a[-1] == inner:
        return
    values = {"left": list(a), "right": list(b), "inner": a[-1], "outer": inner}
    if len(a) == len(b) == 1:
        raise TorchError(
            "RuntimeError",
            f"inconsistent tensor size, expected tensor [{a[0]}] and src [{b[0]}] to have the same number of "
            f"elements, but got {a[0]} and {b[0]} elements respectively",
            code="matmul-shape", **values,
        )  # fmt: skip
    if len(b) == 1:
        rows = int(np.prod(a[:-1]))
        raise TorchError(
            "RuntimeError", f"size mismatch, got input ({rows}), mat ({rows}x{a[-1]}), vec ({b[0]})",
            code="matmul-shape", **values,
        )  # fmt: skip
    if len(b) == 2:
        raise _mismatch(a if len(a) > 1 else (1, *a), b)
    batch = int(np.prod(np.broadcast_shapes(a[:-2], b[:-2])))
    raise TorchError(
        "RuntimeError",
        f"Expected size for first two dimensions of batch2 tensor to be: [{batch}, {a[-1]}] but got: "
        f"[{batch}, {inner}].",
        code="matmul-shape", **values,
    )  # fmt: skip


def _check_batch(a: Shape, b: Shape) -> None:
    for place, (n, m) in enumerate(zip(a[-3::-1], b[-3::-1], strict=False)):
        if n != m and 1 not in (n, m):
            dim = max(len(a), len(b)) - 3 - place
            raise TorchError(
                "RuntimeError",
                f"The size of tensor a ({n}) must match the size of tensor b ({m}) at non-singleton dimension {dim}",
                code="broadcast-shape", left=list(a), right=list(b), dim=dim,
            )  # fmt: skip


def _outer(input: Tensor, vec2: Tensor) -> Any:
    for name, x in (("self", input), ("vec2", vec2)):
        if len(x.shape) != 1:
            raise TorchError("RuntimeError", f"outer: Expected 1-D argument {name}, but got {len(x.shape)}-D")
    shape = (input.shape[0], vec2.shape[0])
    return outer.apply((input, vec2), {"spec": (("i",), ("j",), ("i", "j")), "shape": shape})


# fmt: off
offer("matmul binary.@", ("Tensor input, Tensor other", multiplied))
offer("mm",              ("Tensor input, Tensor mat2", _mm))
offer("bmm",             ("Tensor input, Tensor mat2", _bmm))
offer("mv",              ("Tensor input, Tensor vec", _mv))
offer("dot",             ("Tensor input, Tensor tensor", _dot))
offer("outer ger",       ("Tensor input, Tensor vec2", _outer))
# fmt: on
