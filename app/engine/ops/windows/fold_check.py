"""What unfold and fold ask of their arguments, in PyTorch's words and order."""

from __future__ import annotations

import math

from app.engine.ops.windows.pool_check import Shape
from app.engine.ops.windows.sizes import Ints, runtime
from app.engine.run import current
from app.engine.tensor import Tensor


def pair(name: str, value: Ints) -> Ints:
    """Height and width; one number stands for both."""
    if len(value) not in (1, 2):
        raise runtime(f"It is expected {name} equals to 2, but got size {len(value)}")
    return value * 2 if len(value) == 1 else value


def _numbers(shape: Shape) -> None:
    least = {"kernel": 1, "dilation": 1, "pad": 0, "stride": 1}
    for name, values in zip(least, (shape.kernel, shape.dilation, shape.padding, shape.stride), strict=True):
        if any(v < least[name] for v in values):
            words = {"kernel": "kernel size", "pad": "padding"}.get(name, name)
            asked = "be greater than zero" if least[name] else "be non-negative"
            raise runtime(f"{words} should {asked}, but got {name}_height: {values[0]} {name}_width: {values[1]}")


def picture(input: Tensor, shape: Shape) -> None:
    """Channels, height and width, with a batch or without, and at least one window."""
    _numbers(shape)
    rank = len(input.shape)
    if rank not in (3, 4) or 0 in input.shape[rank - 3 :]:
        raise runtime(
            "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for "
            f"input, but got: {list(input.shape)}"
        )
    made = shape.outputs(input.shape[-2:])
    if any(n < 1 for n in made):
        raise runtime(
            f"Given input with spatial size {_two(input.shape[-2:])}, kernel_size={_two(shape.kernel)}, "
            f"dilation={_two(shape.dilation)}, padding={_two(shape.padding)}, calculated shape of the array of "
            f"sliding blocks as {_two(made)}, but its components must be at least one."
        )


def columns(input: Tensor, sizes: Ints, shape: Shape) -> int:
    """The number of channels that the columns are of."""
    _numbers(shape)
    rank = len(input.shape)
    if rank not in (2, 3) or 0 in input.shape[rank - 2 :]:
        raise runtime(
            "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for "
            f"input, but got: {list(input.shape)}"
        )
    window = math.prod(shape.kernel)
    if input.shape[-2] % window:
        raise runtime(
            "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got "
            f"input.size(1)={input.shape[-2]} and kernel_size={_two(shape.kernel)}."
        )
    made = shape.outputs(sizes)
    if input.shape[-1] != math.prod(made) or min(made) < 1:
        raise runtime(
            f"Given output_size={_two(sizes)}, kernel_size={_two(shape.kernel)}, dilation={_two(shape.dilation)}, "
            f"padding={_two(shape.padding)}, stride={_two(shape.stride)}, expected size of input's dimension 2 to "
            f"match the calculated number of sliding blocks {made[0]} * {made[1]} = {math.prod(made)}, but got "
            f"input.size(2)={input.shape[-1]}."
        )
    return input.shape[-2] // window


def slide(input: Tensor, dim: int, size: int, step: int) -> None:
    """Tensor.unfold's window lies within the dim."""
    whole = input.shape[dim] if input.shape else 1
    if size < 0:
        raise runtime(f"size is {size} but must be >= 0")
    if size > whole:
        raise runtime(f"maximum size for tensor at dimension {dim} is {whole} but size is {size}")
    if step <= 0:
        raise runtime(f"step is {step} but must be > 0")


def affordable(elements: int) -> None:
    """The places of the columns are about to be listed."""
    current().meter.operation(elements)


def _two(values: Ints) -> str:
    return f"({values[0]}, {values[1]})"
