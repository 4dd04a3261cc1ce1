"""Arguments that say how windows lie: one int or one per dim of space."""

from __future__ import annotations

from app.engine.errors import TorchError

Ints = tuple[int, ...]


def runtime(message: str, code: str | None = None) -> TorchError:
    """PyTorch's RuntimeError with these words."""
    return TorchError("RuntimeError", message, code=code)


def spread(name: str, value: Ints, rank: int, dims: int) -> Ints:
    """One value per dim of a convolution over `rank` dims; a single one stands for all. The weight has `dims`."""
    full = value * rank if len(value) == 1 else value
    if len(full) != dims:
        raise runtime(
            f"expected {name} to be a single integer value or a list of {dims} values to match the convolution "
            f"dimensions, but got {name}={list(full)}"
        )
    return full


COUNTS = {1: "one int", 2: "two ints", 3: "three ints"}


def pool_spread(function: str, name: str, value: Ints, rank: int) -> Ints:
    """One value per dim of a pool."""
    if len(value) not in (1, rank):
        also = "be omitted, " if name == "stride" else "either "
        raise runtime(f"{function}: {name} must {also}be a single int, or a tuple of {COUNTS[rank]}")
    return value * rank if len(value) == 1 else value


def windows(size: int, kernel: int, stride: int, padding: int, dilation: int = 1, ceil_mode: bool = False) -> int:
    """How many windows lie along a dim; with `ceil_mode` also one that hangs over the end, if it starts before it."""
    room = size + 2 * padding - dilation * (kernel - 1) - 1 + (stride - 1 if ceil_mode else 0)
    count = room // stride + 1
    return count - 1 if ceil_mode and (count - 1) * stride >= size + padding else count


def by(sizes: Ints) -> str:
    """`6 x 6`."""
    return " x ".join(map(str, sizes))
