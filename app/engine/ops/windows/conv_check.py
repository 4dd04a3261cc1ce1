"""What a convolution asks of its operands, in PyTorch's words and order."""

from __future__ import annotations

from app.engine.arrays import Shape
from app.engine.errors import TorchError
from app.engine.ops.windows.sizes import Ints, by, runtime
from app.engine.tensor import Tensor

NAMES = {1: ("width",), 2: ("height", "width"), 3: ("depth", "height", "width")}


def dimensions(name: str, input: Tensor, rank: int) -> None:
    """Batch and channels before the dims of space; the batch may be missing."""
    if len(input.shape) not in (rank + 1, rank + 2):
        raise runtime(
            f"Expected {rank + 1}D (unbatched) or {rank + 2}D (batched) input to {name}, but got input of size: "
            f"{list(input.shape)}",
            code="conv-input",
        )


def kernel(weight: Tensor) -> None:
    """Output channels, input channels, and at least one dim of space."""
    if len(weight.shape) < 3:
        raise runtime(
            f"weight should have at least three dimensions, but got weight of size: {list(weight.shape)}",
            code="conv-input",
        )


def word(padding: str, steps: Ints) -> None:
    """A padding given by its name."""
    if padding not in ("same", "valid"):
        raise runtime(f"Invalid padding string: '{padding}'")
    if padding == "same" and any(s != 1 for s in steps):
        raise runtime("padding='same' is not supported for strided convolutions")


def operands(
    input: Tensor, weight: Tensor, bias: Tensor | None, batched: Shape, groups: int, steps: Ints, low: Ints,
    spacing: Ints, *, high: Ints | None = None, more: Ints | None = None,
) -> None:  # fmt: skip
    """Numbers that make sense, channels that fit, a bias per channel, windows that lie inside, one element type."""
    if any(n < 0 for n in low):
        raise runtime("negative padding is not supported")
    if any(s <= 0 for s in steps):
        raise runtime("non-positive stride is not supported")
    if groups <= 0:
        raise runtime("non-positive groups is not supported")
    if any(d <= 0 for d in spacing):
        raise runtime(f"dilation should be greater than zero, but got {list(spacing)}")
    _channels(weight, batched, groups, more is not None)
    _bias(weight, bias, groups, more is not None)
    if high is not None:
        _inside(weight, batched, low, high, spacing)
    _types(input, weight, bias)
    if more is not None:
        _output_padding(more, steps, spacing)


def _channels(weight: Tensor, batched: Shape, groups: int, transposed: bool) -> None:
    shape = list(weight.shape)
    if shape[0] < groups:
        raise runtime(
            f"Given groups={groups}, expected weight to be at least {groups} at dimension 0, but got weight of size "
            f"{shape} instead"
        )
    if shape[0] % groups:
        raise runtime(
            f"Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, but got weight of "
            f"size [{shape}] instead"
        )
    wanted = shape[0] if transposed else shape[1] * groups
    if batched[1] != wanted:
        start = "transposed=1" if transposed else f"groups={groups}"
        raise TorchError(
            "RuntimeError",
            f"Given {start}, weight of size {shape}, expected input{list(batched)} to have {wanted} channels, but got "
            f"{batched[1]} channels instead",
            code="conv-channels", wanted=wanted, got=batched[1],
        )  # fmt: skip


def _bias(weight: Tensor, bias: Tensor | None, groups: int, transposed: bool) -> None:
    wanted = weight.shape[1] * groups if transposed else weight.shape[0]
    if bias is not None and bias.shape != (wanted,):
        start = "Given transposed=1, weight" if transposed else "Given weight"
        raise runtime(
            f"{start} of size {list(weight.shape)}, expected bias to be 1-dimensional with {wanted} elements, but got "
            f"bias of size {list(bias.shape)} instead"
        )


def _inside(weight: Tensor, batched: Shape, low: Ints, high: Ints, spacing: Ints) -> None:
    padded = tuple(n + a + b for n, a, b in zip(batched[2:], low, high, strict=True))
    reach = tuple(d * (w - 1) + 1 for d, w in zip(spacing, weight.shape[2:], strict=True))
    if any(r > n for r, n in zip(reach, padded, strict=True)):
        raise runtime(
            f"Calculated padded input size per channel: ({by(padded)}). Kernel size: ({by(reach)}). Kernel size "
            "can't be greater than actual input size",
            code="conv-kernel",
        )


def _types(input: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    if weight.dtype is not input.dtype:
        raise runtime(f"expected scalar type {input.dtype.title} but found {weight.dtype.title}", code="matmul-dtype")
    if bias is not None and bias.dtype is not input.dtype:
        raise runtime(
            f"Input type ({input.dtype.c_name}) and bias type ({bias.dtype.c_name}) should be the same",
            code="matmul-dtype",
        )


def _output_padding(more: Ints, steps: Ints, spacing: Ints) -> None:
    if all(m < max(s, d) for m, s, d in zip(more, steps, spacing, strict=True)):
        return
    shown = [
        f"{word}_{name}: {n}"
        for word, numbers in (("output_padding", more), ("stride", steps), ("dilation", spacing))
        for name, n in zip(NAMES[len(more)], numbers, strict=True)
    ]
    raise runtime(f"output padding must be smaller than either stride or dilation, but got {' '.join(shown)}")


def room(batched: Shape, sizes: Shape) -> None:
    """A transposed convolution gives something."""
    if any(n < 1 for n in sizes):
        raise runtime(
            f"Given input size per channel: ({by(batched[2:])}). Calculated output size per channel: ({by(sizes)}). "
            "Output size is too small"
        )
