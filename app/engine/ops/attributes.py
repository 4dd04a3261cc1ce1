"""Properties of tensors: x.shape, x.grad, x.data, x.T …"""

from __future__ import annotations

from typing import Any

from app.engine.device import CPU
from app.engine.drawer import keep
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.gradfn import GradFn, grad_fn_of
from app.engine.ops.autograd import detached
from app.engine.ops.inplace import INTEGER_GRAD_SETTER, NOT_A_LEAF, set_requires_grad
from app.engine.ops.shapes.axis_calls import permuted
from app.engine.ops.shapes.rearrange import transpose
from app.engine.registry import TORCH, attribute
from app.engine.run import current
from app.engine.tensor import Chain, Size, Tensor, settle
from app.engine.value import Counter, Value


class Layout:
    """How numbers lie in memory. There is one way; the names of others are known."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"torch.{self.name}"


STRIDED = TORCH["strided"] = Layout("strided")
for _name in ("contiguous_format", "preserve_format", "channels_last"):
    TORCH[_name] = Layout(_name)
GRAD_DTYPE = (
    "attempting to assign a gradient with dtype '{given}' to a tensor with grad_dtype '{wanted}'. The gradient must "
    "match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute "
    "with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor "
    "and its gradient may break downstream systems that assume they match."
)


def set_grad(x: Tensor, value: Any) -> None:
    """`x.grad = …`: None empties the drawer."""
    keep(current(), x.meta)
    if value is None:
        x.meta.grad = None
        return
    if not isinstance(value, Tensor):
        raise TorchError(
            "TypeError", f"assigned grad expected to be a Tensor or None but got grad of type {type(value).__name__}"
        )
    if value is x:
        raise TorchError("RuntimeError", "can't assign Variable as its own grad")
    if value.shape != x.shape:
        raise TorchError(
            "RuntimeError",
            f"attempting to assign a gradient of size '{list(value.shape)}' to a tensor of size '{list(x.shape)}'. "
            "Please ensure that the gradient and the tensor are the same size",
            code="gradient-shape", given=list(value.shape), wanted=list(x.shape),
        )  # fmt: skip
    if value.dtype is not x.dtype:
        raise TorchError("RuntimeError", GRAD_DTYPE.format(given=value.dtype.c_name, wanted=x.dtype.title))
    x.meta.grad = value


def set_data(x: Tensor, value: Any) -> None:
    """`x.data = …`: the same tensor with other numbers, which autograd is not told of."""
    if not isinstance(value, Tensor):
        raise TorchError("TypeError", f"Variable data has to be a tensor, but got {type(value).__name__}")
    old, new = x.value, value.value
    if old.requires_grad and not value.dtype.is_floating_point:
        raise TorchError(
            "RuntimeError", "data set to a tensor that requires gradients must be floating point or complex dtype"
        )
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


def _flag(x: Tensor, wanted: Any) -> None:
    """`x.requires_grad = …`, whose words differ from those of `requires_grad_()`."""
    if not isinstance(wanted, bool):
        raise TorchError("RuntimeError", "requires_grad must be a bool")
    if x.value.node is not None:
        more = "" if wanted else NOT_A_LEAF
        words = f"you can only change requires_grad flags of leaf variables.{more}"
        raise TorchError("RuntimeError", words, code="flag-of-result")
    set_requires_grad(x, wanted, INTEGER_GRAD_SETTER)


@attribute("requires_grad", _flag)
def _requires_grad(x: Tensor) -> bool:
    window = x.window  # a view shares the flag of a base that was told so after the view was made
    return x.requires_grad or (window is not None and not window.unrecorded and x.chain.value.requires_grad)


@attribute("shape")
def _shape(x: Tensor) -> Size:
    return Size(x.shape)


@attribute("dtype")
def _dtype(x: Tensor) -> DType:
    return x.dtype


@attribute("grad_fn")
def _grad_fn(x: Tensor) -> GradFn | None:
    value = x.value
    if value.lost is not None:
        raise value.lost
    node = value.node
    return grad_fn_of(node) if node is not None else None


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


def _version(x: Tensor) -> int:
    if x.value.inference:
        raise TorchError("RuntimeError", "Inference tensors do not track version counter.", code="inference-tensor")
    return x.value.counter.version if x.value.counter else 0


def _matrix_or_itself(x: Tensor) -> Any:
    if len(x.shape) not in (0, 2):
        raise TorchError(
            "RuntimeError",
            f"tensor.H is only supported on matrices (2-D tensors). Got {len(x.shape)}-D tensor."
            + (" For batches of matrices, consider using tensor.mH" if len(x.shape) > 2 else ""),
        )
    return _matrix_transpose(x) if x.shape else x


attribute("is_leaf")(lambda x: x.value.node is None)
attribute("ndim")(lambda x: len(x.shape))
attribute("device")(lambda x: CPU)
attribute("_version")(_version)
attribute("_base")(lambda x: Tensor(x.chain.current(), x.chain) if x.is_view else None)
attribute("retains_grad")(lambda x: x.value.node is not None and x.meta.retains)
attribute("is_cuda")(lambda x: False)
attribute("H")(_matrix_or_itself)
attribute("mH")(_matrix_transpose)
attribute("is_cpu")(lambda x: True)
attribute("is_mps")(lambda x: False)
attribute("real")(lambda x: x)
attribute("nbytes")(lambda x: x.array.nbytes)
attribute("is_sparse")(lambda x: False)
attribute("is_quantized")(lambda x: False)
attribute("is_meta")(lambda x: False)
attribute("output_nr")(lambda x: x.value.index)
attribute("layout")(lambda x: STRIDED)
attribute("itemsize")(lambda x: x.array.itemsize)
