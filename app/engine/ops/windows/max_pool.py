"""max_pool1d, 2d, 3d and the adaptive ones: each window's largest element, and where it was if asked."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from app.engine.arrays import Array
from app.engine.kinds import not_implemented
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.stating import tex_of
from app.engine.ops.windows import pool_check
from app.engine.ops.windows.sizes import Ints
from app.engine.ops.windows.tables import Tables, adaptive_tables, regular_tables
from app.engine.registry import offer
from app.engine.relation.pooled import Pooled, largest
from app.engine.tensor import Tensor

PLACE = 1024
"""What one place in a window costs beside its comparisons."""


def _forward(x: Array, *, tables: Tables, indices: bool, **_: Any) -> Any:
    values, index = largest(x, tables)
    return (values, index) if indices else values


def _cost(x: Array, *, tables: Tables, indices: bool, **_: Any) -> tuple[int, int]:
    lead = math.prod(x.shape[: x.ndim - len(tables)])
    seen = lead * math.prod(t.size for t in tables)
    made = lead * math.prod(len(t) for t in tables)
    return made * (2 if indices else 1), 120 * seen + PLACE * math.prod(t.shape[1] for t in tables)


WINDOWS = {1: "2", 2: "2", 3: "(1, 1, 2)"}


def _stated(name: str, rank: int, example: str) -> Operation:
    plural = {1: "SqueezeBackward1", 2: "2D", 3: "3D"}[rank]

    def grad_fn(call: Call) -> str:
        if rank == 1:
            return plural
        return f"AdaptiveMaxPool{plural}Backward0" if "adaptive" in name else f"MaxPool{plural}WithIndicesBackward0"

    return Operation(
        name, _forward, [Pooled()], grad_fn=grad_fn, cost=_cost, tex=tex_of(r"\max_{i \in W_j} @1"),
        example=f"{example}o = torch.nn.functional.{name}(x, {WINDOWS[rank]})\n",
        shows=("kernel_size", "stride", "padding", "dilation", "ceil_mode", "output_size"),
    )  # fmt: skip


LINE = "x = torch.tensor([[[1.0, 3.0, 2.0, 0.5]]], requires_grad=True)\n"
PLANE = (
    "x = torch.tensor([[[[1.0, 3.0, 2.0, 0.5], [0.0, 2.5, 4.0, 1.0]]]], requires_grad=True)\n"
)  # fmt: skip
SPACE = "x = torch.arange(4.0).view(1, 1, 1, 2, 2).requires_grad_()\n"
EXAMPLES = {1: LINE, 2: PLANE, 3: SPACE}
REGULAR = {n: _stated(f"max_pool{n}d", n, EXAMPLES[n]) for n in (1, 2, 3)}
ADAPTIVE = {n: _stated(f"adaptive_max_pool{n}d", n, EXAMPLES[n]) for n in (1, 2, 3)}


def _regular(rank: int, also_indices: bool = False) -> Callable[..., Any]:
    function = f"max_pool{rank}d"

    def run(
        input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = (0,), dilation: Ints = (1,),
        ceil_mode: bool = False, return_indices: bool = False,
    ) -> Any:  # fmt: skip
        shape = pool_check.Shape.of(function, rank, kernel_size, stride, padding, dilation, ceil_mode)
        sizes = pool_check.maximum(shape, input, rank)
        _check_type(function, input, rank)
        tables = regular_tables(sizes, shape)
        params = {"tables": tables, "indices": return_indices or also_indices, **shape.shown}
        return REGULAR[rank].apply((input,), params)

    return run


def _check_type(function: str, input: Tensor, rank: int) -> None:
    if rank == 1 and input.dtype.category == 1:
        raise not_implemented("max_pool1d_impl", input.dtype)
    if input.dtype.category == 0:
        raise not_implemented(function, input.dtype)


def _adaptive(rank: int, also_indices: bool = False) -> Callable[..., Any]:
    def run(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
        wanted = pool_check.adaptive_sizes("max", rank, input, output_size)
        tables = adaptive_tables(input.shape[-rank:], wanted)
        if input.dtype.category != 2:
            raise not_implemented(f"adaptive_max_pool{max(rank, 2)}d", input.dtype)
        params = {"tables": tables, "indices": return_indices or also_indices, "output_size": wanted}
        return ADAPTIVE[rank].apply((input,), params)

    return run


WINDOW = "ints kernel_size, ints? stride=None, ints padding=0, ints dilation=1, bool ceil_mode=False"
for _n in (1, 2, 3):
    _name = f"max_pool{_n}d"
    offer(f"torch.{_name}", (f"Tensor input, {WINDOW}", _regular(_n)))
    offer(f"F.{_name}", (f"Tensor input, {WINDOW}, bool return_indices=False", _regular(_n)), operation=_name)
    offer(
        f"F.{_name}_with_indices", (f"def Tensor input, {WINDOW}, bool return_indices=False", _regular(_n, True)),
        operation=_name,
    )  # fmt: skip
    offer(
        f"F.adaptive_{_name}", ("def Tensor input, any output_size, bool return_indices=False", _adaptive(_n)),
    )  # fmt: skip
    offer(
        f"F.adaptive_{_name}_with_indices",
        ("def Tensor input, any output_size, bool return_indices=False", _adaptive(_n, True)),
        operation=f"adaptive_{_name}",
    )
offer(
    "torch.adaptive_max_pool1d", ("Tensor input, any output_size", _adaptive(1, True)), operation="adaptive_max_pool1d"
)
