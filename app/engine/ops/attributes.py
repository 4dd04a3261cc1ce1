"""Properties of tensors and the queries that answer with Python values."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.gradfn import GradFn
from app.engine.ops.autograd import detached
from app.engine.ops.dims import wrapped
from app.engine.ops.inplace import set_requires_grad
from app.engine.ops.rearrange import permuted, transpose
from app.engine.registry import TORCH, attribute, expose
from app.engine.run import current
from app.engine.tensor import Chain, Size, Tensor
from app.engine.value import Counter


class Device:
    """There is one."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "device(type='cpu')"

    def __str__(self) -> str:
        return "cpu"


CPU = Device()


def set_grad(x: Tensor, value: Any) -> None:
    """`x.grad = …`: None empties the drawer."""
    if value is None:
        x.meta.grad = None
        return
    if not isinstance(value, Tensor):
        raise TorchError(
            "TypeError", f"assigned grad expected to be a Tensor or None but got grad of type {type(value).__name__}"
        )
    if value.shape != x.shape:
        raise TorchError("RuntimeError", "assigned grad has data of a different size")
    x.meta.grad = value


def set_data(x: Tensor, value: Any) -> None:
    """`x.data = …`: the same tensor with other numbers, which autograd is not told of."""
    if not isinstance(value, Tensor):
        raise TorchError("TypeError", f"Variable data has to be a tensor, but got {type(value).__name__}")
    old, new = x.value, value.value
    from app.engine.tensor import settle
    from app.engine.value import Value

    fresh = Value(new.array, old.node, old.index, old.requires_grad)
    fresh.meta = old.meta
    assert new.memory is not None
    settle(fresh, new.memory, old.counter, new.offset)
    x.chain, x.window = Chain(fresh), None
    run = current()
    run.tape.made(fresh, run.here)
    run.tape.succeeded(old, fresh)


@attribute("grad", set_grad)
def _grad(x: Tensor) -> Tensor | None:
    value = x.value
    drawer = x.meta.grad if value.meta is None else value.meta.grad
    run = current()
    if drawer is None:
        if value.node is not None and value.requires_grad and not x.meta.retains:
            run.notice("nonleaf-grad")
        return None
    run.tape.sighted(drawer.value, run.here)
    return drawer


@attribute("data", set_data)
def _data(x: Tensor) -> Tensor:
    return detached(x, Counter())


@attribute("requires_grad", lambda x, wanted: set_requires_grad(x, bool(wanted)))
def _requires_grad(x: Tensor) -> bool:
    return x.requires_grad


@attribute("shape")
def _shape(x: Tensor) -> Size:
    return Size(x.shape)


@attribute("dtype")
def _dtype(x: Tensor) -> DType:
    return x.dtype


@attribute("grad_fn")
def _grad_fn(x: Tensor) -> GradFn | None:
    node = x.value.node
    return GradFn(node) if node is not None else None


@attribute("T")
def _reversed(x: Tensor) -> Any:
    return permuted(x, tuple(range(len(x.shape)))[::-1])


@attribute("mT")
def _matrix_transpose(x: Tensor) -> Any:
    if len(x.shape) < 2:
        raise TorchError(
            "RuntimeError",
            f"tensor.mT is only supported on matrices or batches of matrices. Got {len(x.shape)}-D tensor.",
        )
    return transpose.apply((x,), {"dim0": len(x.shape) - 2, "dim1": len(x.shape) - 1})


attribute("is_leaf")(lambda x: x.value.node is None)
attribute("ndim")(lambda x: len(x.shape))
attribute("device")(lambda x: CPU)
attribute("_version")(lambda x: x.value.counter.version if x.value.counter else 0)
attribute("_base")(lambda x: Tensor(x.chain.current(), x.chain) if x.is_view else None)
attribute("retains_grad")(lambda x: x.value.node is not None and x.meta.retains)
attribute("is_cuda")(lambda x: False)
attribute("itemsize")(lambda x: x.array.itemsize)


def strides(x: Tensor) -> tuple[int, ...]:
    """Steps between neighbours, in elements; dims of at most one element count as if they were stacked."""
    array = x.array
    return tuple(s // array.itemsize for s in array.strides) if array.size > 1 else _packed(x.shape)


def _packed(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(math.prod(max(n, 1) for n in shape[d + 1 :]) for d in range(len(shape)))


def _size(input: Tensor, dim: int | None = None) -> Any:
    return Size(input.shape) if dim is None else input.shape[wrapped(dim, len(input.shape))]


def _item(input: Tensor) -> Any:
    if input.numel != 1:
        raise TorchError(
            "RuntimeError", f"a Tensor with {input.numel} elements cannot be converted to Scalar",
            code="item-many", count=input.numel,
        )  # fmt: skip
    return input.array.item()


def _tolist(input: Tensor) -> Any:
    current().meter.work(input.numel)
    return input.array.tolist()


def _allclose(input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    if input.dtype is not other.dtype:
        names = {"float32": "Float", "float64": "Double"}
        a, b = (names.get(t.dtype.name, t.dtype.title) for t in (input, other))
        raise TorchError("RuntimeError", f"{a} did not match {b}")
    current().meter.work(input.numel + other.numel)
    return bool(np.allclose(input.array, other.array, rtol, atol, equal_nan))


def _equal(input: Tensor, other: Tensor) -> bool:
    current().meter.work(input.numel + other.numel)
    return input.shape == other.shape and bool(np.array_equal(input.array, other.array))


def _isclose(input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Tensor:
    from app.engine.operation import wrap

    return wrap(np.asarray(np.isclose(input.array, other.array, rtol, atol, equal_nan)))


def _broadcast_shapes(shapes: Any) -> Size:
    try:
        return Size(np.broadcast_shapes(*(tuple(s) if isinstance(s, (tuple, list)) else (s,) for s in shapes)))
    except ValueError:
        raise TorchError(
            "RuntimeError", "Shape mismatch: objects cannot be broadcast to a single shape", code="broadcast-shape"
        ) from None


def broadcast_shapes(*shapes: Any) -> Size:
    """torch.broadcast_shapes, of any number of shapes."""
    return _broadcast_shapes(shapes)


expose("Tensor.size", ("Tensor input, int? dim=None", _size))
expose("Tensor.dim Tensor.ndimension", ("Tensor input", lambda input: len(input.shape)))
expose("Tensor.numel Tensor.nelement torch.numel", ("Tensor input", lambda input: input.numel))
expose(
    "Tensor.stride",
    (
        "Tensor input, int? dim=None",
        lambda input, dim: strides(input) if dim is None else strides(input)[wrapped(dim, len(input.shape))],
    ),
)
expose("Tensor.storage_offset", ("Tensor input", lambda input: input.value.offset))
expose("Tensor.is_contiguous", ("Tensor input", lambda input: bool(input.array.flags.c_contiguous)))
expose("Tensor.item", ("Tensor input", _item))
expose("Tensor.tolist", ("Tensor input", _tolist))
expose(
    "torch.allclose Tensor.allclose",
    ("Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False", _allclose),
)
expose(
    "torch.isclose Tensor.isclose",
    ("Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False", _isclose),
)
expose("torch.equal Tensor.equal", ("Tensor input, Tensor other", _equal))
expose("torch.is_tensor", ("any obj", lambda obj: isinstance(obj, Tensor)))
expose(
    "torch.is_floating_point Tensor.is_floating_point", ("Tensor input", lambda input: input.dtype.is_floating_point)
)
expose("Tensor.element_size", ("Tensor input", lambda input: input.array.itemsize))
expose("torch.broadcast_shapes", ("any... shapes", _broadcast_shapes))
TORCH["Size"] = Size
