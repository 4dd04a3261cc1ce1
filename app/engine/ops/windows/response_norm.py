"""local_response_norm: each channel over a power of the mean square of its neighbours."""

from __future__ import annotations

from typing import Any

from app.engine.errors import TorchError
from app.engine.ops.composed import call, method, over, plus, times
from app.engine.registry import offer
from app.engine.tensor import Tensor


def _local_response_norm(input: Tensor, size: int, alpha: float, beta: float, k: float) -> Any:
    rank = len(input.shape)
    if rank < 3:
        gap = " " * 26
        raise TorchError("ValueError", f"Expected 3D or higher dimensionality{gap}input (got {rank} dimensions)")
    if not input.numel:
        return input
    squares = times(input, input)
    around = (size // 2, (size - 1) // 2)
    if rank == 3:
        rows = call("nn.functional.pad", method(squares, "unsqueeze", 1), (0, 0, *around))
        means = method(call("nn.functional.avg_pool2d", rows, (size, 1), stride=1), "squeeze", 1)
    else:
        batch, channels, first = input.shape[:3]
        blocks = method(squares, "view", batch, 1, channels, first, -1)
        padded = call("nn.functional.pad", blocks, (0, 0, 0, 0, *around))
        means = method(call("nn.functional.avg_pool3d", padded, (size, 1, 1), stride=1), "squeeze", 1)
        means = method(means, "view", input.shape)
    return over(input, method(plus(times(means, alpha), k), "pow", beta))


offer(
    "F.local_response_norm",
    ("def Tensor input, int size, float alpha=0.0001, float beta=0.75, float k=1.0", _local_response_norm),
    operation="div",
)
