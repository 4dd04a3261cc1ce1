"""avg_pool1d, 2d, 3d, the adaptive ones, and lp_pool on top of them: the sum over each window, divided."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.kinds import not_implemented
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.stating import tex_of
from app.engine.ops.windows import pool_check
from app.engine.ops.windows.max_pool import EXAMPLES, WINDOWS
from app.engine.ops.windows.sizes import Ints
from app.engine.ops.windows.tables import adaptive_tables, matrix, regular_tables
from app.engine.registry import METHODS, TORCH, offer
from app.engine.relation.resampled import Matrices, Resampled
from app.engine.relation.resampled import resample as resample_arrays
from app.engine.tensor import Tensor


def resample_cost(x: Array, *, matrices: Matrices, **_: Any) -> tuple[int, int]:
    """The result, and the products with one matrix after the other."""
    lead, work = x.size, 0
    most = 0
    for m in reversed(matrices):
        work += lead * len(m)
        lead = lead // max(m.shape[1], 1) * len(m)
        most = max(most, lead)
    return most, work


resample = Operation(
    "resample", resample_arrays, [Resampled()], cost=resample_cost, grad_fn="UpsampleBilinear2DBackwardBackward0"
)


def _stated(name: str, rank: int, whole: bool = False) -> Operation:
    """`whole`: the mean over everything, of which PyTorch keeps nothing for backward."""
    title = "Adaptive" if "adaptive" in name else ""
    saves = frozenset() if whole else frozenset({("input", 0)})

    def grad_fn(call: Call) -> str:
        if rank == 1:
            return "SqueezeBackward1"
        if whole:
            return "MeanBackward1"
        return f"{title}AvgPool{rank}DBackward0"

    operation = Operation(
        f"{name}_whole" if whole else name, resample_arrays, [Resampled(saves=saves)], grad_fn=grad_fn,
        cost=resample_cost, tex=tex_of(r"\bar{@1}"),
        example=f"{EXAMPLES[rank]}o = torch.nn.functional.{name}(x, {WINDOWS[rank]})\n",
        shows=("kernel_size", "stride", "padding", "ceil_mode", "output_size", "count_include_pad", "divisor_override"),
    )  # fmt: skip
    operation.name = name
    return operation


REGULAR = {n: _stated(f"avg_pool{n}d", n) for n in (1, 2, 3)}
ADAPTIVE = {n: _stated(f"adaptive_avg_pool{n}d", n) for n in (1, 2, 3)}
WHOLE = {n: _stated(f"adaptive_avg_pool{n}d", n, whole=True) for n in (1, 2, 3)}


def _regular(rank: int) -> Callable[..., Any]:
    function = f"avg_pool{rank}d"

    def run(
        input: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = (0,), ceil_mode: bool = False,
        count_include_pad: bool = True, divisor_override: int | None = None,
    ) -> Any:  # fmt: skip
        shape = pool_check.Shape.of(function, rank, kernel_size, stride, padding, (1,), ceil_mode)
        sizes = pool_check.average(shape, input, rank, divisor_override)
        if input.dtype.category == 0:
            raise not_implemented(f"avg_pool{max(rank, 2)}d", input.dtype)
        tables = regular_tables(sizes, shape)
        matrices = tuple(matrix(t, n) for t, n in zip(tables, sizes, strict=True))
        counts = _counts_with_padding(shape, sizes) if count_include_pad else [m.sum(1) for m in matrices]
        after = np.asarray(float(divisor_override)) if divisor_override else _outer(counts)
        more: dict[str, Any] = {} if count_include_pad else {"count_include_pad": False}
        more |= {} if divisor_override is None else {"divisor_override": divisor_override}
        return REGULAR[rank].apply((input,), {"matrices": matrices, "after": after, **shape.shown, **more})

    return run


def _counts_with_padding(shape: pool_check.Shape, sizes: Ints) -> list[Array]:
    """How many places of the padded input each window has: one that hangs over its end has fewer."""
    counts = []
    parts = zip(sizes, shape.outputs(sizes), shape.kernel, shape.stride, shape.padding, strict=True)
    for size, out, kernel, stride, padding in parts:
        start = np.arange(out) * stride - padding
        counts.append(np.minimum(start + kernel, size + padding) - start)
    return counts


def _outer(counts: list[Array]) -> Array:
    """The number of places in each window."""
    made: Array = np.asarray(reduce(np.multiply.outer, counts), np.float64)
    return made


def _adaptive(rank: int) -> Callable[..., Any]:
    def run(input: Tensor, output_size: Any) -> Any:
        wanted = pool_check.adaptive_sizes("avg", rank, input, output_size)
        if input.dtype.category != 2:
            raise not_implemented(f"adaptive_avg_pool{max(rank, 2)}d", input.dtype)
        sizes = input.shape[-rank:]
        matrices = tuple(matrix(t, n) for t, n in zip(adaptive_tables(sizes, wanted), sizes, strict=True))
        params = {"matrices": matrices, "after": _outer([m.sum(1) for m in matrices]), "output_size": wanted}
        operation = (WHOLE if all(n == 1 for n in wanted) else ADAPTIVE)[rank]
        return operation.apply((input,), params)

    return run


def _power_mean(rank: int) -> Callable[..., Any]:
    """(Σ xᵖ)^(1/p) over each window, in the operations that PyTorch writes it in."""

    def run(
        input: Tensor, norm_type: float, kernel_size: Ints, stride: Ints | None = None, ceil_mode: bool = False
    ) -> Any:
        powers = METHODS["pow"](input, norm_type)
        pooled = _regular(rank)(powers, kernel_size, stride, (0,), ceil_mode)
        count = kernel_size[0] ** rank if len(kernel_size) == 1 else math.prod(kernel_size)
        positive = TORCH["mul"](TORCH["sign"](pooled), TORCH["relu"](TORCH["abs"](pooled)))
        return METHODS["pow"](TORCH["mul"](positive, count), 1.0 / norm_type)

    return run


WINDOW = "Tensor input, ints kernel_size, ints? stride=None, ints padding=0, bool ceil_mode=False"
offer("torch.avg_pool1d F.avg_pool1d", (f"{WINDOW}, bool count_include_pad=True", _regular(1)))
for _n in (2, 3):
    _own = f"{WINDOW}, bool count_include_pad=True, int? divisor_override=None"
    offer(f"F.avg_pool{_n}d", (_own, _regular(_n)))
    offer(f"F.adaptive_avg_pool{_n}d", ("def Tensor input, any output_size", _adaptive(_n)))
offer("torch.adaptive_avg_pool1d F.adaptive_avg_pool1d", ("Tensor input, any output_size", _adaptive(1)))
LP = "def Tensor input, number norm_type, ints kernel_size, ints? stride=None, bool ceil_mode=False"
for _n in (1, 2, 3):
    offer(f"F.lp_pool{_n}d", (LP, _power_mean(_n)), operation=f"avg_pool{_n}d")
