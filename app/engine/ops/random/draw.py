"""Random numbers in new tensors, bit for bit those of PyTorch's CPU generator."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from app.engine.arrays import Array, Shape
from app.engine.dtypes import DType, int64
from app.engine.errors import TorchError
from app.engine.ops.creation.create import LIKE, SIZED
from app.engine.ops.leaf import checked, finished
from app.engine.random import Generator
from app.engine.registry import expose
from app.engine.run import current
from app.engine.tensor import Tensor

EXCHANGE = 8  # units of work per exchange of a permutation, which goes one by one
NORMAL = 600  # units of arithmetic per number that is not drawn by whole arrays


def chosen(generator: Generator | None) -> Generator:
    """The generator that was given, or the run's own."""
    return current().generator if generator is None else generator


def drawn(draw: Callable[..., Array], *given: Any, costly: int = 0) -> Array:
    """`draw(*given)` with PyTorch's refusals as errors of the program; `costly` numbers come one by one."""
    if costly:
        current().meter.operation(0, NORMAL * costly)
    try:
        return draw(*given)
    except (RuntimeError, NotImplementedError, ValueError, OverflowError) as refusal:
        raise TorchError(type(refusal).__name__, str(refusal)) from None


def _new(
    name: str, size: Shape, dtype: DType | None, requires_grad: bool, generator: Generator | None
) -> Tensor:  # fmt: skip
    kind = dtype or current().default_dtype
    source = chosen(generator)
    draw = {"rand": source.rand, "randn": source.randn}[name]
    shape = checked(size)
    costly = math.prod(shape) if name == "randn" else 0
    return finished(drawn(draw, shape, kind.name, costly=costly), requires_grad)


def _drawn(name: str) -> Any:
    def run(
        size: Shape, dtype: DType | None = None, requires_grad: bool = False, generator: Any = None, **_: Any
    ) -> Tensor:
        return _new(name, size, dtype, requires_grad, generator)

    return run


def _drawn_like(name: str) -> Any:
    def run(
        input: Tensor, dtype: DType | None = None, requires_grad: bool = False, generator: Any = None, **_: Any
    ) -> Tensor:
        return _new(name, input.shape, dtype or input.dtype, requires_grad, generator)

    return run


def _randint(
    low: int, high: int, size: Shape, dtype: DType | None = None, requires_grad: bool = False,
    generator: Generator | None = None, device: Any = None,
) -> Tensor:  # fmt: skip
    if low >= high:
        raise TorchError(
            "RuntimeError", f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    made = drawn(chosen(generator).randint, low, high, checked(size), (dtype or int64).name)
    return finished(made, requires_grad)


def _randint_like(input: Tensor, low: int, high: int, dtype: DType | None, requires_grad: bool, **_: Any) -> Tensor:
    return _randint(low, high, input.shape, dtype or input.dtype, requires_grad)


def _randperm(
    n: int, dtype: DType | None = None, requires_grad: bool = False, generator: Generator | None = None,
    device: Any = None,
) -> Tensor:  # fmt: skip
    checked((n,))
    current().meter.work(EXCHANGE * n)
    return finished(drawn(chosen(generator).randperm, n).astype((dtype or int64).numpy), requires_grad)


def _normal(
    mean: float, std: float, size: Shape, dtype: DType | None = None, requires_grad: bool = False,
    generator: Generator | None = None, **_: Any,
) -> Tensor:  # fmt: skip
    """torch.normal(mean, std, size)."""
    shape = checked(size)
    kind = dtype or current().default_dtype
    made = drawn(chosen(generator).normal, shape, mean, std, kind.name, costly=math.prod(shape))
    return finished(made, requires_grad)


MORE = "*, generator? generator=None, dtype? dtype=None, bool requires_grad=False, device? device=None"
for _name in ("rand", "randn"):
    expose(f"torch.{_name}", (f"{SIZED}, generator? generator=None", _drawn(_name)))
    expose(f"torch.{_name}_like", (f"{LIKE}, generator? generator=None", _drawn_like(_name)))
expose(
    "torch.randint",
    (f"int high, shape size, {MORE}", lambda high, **more: _randint(0, high, **more)),
    (f"int low, int high, shape size, {MORE}", _randint),
)
LIKE_MORE = "*, dtype? dtype=None, bool requires_grad=False, device? device=None"
expose(
    "torch.randint_like",
    (f"Tensor input, int high, {LIKE_MORE}", lambda input, high, **more: _randint_like(input, 0, high, **more)),
    (f"Tensor input, int low, int high, {LIKE_MORE}", _randint_like),
)
expose("torch.randperm", (f"int n, {MORE}", _randperm))
NORMAL_SIZED = (f"float mean, float std, shape size, {MORE}", _normal)
