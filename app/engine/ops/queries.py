"""Questions about tensors that Python values answer: sizes, strides, items, comparisons of whole tensors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.engine.arguments import is_int, type_name
from app.engine.broadcasting import broadcast
from app.engine.device import NO_ACCELERATOR
from app.engine.errors import TorchError
from app.engine.operation import wrap
from app.engine.ops.dims import sized, wrapped
from app.engine.registry import TORCH, expose
from app.engine.run import current
from app.engine.tensor import Size, Tensor


def strides(x: Tensor) -> tuple[int, ...]:
    """Steps between neighbours, in elements; those of a tensor of its own that lies densely are as if stacked."""
    array = x.array
    if array.flags.c_contiguous and not x.is_view:
        return _packed(x.shape)
    return tuple(s // array.itemsize for s in array.strides)


def _packed(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(math.prod(max(n, 1) for n in shape[d + 1 :]) for d in range(len(shape)))


def _size(input: Tensor, dim: int | None = None) -> Any:
    return Size(input.shape) if dim is None else sized(input.shape, dim)


def _item(input: Tensor) -> Any:
    if input.numel != 1:
        raise TorchError(
            "RuntimeError", f"a Tensor with {input.numel} elements cannot be converted to Scalar",
            code="item-many", count=input.numel,
        )  # fmt: skip
    _read_out(input, ".item()")
    return input.array.item()


def _tolist(input: Tensor) -> Any:
    current().meter.work(input.numel)
    _read_out(input, ".tolist()")
    return input.array.tolist()


def _read_out(input: Tensor, how: str) -> None:
    run = current()
    run.tape.read_out(input.value, how, run.here)


def _compared(input: Tensor, other: Tensor) -> int:
    """How many pairs of elements there are; raises for tensors of two types."""
    if input.dtype is not other.dtype:
        raise TorchError("RuntimeError", f"{input.dtype.title} did not match {other.dtype.title}")
    return math.prod(broadcast((input.shape, other.shape)))


def _allclose(input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    current().meter.work(_compared(input, other))
    return bool(np.allclose(input.array, other.array, rtol, atol, equal_nan))


def _equal(input: Tensor, other: Tensor) -> bool:
    current().meter.work(input.numel + other.numel)
    return input.shape == other.shape and bool(np.array_equal(input.array, other.array))


def _isclose(input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Tensor:
    current().meter.operation(_compared(input, other))
    return wrap(np.asarray(np.isclose(input.array, other.array, rtol, atol, equal_nan)))


def _broadcast_shapes(shapes: Any) -> Size:
    """torch.broadcast_shapes, of any number of shapes."""
    given = [tuple(s) if isinstance(s, (tuple, list)) else (s,) for s in shapes]
    for shape in given:
        if not all(isinstance(n, int) for n in shape):
            raise TorchError(
                "RuntimeError",
                "Input shapes should be of type ints, a tuple of ints, or a list of ints, got a "
                f"{next(type_name(n) for n in shape if not isinstance(n, int))}",
            )
    rank = max(map(len, given), default=0)
    common = [1] * rank
    for place, shape in enumerate(given):
        for dim in range(-1, -len(shape) - 1, -1):
            n = shape[dim]
            if n in (1, common[dim]):
                continue
            if common[dim] != 1 or n < 0:
                raise TorchError(
                    "RuntimeError",
                    f"Attempting to broadcast a dimension of length {n} at {dim}! Mismatching argument at index "
                    f"{place} had {shape}; but expected shape should be broadcastable to {common}",
                    code="broadcast-shape", left=common, right=list(shape), dim=rank + dim,
                )  # fmt: skip
            common[dim] = n
    return Size(common)


def _stride(input: Tensor, dim: int | None = None) -> Any:
    return strides(input) if dim is None else strides(input)[wrapped(dim, len(input.shape))]


def _is_nonzero(input: Tensor) -> bool:
    if input.numel != 1:
        some = "more than one value" if input.numel else "no values"
        raise TorchError("RuntimeError", f"Boolean value of Tensor with {some} is ambiguous")
    return bool(input.array.item())


def _cuda(input: Tensor, device: Any, non_blocking: bool) -> Tensor:
    if is_int(device):
        raise TorchError("RuntimeError", NO_ACCELERATOR, code="no-device")
    raise TorchError("AssertionError", "Torch not compiled with CUDA enabled", code="no-device")


# fmt: off
CLOSE = "Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False"
expose("Tensor.size",                    ("Tensor input, int? dim=None", _size))
expose("Tensor.dim Tensor.ndimension",   ("Tensor input", lambda input: len(input.shape)))
expose("numel Tensor.nelement",          ("Tensor input", lambda input: input.numel))
expose("Tensor.stride",                  ("Tensor input, int? dim=None", _stride))
expose("Tensor.storage_offset",          ("Tensor input", lambda input: input.value.offset))
expose("Tensor.is_contiguous",           ("Tensor input", lambda input: bool(input.array.flags.c_contiguous)))
expose("Tensor.item",                    ("Tensor input", _item))
expose("Tensor.tolist",                  ("Tensor input", _tolist))
expose("Tensor.element_size",            ("Tensor input", lambda input: input.array.itemsize))
expose("is_complex",                      ("Tensor input", lambda input: False))
expose("is_signed",                       ("Tensor input", lambda input: input.dtype.numpy.kind in "if"))
expose("is_inference",                    ("Tensor input", lambda input: input.value.inference))
expose("is_nonzero",                      ("Tensor input", _is_nonzero))
expose("Tensor.is_same_size",             ("Tensor input, Tensor other", lambda input, other: input.shape == other.shape))
expose("Tensor.share_memory_", ("Tensor input", lambda input: input))
expose("Tensor.is_shared Tensor.is_pinned", ("Tensor input", lambda input: False))
expose("Tensor.get_device",               ("Tensor input", lambda input: -1))
expose("Tensor.cuda",                     ("Tensor input, any device=None, bool non_blocking=False", _cuda))
expose("is_floating_point",              ("Tensor input", lambda input: input.dtype.is_floating_point))
expose("allclose",                       (CLOSE, _allclose))
expose("isclose",                        (CLOSE, _isclose))
expose("equal",                          ("Tensor input, Tensor other", _equal))
expose("torch.is_tensor",                ("any obj", lambda obj: isinstance(obj, Tensor)))
expose("torch.broadcast_shapes",         ("any... shapes", _broadcast_shapes))
# fmt: on
TORCH["Size"] = Size
