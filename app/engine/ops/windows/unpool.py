"""max_unpool1d, 2d, 3d: each value goes back to the place that a maximum pool named, everything else is 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.operation import Operation
from app.engine.ops.windows.sizes import Ints, pool_spread, runtime
from app.engine.registry import offer
from app.engine.relation.explicit import Placement
from app.engine.tensor import Tensor

POOLED = "x = torch.tensor([[[1.0, 2.0]]], requires_grad=True)\n"


def _placed(x: Array, index: Array, *, sizes: Ints, **_: Any) -> Array:
    """Plane by plane; of two values for one place the later one stays."""
    rank = len(sizes)
    lead = x.shape[: x.ndim - rank]
    planes = math.prod(lead)
    room = np.zeros((planes, math.prod(sizes)), x.dtype)
    rows = np.arange(planes)[:, None]
    room[rows, index.reshape(planes, -1)] = x.reshape(planes, -1)
    return room.reshape(*lead, *sizes)


def _stated(rank: int) -> Operation:
    name = f"max_unpool{rank}d"
    lines = POOLED if rank == 1 else POOLED.replace("[[[1.0, 2.0]]]", "[" * (rank + 2) + "1.0, 2.0" + "]" * (rank + 2))
    index = f"i = torch.tensor({'[' * (rank + 2)}1, 2{']' * (rank + 2)})\n"
    window = "2" if rank == 1 else f"({'1, ' * (rank - 1)}2)"
    return Operation(
        name, _placed, [Placement(saves=frozenset({("input", 1)})), None], shows=("kernel_size", "stride", "padding"),
        grad_fn="SqueezeBackward1" if rank == 1 else f"MaxUnpool{rank}DBackward0",
        cost=lambda x, index, *, sizes, **_: (x.size + math.prod(x.shape[: x.ndim - rank]) * math.prod(sizes), 0),
        example=f"{lines}{index}o = torch.nn.functional.{name}(x, i, {window})\n",
    )  # fmt: skip


UNPOOL = {rank: _stated(rank) for rank in (1, 2, 3)}


def _unpooled(rank: int) -> Callable[..., Any]:
    function = f"max_unpool{rank}d"

    def run(
        input: Tensor, indices: Tensor, kernel_size: Ints, stride: Ints | None = None, padding: Ints = (0,),
        output_size: Any = None,
    ) -> Any:  # fmt: skip
        kernel = pool_spread(function, "kernel_size", kernel_size, rank)
        steps = pool_spread(function, "stride", stride, rank) if stride else kernel
        gaps = pool_spread(function, "padding", padding, rank)
        if len(input.shape) not in (rank + 1, rank + 2):
            raise runtime(
                f"Input to {function} should be a {rank + 1}d or {rank + 2}d Tensor, but got {len(input.shape)}d"
            )
        usual = tuple(
            (n - 1) * s + k - 2 * p for n, s, k, p in zip(input.shape[-rank:], steps, kernel, gaps, strict=True)
        )
        sizes = _sizes(function, output_size, usual, steps)
        _check(input, indices, sizes)
        planes = np.arange(math.prod(input.shape[: len(input.shape) - rank])).reshape(-1, 1)
        source = (indices.array.reshape(len(planes), -1) + planes * math.prod(sizes)).reshape(-1)
        params = {"source": source, "sizes": sizes, "kernel_size": kernel, "stride": steps, "padding": gaps}
        return UNPOOL[rank].apply((input, indices), params)

    return run


def _sizes(function: str, output_size: Any, usual: Ints, steps: Ints) -> Ints:
    """The sizes asked for, which may differ from the usual ones by less than a stride."""
    if output_size is None:
        return usual
    if not isinstance(output_size, (tuple, list)) or not all(isinstance(n, int) for n in output_size):
        raise TorchError("TypeError", f"{function}(): argument 'output_size' must be tuple of ints")
    wanted = tuple(output_size[-len(usual) :])
    if len(output_size) not in (len(usual), len(usual) + 2):
        raise TorchError(
            "ValueError",
            f"output_size should be a sequence containing {len(usual)} or {len(usual) + 2} elements, but it has a "
            f"length of '{len(output_size)}'",
        )
    for d, (n, m, s) in enumerate(zip(wanted, usual, steps, strict=True)):
        if not m - s < n < m + s:
            raise TorchError(
                "ValueError", f'invalid output_size "{tuple(wanted)}" (dim {d} must be between {m - s} and {m + s})'
            )
    return wanted


def _check(input: Tensor, indices: Tensor, sizes: Ints) -> None:
    if indices.dtype.name != "int64":
        raise runtime(f"elements in indices should be type int64 but got: {indices.dtype.title}")
    if indices.shape != input.shape:
        raise runtime(
            f"Expected shape of indices to be same as that of the input tensor ({list(input.shape)}) but got indices "
            f"tensor with shape: {list(indices.shape)}"
        )
    if min(sizes) < 1:
        raise runtime("max_unpool: the output would have no elements")
    bad = indices.array[(indices.array < 0) | (indices.array >= math.prod(sizes))]
    if bad.size:
        shown = ", ".join(map(str, sizes))
        raise runtime(f"Found an invalid max index: {bad.flat[0]} (output volumes are of size {shown})")


for _n in (1, 2, 3):
    offer(
        f"F.max_unpool{_n}d",
        ("def Tensor input, Tensor indices, ints kernel_size, ints? stride=None, ints padding=0, any output_size=None",
         _unpooled(_n)),
    )  # fmt: skip
