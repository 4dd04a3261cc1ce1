"""Creation: zeros, ones, full, eye, arange, linspace and the `_like` forms. Creation is not an operation."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.arrays import Shape
from app.engine.dtypes import DType
from app.engine.errors import TorchError
from app.engine.kinds import not_implemented
from app.engine.operation import Number
from app.engine.ops.leaf import checked, finished
from app.engine.registry import TORCH, expose
from app.engine.run import current
from app.engine.tensor import Tensor


def _filled(number: Number, name: str) -> Callable[..., Tensor]:
    def run(size: Shape, dtype: DType | None = None, requires_grad: bool = False, **_: Any) -> Tensor:
        kind = dtype or current().default_dtype
        if name == "zeros" and any(n < 0 for n in size):
            raise TorchError("RuntimeError", "zeros: Dimension size must be non-negative.")
        return finished(np.full(checked(size), number, kind.numpy), requires_grad)

    return run


def _full(size: Shape, fill_value: Number, dtype: DType | None = None, requires_grad: bool = False, **_: Any) -> Tensor:
    kind = dtype or dtypes.number_type(fill_value, current().default_dtype)
    return finished(np.full(checked(size), fill_value, kind.numpy), requires_grad)


def _like(number: Number) -> Callable[..., Tensor]:
    def run(input: Tensor, dtype: DType | None = None, requires_grad: bool = False, **_: Any) -> Tensor:
        return _full_like(input, number, dtype, requires_grad)

    return run


def _full_like(
    input: Tensor, fill_value: Number, dtype: DType | None = None, requires_grad: bool = False, **_: Any
) -> Tensor:
    current().meter.operation(input.numel)
    return finished(np.full_like(input.array, fill_value, (dtype or input.dtype).numpy), requires_grad)


def _new(number: Number) -> Callable[..., Tensor]:
    """`x.new_zeros(size)` and its kin: of x's type, like it in nothing else."""

    def run(input: Tensor, size: Shape, dtype: DType | None = None, requires_grad: bool = False, **_: Any) -> Tensor:
        return _full(size, number, dtype or input.dtype, requires_grad)

    return run


def _eye(n: int, m: int | None = None, dtype: DType | None = None, requires_grad: bool = False, **_: Any) -> Tensor:
    for name, size in (("n", n), ("m", n if m is None else m)):
        if size < 0:
            raise TorchError("RuntimeError", f"{name} must be greater or equal to 0, got {size}")
    shape = checked((n, n if m is None else m))
    return finished(np.eye(*shape, dtype=(dtype or current().default_dtype).numpy), requires_grad)


def _arange(
    start: Number,
    end: Number | None = None,
    step: Number = 1,
    dtype: DType | None = None,
    requires_grad: bool = False,
    **_: Any,
) -> Tensor:
    first, last = (0, start) if end is None else (start, end)
    if any(isinstance(v, float) and not math.isfinite(v) for v in (first, last)):
        raise TorchError("RuntimeError", f"unsupported range: {first} -> {last}")
    if step == 0:
        raise TorchError("RuntimeError", "step must be nonzero")
    if (last - first) * step < 0:
        raise TorchError("RuntimeError", "upper bound and lower bound inconsistent with step sign")
    if not math.isfinite((last - first) / step):
        raise TorchError("RuntimeError", "invalid size, possible overflow?")
    whole = all(isinstance(v, int) for v in (first, last, step))
    kind = dtype or (dtypes.int64 if whole else current().default_dtype)
    if kind is dtypes.bool_:
        raise not_implemented("arange_cpu", kind)
    size = max(0, math.ceil((last - first) / step))
    checked((size,))
    steps = np.arange(size) * (step if kind.category == 1 else float(step)) + first
    return finished(steps.astype(kind.numpy), requires_grad)


def _range(start: Number, end: Number, step: Number = 1, dtype: DType | None = None, **more: Any) -> Tensor:
    """The deprecated torch.range, whose end belongs to it; floats whatever it is given."""
    if step == 0:
        raise TorchError("RuntimeError", "step must be nonzero")
    if not all(math.isfinite(number) for number in (start, end, step)):
        raise TorchError("RuntimeError", f"unsupported range: {start} -> {end}")
    if (end - start) * step < 0:
        raise TorchError("RuntimeError", "upper bound and lower bound inconsistent with step sign")
    count = math.floor((end - start) / step) + 1
    kind = (dtype or current().default_dtype).numpy
    checked((count,))
    return finished((np.arange(count) * step + start).astype(kind), bool(more.get("requires_grad")))


def linspace(
    start: Number, end: Number, steps: int, dtype: DType | None = None, requires_grad: bool = False, **_: Any
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


MORE = "dtype? dtype=None, any layout=None, device? device=None, bool? pin_memory=None, bool requires_grad=False"
"""There is one device and one layout: naming them changes nothing."""
SIZED = f"ints... size, *, {MORE}"
LIKE = f"Tensor input, *, {MORE}, any memory_format=None"
for _name, _number in (("zeros", 0), ("ones", 1), ("empty", 0)):
    expose(f"torch.{_name}", (SIZED, _filled(_number, _name)))
    expose(f"torch.{_name}_like", (LIKE, _like(_number)))
    expose(f"Tensor.new_{_name}", (f"Tensor input, ints... size, *, {MORE}", _new(_number)))
expose(
    "torch.full",
    (f"shape size, number fill_value, *, {MORE}", _full),
)
expose("torch.full_like", (f"Tensor input, number fill_value, *, {MORE}, any memory_format=None", _full_like))
expose(
    "Tensor.new_full",
    (
        f"Tensor input, shape size, number fill_value, *, {MORE}",
        lambda input, size, fill_value, dtype, requires_grad, **_: _full(
            size, fill_value, dtype or input.dtype, requires_grad
        ),
    ),
)
expose("torch.eye", (f"int n, int? m=None, *, {MORE}", _eye))
expose(
    "torch.arange",
    (f"number end, *, {MORE}", lambda end, **more: _arange(end, **more)),
    (f"number start, number end, number step=1, *, {MORE}", _arange),
)
expose(
    "torch.range",
    (f"number start, number end, number step=1, *, {MORE}", _range),
    (f"number end, *, {MORE}", lambda end, **more: _range(0, end, **more)),
)
expose("torch.linspace", (f"number start, number end, int steps, *, {MORE}", linspace))
for _dtype in dtypes.ALL:
    TORCH[_dtype.name] = _dtype
TORCH.update(
    {
        "half": dtypes.float16,
        "float": dtypes.float32,
        "double": dtypes.float64,
        "int": dtypes.int32,
        "long": dtypes.int64,
        "short": dtypes.int16,
    }
)
