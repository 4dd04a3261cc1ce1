"""Random numbers, bit for bit those of PyTorch's CPU generator."""

from __future__ import annotations

import math
from typing import Any

from app.engine.arrays import Shape
from app.engine.dtypes import DType, int64
from app.engine.errors import TorchError
from app.engine.ops.creation.create import LIKE, SIZED
from app.engine.ops.leaf import checked, finished
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Tensor

EXCHANGE = 8  # units of work per exchange of a permutation, which goes one by one
NORMAL = 300  # units of arithmetic per normal number


def _draw(name: str, size: Shape, dtype: DType | None, requires_grad: bool, *numbers: Any) -> Tensor:
    kind = dtype or current().default_dtype
    generator = current().generator
    draw = {"rand": generator.rand, "randn": generator.randn}[name]
    shape = checked(size)
    if name == "randn":
        current().meter.operation(0, NORMAL * math.prod(shape))
    try:
        return finished(draw(shape, kind.name), requires_grad)
    except (RuntimeError, NotImplementedError, ValueError) as refusal:
        raise TorchError(type(refusal).__name__, str(refusal)) from None


def _drawn(name: str) -> Any:
    def run(
        size: Shape, dtype: DType | None = None, requires_grad: bool = False, device: Any = None, generator: Any = None
    ) -> Tensor:
        return _draw(name, size, dtype, requires_grad)

    return run


def _drawn_like(name: str) -> Any:
    def run(input: Tensor, dtype: DType | None = None, requires_grad: bool = False) -> Tensor:
        return _draw(name, input.shape, dtype or input.dtype, requires_grad)

    return run


def _randint(low: int, high: int, size: Shape, dtype: DType | None = None, requires_grad: bool = False) -> Tensor:
    if low >= high:
        raise TorchError(
            "RuntimeError", f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    return finished(current().generator.randint(low, high, checked(size), (dtype or int64).name), requires_grad)


def _randperm(n: int, dtype: DType | None = None) -> Tensor:
    checked((n,))
    current().meter.work(EXCHANGE * n)
    return finished(current().generator.randperm(n).astype((dtype or int64).numpy), False)


def _seeded(seed: Any) -> Any:
    if not isinstance(seed, (int, float, str)):
        raise TorchError(
            "TypeError",
            f"int() argument must be a string, a bytes-like object or a real number, not '{type(seed).__name__}'",
        )
    try:
        current().generator.manual_seed(int(seed))
    except (RuntimeError, ValueError, OverflowError) as refusal:
        raise TorchError(type(refusal).__name__, str(refusal)) from None
    return current().generator


for _name in ("rand", "randn"):
    expose(f"torch.{_name}", (SIZED + ", any generator=None", _drawn(_name)))
    expose(f"torch.{_name}_like", (LIKE, _drawn_like(_name)))
expose(
    "torch.randint",
    (
        "int high, shape size, *, dtype? dtype=None, bool requires_grad=False",
        lambda high, **more: _randint(0, high, **more),
    ),
    ("int low, int high, shape size, *, dtype? dtype=None, bool requires_grad=False", _randint),
)
expose("torch.randperm", ("int n, *, dtype? dtype=None", _randperm))
expose("torch.manual_seed torch.random.manual_seed", ("any seed", _seeded))
