"""tensordot, inner, vdot, vecdot, kron, multi_dot, trace: products whose indices the function knows."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.dims import wrapped
from app.engine.ops.elementwise.binary import mul
from app.engine.ops.internal import contract
from app.engine.ops.products.contract import contraction, multiplied, product
from app.engine.ops.products.einsum import letters
from app.engine.ops.reductions.reduce import sum as total
from app.engine.ops.reductions.reduce_calls import over
from app.engine.ops.stating import tex_of
from app.engine.ops.windows.sizes import runtime
from app.engine.registry import TORCH, offer
from app.engine.relation.contraction import Contraction
from app.engine.run import current
from app.engine.tensor import Tensor

Ints = tuple[int, ...]
VECTORS = "a = torch.tensor([1.0, 2.0], requires_grad=True)\nb = torch.tensor([3.0, 4.0], requires_grad=True)\n"
MATRICES = (
    "a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)\n"
    "b = torch.tensor([[2.0, 0.0], [1.0, 3.0]], requires_grad=True)\n"
)

tensordot = contraction("tensordot", "ViewBackward0", r"@1 \cdot @2")
inner = contraction("inner", "ViewBackward0", r"\langle @1, @2 \rangle")
vdot = contraction("vdot", None, r"@1 \cdot @2")
kron = contraction("kron", "UnsafeViewBackward0", r"@1 \otimes @2")
tensordot.example = f"{MATRICES}o = torch.tensordot(a, b, 1)\n"
inner.example = f"{MATRICES}o = torch.inner(a, b)\n"
vdot.example = f"{VECTORS}o = torch.vdot(a, b)\n"
kron.example = f"{VECTORS}o = torch.kron(a, b)\n"


multi_dot = Operation(
    "multi_dot", contract.forward, [Contraction()], grad_fn="ViewBackward0", cost=contract.cost,
    tex=lambda *xs, **_: tex_of(r"\,".join(f"@{n + 1}" for n in range(len(xs))))(*xs),
    example=f"{MATRICES}c = torch.ones(2, 2, requires_grad=True)\no = torch.linalg.multi_dot([a, b, c])\n",
)  # fmt: skip
trace = Operation(
    "trace", contract.forward, [Contraction()], cost=contract.cost, tex=tex_of(r"\operatorname{tr} @1"),
    example="x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)\no = x.trace()\n",
)  # fmt: skip


def _tensordot(a: Tensor, b: Tensor, dims: Any = 2) -> Any:
    left, right = _summed_dims(a, b, dims)
    for place, (d, e) in enumerate(zip(left, right, strict=True)):
        n, m = a.shape[d], b.shape[e]
        if n != m and 1 not in (n, m):
            asked = (dims if isinstance(dims, int) else 0) and (place - len(left), place)
            first, second = asked or (d, e)
            raise runtime(
                f"contracted dimensions need to match, but first has size {n} in dim {first} and second has size {m} "
                f"in dim {second}",
                code="matmul-shape",
            )
    rows = [chr(97 + n) for n in range(len(a.shape))]
    columns = [chr(65 + n) for n in range(len(b.shape))]
    for d, e in zip(left, right, strict=True):
        columns[e] = rows[d]
    out = [c for d, c in enumerate(rows) if d not in left] + [c for e, c in enumerate(columns) if e not in right]
    sizes = dict(zip(rows, a.shape, strict=True)) | {c: n for c, n in zip(columns, b.shape, strict=True) if n != 1}
    fitted = [
        tuple(None if n == 1 and sizes.get(c, 1) != 1 else c for c, n in zip(row, x.shape, strict=True))
        for row, x in ((rows, a), (columns, b))
    ]
    shape = tuple(sizes.get(c, 1) for c in out)
    return _typed(tensordot, a, b, {"spec": (*fitted, tuple(out)), "shape": shape})


def _summed_dims(a: Tensor, b: Tensor, dims: Any) -> tuple[list[int], list[int]]:
    if isinstance(dims, Tensor):
        dims = int(dims.array.item()) if dims.numel == 1 else dims.array.tolist()
    if isinstance(dims, int):
        if dims < 0:
            raise runtime(f"tensordot expects dims >= 0, but got dims={dims}")
        if dims > min(len(a.shape), len(b.shape)):
            raise runtime(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        return list(range(len(a.shape) - dims, len(a.shape))), list(range(dims))
    if not isinstance(dims, (tuple, list)) or len(dims) != 2:
        raise runtime("tensordot expects dims to be int or tuple[list[int], list[int]]")
    left, right = ([x] if isinstance(x, int) else list(x) for x in dims)
    if len(left) != len(right):
        raise runtime("both dimension lists should have same length")
    return [wrapped(d, len(a.shape)) for d in left], [wrapped(d, len(b.shape)) for d in right]


def _typed(operation: Operation, a: Tensor, b: Tensor, params: dict[str, Any]) -> Any:
    if a.dtype is not b.dtype:
        raise runtime(
            f"expected both inputs to have the same dtype, but got {a.dtype.c_name} and {b.dtype.c_name}"
            if operation is not inner and operation is not tensordot
            else f"expected m1 and m2 to have the same dtype, but got: {a.dtype.c_name} != {b.dtype.c_name}",
            code="matmul-dtype",
        )
    return operation.apply((a, b), params)


def _inner(input: Tensor, other: Tensor) -> Any:
    a, b = input.shape, other.shape
    if not a or not b:
        return mul.apply((input, other), {})
    if a[-1] != b[-1]:
        raise runtime(
            f"inner() the last dimension must match on both input tensors but got shapes {list(a)} and {list(b)}",
            code="matmul-shape",
        )
    rows = [chr(97 + n) for n in range(len(a) - 1)]
    columns = [chr(65 + n) for n in range(len(b) - 1)]
    spec = ((*rows, "z"), (*columns, "z"), (*rows, *columns))
    return _typed(inner, input, other, {"spec": spec, "shape": (*a[:-1], *b[:-1])})


def _vdot(input: Tensor, other: Tensor) -> Any:
    a, b = input.shape, other.shape
    if len(a) != 1 or len(b) != 1:
        raise runtime(f"1D tensors expected, but got {len(a)}D and {len(b)}D tensors", code="matmul-shape")
    if a != b:
        raise runtime(
            f"inconsistent tensor size, expected tensor [{a[0]}] and src [{b[0]}] to have the same number of elements, "
            f"but got {a[0]} and {b[0]} elements respectively",
            code="matmul-shape",
        )
    return product(vdot, input, other)


def _vecdot(x: Tensor, y: Tensor, dim: int = -1) -> Any:
    """vdot of vectors; else the sum of products along a dim."""
    if len(x.shape) == len(y.shape) == 1:
        return _vdot(x, y)
    return over(total, mul.apply((x, y), {}), (dim,), False)


def _kron(input: Tensor, other: Tensor) -> Any:
    rank = max(len(input.shape), len(other.shape))
    a, b = ((1,) * (rank - len(x.shape)) + tuple(x.shape) for x in (input, other))
    first = [chr(97 + n) for n in range(rank)]
    second = [chr(65 + n) for n in range(rank)]
    merged = tuple(c for pair in zip(first, second, strict=True) for c in pair)
    own = tuple(first[rank - len(input.shape) :]), tuple(second[rank - len(other.shape) :])
    kept = tuple(c for c in merged if c in (*own[0], *own[1]))
    shape = tuple(n * m for n, m in zip(a, b, strict=True))
    return kron.apply((input, other), {"spec": (*own, kept), "shape": shape})


def _multi_dot(tensors: tuple[Tensor, ...]) -> Any:
    """A chain of matrices; the first and the last may be vectors."""
    count = len(tensors)
    if count < 2:
        raise runtime(f"multi_dot(): expected at least 2 tensors but got {count}")
    current().meter.work(count**3 // 3)  # the best order is searched over all triples of places
    for place, x in enumerate(tensors):
        end = place in (0, count - 1)
        if not (len(x.shape) == 2 or (end and len(x.shape) == 1)):
            name = {0: "the first tensor", count - 1: "the last tensor"}.get(place, f"tensor {place}")
            also = "1D or 2D" if end else "2D"
            raise runtime(f"multi_dot(): {name} must be {also} but got {len(x.shape)}D")
    names = [chr(97 + n) for n in range(count + 1)]
    rows: list[tuple[str, ...]] = [(names[n], names[n + 1]) for n in range(count)]
    if len(tensors[0].shape) == 1:
        rows[0] = (names[1],)
    if len(tensors[-1].shape) == 1:
        rows[-1] = (names[count - 1],)
    for n, (x, y) in enumerate(pairwise(tensors)):
        if x.shape[-1] != y.shape[0]:
            raise runtime(
                f"multi_dot(): tensors {n} and {n + 1} with shapes {list(x.shape)} and {list(y.shape)} cannot be "
                "multiplied",
                code="matmul-shape",
            )
    out = (*rows[0][:-1], *(rows[-1][1:] if len(tensors[-1].shape) == 2 else ()))
    shape = (*tensors[0].shape[:-1], *tensors[-1].shape[1:])
    return multi_dot.apply(tensors, {"spec": (*rows, out), "shape": shape})


def _chain(matrices: tuple[Any, ...]) -> Any:
    for x in matrices:
        if not isinstance(x, Tensor):
            raise TorchError("TypeError", f"chain_matmul(): expected Tensors, but got {type(x).__name__}")
        if len(x.shape) != 2:
            raise runtime(f"Tensor dimension is {len(x.shape)}, expected 2 instead.")
    if not matrices:
        raise runtime("chain_matmul(): Expected one or more matrices")
    return matrices[0] if len(matrices) == 1 else _multi_dot(matrices)


def _trace(input: Tensor) -> Any:
    if len(input.shape) != 2:
        raise runtime(f"trace: expected a matrix, but got tensor with dim {len(input.shape)}")
    n = min(input.shape)
    square = input if input.shape == (n, n) else TORCH["narrow"](TORCH["narrow"](input, 0, 0, n), 1, 0, n)
    return trace.apply((square,), {"spec": letters("ii", ""), "shape": ()})


offer("torch.tensordot", ("def Tensor a, Tensor b, any dims=2", _tensordot))
offer("inner", ("Tensor input, Tensor other", _inner))
offer("vdot", ("Tensor input, Tensor other", _vdot))
offer("kron", ("Tensor input, Tensor other", _kron))
offer("torch.linalg.vecdot", ("Tensor x, Tensor y, *, int dim=-1", _vecdot), operation="vdot")
offer("torch.linalg.multi_dot", ("tensors tensors", _multi_dot), operation="multi_dot")
offer("torch.chain_matmul", ("def any... matrices=()", _chain), operation="multi_dot")
offer("trace", ("Tensor input", _trace))
offer("torch.linalg.matmul", ("Tensor input, Tensor other", multiplied), operation="matmul")
