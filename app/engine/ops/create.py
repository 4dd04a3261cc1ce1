"""Creation: tensor, zeros, ones, full, arange, the `_like` forms and random numbers. Creation is not an operation."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.operation import Number, wrap
from app.engine.registry import TORCH, expose
from app.engine.run import current
from app.engine.tensor import Chain, Tensor

Shape = tuple[int, ...]
INTEGER_GRAD = "Only Tensors of floating point and complex dtype can require gradients"


def finished(array: np.ndarray, requires_grad: bool) -> Tensor:
    """A new leaf. Outside strict mode an integer tensor that requires grad becomes float32, with a notice."""
    run = current()
    if requires_grad and array.dtype.kind != "f":
        if run.strict:
            raise TorchError("RuntimeError", INTEGER_GRAD, code="integer-requires-grad")
        run.notice("integer-requires-grad")
        array = array.astype(np.float32)
    return wrap(array, requires_grad)


def become_float(x: Tensor) -> None:
    """Replace a leaf's integers by the same numbers in float32, under the same handle."""
    run = current()
    old = x.value
    fresh = Tensor.of(old.array.astype(np.float32))
    x.chain = Chain(fresh.value)
    run.tape.made(fresh.value, run.tape.places.get(id(old), run.here))
    run.tape.succeeded(old, fresh.value)


def scalar(number: Number | Tensor, dtype: DType) -> Tensor:
    """A Python number as a 0-d constant of the program."""
    from app.engine.operation import constant

    return number if isinstance(number, Tensor) else Tensor(constant(current(), number, dtype))


def _shape_of(data: Any) -> Shape:
    """The shape of nested lists; PyTorch's error where they are ragged."""
    if isinstance(data, Tensor):
        return data.shape
    if not isinstance(data, (list, tuple, range)):
        return ()
    return (len(data), *_shape_of(data[0])) if len(data) else (0,)


def _leaves(data: Any, shape: Shape, depth: int, out: list[Any]) -> None:
    if isinstance(data, Tensor) and data.shape == shape[depth:]:
        out.extend(data.array.reshape(-1).tolist())
        return
    if depth == len(shape):
        if isinstance(data, (list, tuple, range)):
            raise TorchError("TypeError", "not a sequence")
        out.append(_plain(data))
        return
    if not isinstance(data, (list, tuple, range)):
        raise TorchError("TypeError", "not a sequence")
    if len(data) != shape[depth]:
        raise TorchError(
            "ValueError",
            f"expected sequence of length {shape[depth]} at dim {depth} (got {len(data)})",
            code="ragged-list",
        )
    for item in data:
        _leaves(item, shape, depth + 1, out)


def _plain(item: Any) -> Number:
    if isinstance(item, Tensor) and item.numel == 1:
        number: Number = item.array.item()
        return number
    if isinstance(item, (bool, int, float)):
        return item
    if item is None:
        raise TorchError("RuntimeError", "Could not infer dtype of NoneType")
    if isinstance(item, str):
        raise TorchError("TypeError", "new(): invalid data type 'str'")
    raise TorchError("RuntimeError", f"Could not infer dtype of {type(item).__name__}")


def _inferred(leaves: list[Any], data: Any) -> DType:
    found = [t for t in _tensors_in(data)]
    if found:
        dtype = found[0].dtype
        for t in found[1:]:
            dtype = dtypes.promote(dtype, t.dtype)
        return dtype
    if any(isinstance(v, float) for v in leaves) or not leaves:
        return current().default_dtype
    return dtypes.bool_ if all(isinstance(v, bool) for v in leaves) else dtypes.int64


def _tensors_in(data: Any) -> list[Tensor]:
    if isinstance(data, Tensor):
        return [data]
    if isinstance(data, (list, tuple)):
        return [t for item in data for t in _tensors_in(item)]
    return []


def array_of(data: Any, dtype: DType | None) -> np.ndarray:
    """Nested lists, numbers and tensors as a new array."""
    if isinstance(data, Tensor):
        return data.array.astype((dtype or data.dtype).numpy, order="C")
    shape = _shape_of(data)
    current().meter.operation(math.prod(shape))
    leaves: list[Any] = []
    _leaves(data, shape, 0, leaves)
    kind = dtype or _inferred(leaves, data)
    if kind.category == 1 and any(isinstance(v, int) and not -(2**63) <= v < 2**63 for v in leaves):
        raise TorchError("RuntimeError", "Overflow when unpacking long long")
    wide = (
        np.array(leaves, np.float64 if any(isinstance(v, float) for v in leaves) else None) if leaves else np.empty(0)
    )
    return wide.astype(kind.numpy).reshape(shape)


def tensor_of(data: Any, dtype: DType | None, requires_grad: bool = False) -> Tensor:
    """torch.tensor."""
    if isinstance(data, str):
        raise TorchError("TypeError", "new(): invalid data type 'str'")
    return finished(array_of(data, dtype), requires_grad)


def _tensor(data: Any, dtype: DType | None = None, requires_grad: bool = False, device: Any = None) -> Tensor:
    return tensor_of(data, dtype, requires_grad)


def checked(size: Shape) -> Shape:
    """A shape that may be allocated: no negative dims, within the budget."""
    for n in size:
        if n < 0:
            raise TorchError("RuntimeError", f"Trying to create tensor with negative dimension {n}: {list(size)}")
    current().meter.operation(math.prod(size))
    return size


def _filled(number: Number | None) -> Callable[..., Tensor]:
    def run(size: Shape, dtype: DType | None = None, requires_grad: bool = False, device: Any = None) -> Tensor:
        kind = dtype or current().default_dtype
        return finished(np.full(checked(size), 0 if number is None else number, kind.numpy), requires_grad)

    return run


def _full(
    size: Shape, fill_value: Number, dtype: DType | None = None, requires_grad: bool = False, device: Any = None
) -> Tensor:
    kind = dtype or dtypes.number_type(fill_value, current().default_dtype)
    return finished(np.full(checked(size), fill_value, kind.numpy), requires_grad)


def _like(number: Number) -> Callable[..., Tensor]:
    def run(input: Tensor, dtype: DType | None = None, requires_grad: bool = False) -> Tensor:
        return _full_like(input, number, dtype, requires_grad)

    return run


def _full_like(input: Tensor, fill_value: Number, dtype: DType | None = None, requires_grad: bool = False) -> Tensor:
    current().meter.operation(input.numel)
    return finished(np.full_like(input.array, fill_value, (dtype or input.dtype).numpy), requires_grad)


def _eye(n: int, m: int | None = None, dtype: DType | None = None, requires_grad: bool = False) -> Tensor:
    shape = checked((n, n if m is None else m))
    return finished(np.eye(*shape, dtype=(dtype or current().default_dtype).numpy), requires_grad)


def _arange(
    start: Number, end: Number | None = None, step: Number = 1, dtype: DType | None = None, requires_grad: bool = False
) -> Tensor:
    first, last = (0, start) if end is None else (start, end)
    if step == 0:
        raise TorchError("RuntimeError", "step must be nonzero")
    if (last - first) * step < 0:
        raise TorchError("RuntimeError", "upper bound and lower bound inconsistent with step sign")
    whole = all(isinstance(v, int) for v in (first, last, step))
    kind = dtype or (dtypes.int64 if whole else current().default_dtype)
    size = max(0, math.ceil((last - first) / step))
    checked((size,))
    steps = np.arange(size) * (step if kind.category == 1 else float(step)) + first
    return finished(steps.astype(kind.numpy), requires_grad)


def _linspace(
    start: Number, end: Number, steps: int, dtype: DType | None = None, requires_grad: bool = False
) -> Tensor:
    """As PyTorch: the first half counts from the start, the second from the end, each step rounded in the type."""
    if steps < 0:
        raise TorchError("RuntimeError", "number of steps must be non-negative")
    kind = (dtype or current().default_dtype).numpy
    checked((steps,))
    step = kind.type((float(end) - float(start)) / (steps - 1)) if steps > 1 else kind.type(0)
    index = np.arange(steps).astype(kind)
    up = kind.type(start) + step * index
    down = kind.type(end) - step * (steps - 1 - index)
    halves = np.where(np.arange(steps) < steps // 2, up, down) if steps > 1 else up
    return finished(halves.astype(kind), requires_grad)


SIZED = "ints... size, *, dtype? dtype=None, bool requires_grad=False, any device=None"
LIKE = "Tensor input, *, dtype? dtype=None, bool requires_grad=False"
MORE = "dtype? dtype=None, bool requires_grad=False"
expose("torch.tensor", ("any data, *, dtype? dtype=None, bool requires_grad=False, any device=None", _tensor))
expose(
    "torch.as_tensor",
    (
        "any data, dtype? dtype=None",
        lambda data, dtype: data if isinstance(data, Tensor) and dtype is None else tensor_of(data, dtype),
    ),
)
for _name, _number in (("zeros", 0), ("ones", 1), ("empty", 0)):
    expose(f"torch.{_name}", (SIZED, _filled(_number)))
    expose(f"torch.{_name}_like", (LIKE, _like(_number)))
expose(
    "torch.full",
    ("ints size, number fill_value, *, dtype? dtype=None, bool requires_grad=False, any device=None", _full),
)
expose(
    "torch.full_like", ("Tensor input, number fill_value, *, dtype? dtype=None, bool requires_grad=False", _full_like)
)
expose("torch.eye", (f"int n, int? m=None, *, {MORE}", _eye))
expose(
    "torch.arange",
    (f"number end, *, {MORE}", lambda end, **more: _arange(end, **more)),
    (f"number start, number end, number step=1, *, {MORE}", _arange),
)
expose("torch.linspace", (f"number start, number end, int steps, *, {MORE}", _linspace))
for _dtype in dtypes.ALL:
    TORCH[_dtype.name] = _dtype
TORCH.update(
    {
        "float": dtypes.float32,
        "double": dtypes.float64,
        "int": dtypes.int32,
        "long": dtypes.int64,
        "short": dtypes.int16,
    }
)
