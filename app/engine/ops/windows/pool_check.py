"""What pools ask of their arguments, in PyTorch's words and order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.engine.arguments import type_name
from app.engine.errors import TorchError
from app.engine.ops.dims import wrapped
from app.engine.ops.windows.sizes import Ints, pool_spread, runtime, windows
from app.engine.tensor import Tensor

HEAD = "Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:"


@dataclass(frozen=True)
class Shape:
    """How the windows of a pool lie, one number per dim."""

    kernel: Ints
    stride: Ints
    padding: Ints
    dilation: Ints
    ceil_mode: bool

    @staticmethod
    def of(
        function: str, rank: int, kernel: Ints, stride: Ints | None, padding: Ints, dilation: Ints, ceil_mode: bool
    ) -> Shape:
        """The arguments, a single number standing for all dims; without a stride windows lie side by side."""
        wide = pool_spread(function, "kernel_size", kernel, rank)
        steps = pool_spread(function, "stride", stride, rank) if stride else wide
        gaps = pool_spread(function, "padding", padding, rank)
        return Shape(wide, steps, gaps, pool_spread(function, "dilation", dilation, rank), ceil_mode)

    def outputs(self, sizes: Ints) -> Ints:
        """How many windows lie along each dim."""
        parts = zip(sizes, self.kernel, self.stride, self.padding, self.dilation, strict=True)
        return tuple(windows(*part, ceil_mode=self.ceil_mode) for part in parts)

    @property
    def shown(self) -> dict[str, Any]:
        """PyTorch's names for it, without what is as usual."""
        usual = {"padding": (0,) * len(self.kernel), "dilation": (1,) * len(self.kernel), "ceil_mode": False}
        every = {
            "kernel_size": self.kernel, "stride": self.stride, "padding": self.padding, "dilation": self.dilation,
            "ceil_mode": self.ceil_mode,
        }  # fmt: skip
        return {key: value for key, value in every.items() if usual.get(key) != value}


def maximum(shape: Shape, input: Tensor, rank: int) -> Ints:
    """The sizes of the pooled dims of a maximum pool's input."""
    if rank == 1:
        return _line(shape, input)
    _numbers(shape, rank)
    if len(input.shape) not in (rank + 1, rank + 2):
        raise runtime(f"non-empty {rank + 1}D or {rank + 2}D (batch mode) tensor expected for input")
    if 0 in input.shape[len(input.shape) - rank - 1 :]:
        raise runtime(
            f"Expected {rank + 1}D or {rank + 2}D (batch mode) tensor with optional 0 dim batch size for input, but "
            f"got:{list(input.shape)}"
        )
    return fitting(shape, input, rank)


def _line(shape: Shape, input: Tensor) -> Ints:
    if len(input.shape) not in (2, 3) or 0 in input.shape[-2:]:
        raise runtime(f"max_pool1d: {HEAD}{list(input.shape)}")
    for name, (value,) in (("kernel_size", shape.kernel), ("stride", shape.stride)):
        if value <= 0:
            raise runtime(f"max_pool1d() {name} must be greater than zero, but got {value}")
    (kernel,), (padding,), (dilation,) = shape.kernel, shape.padding, shape.dilation
    if padding < 0:
        raise runtime(f"max_pool1d() padding must be non-negative, but got {padding}")
    if padding > kernel // 2:
        raise runtime(
            f"max_pool1d() padding should be at most half of kernel size, but got padding={padding} and "
            f"kernel_size={kernel}"
        )
    if dilation <= 0:
        raise runtime(f"max_pool1d() dilation must be greater than zero, but got {dilation}")
    (count,) = shape.outputs(input.shape[-1:])
    if count <= 0:
        raise runtime(f"max_pool1d() Invalid computed output size: {count}")
    return input.shape[-1:]


AXES = {1: "W", 2: "HW", 3: "TWH"}


def _numbers(shape: Shape, rank: int) -> None:
    if any(s == 0 for s in shape.stride):
        raise runtime("stride should not be zero")
    for name, values in (("kernel size", shape.kernel), ("stride", shape.stride), ("dilation", shape.dilation)):
        if any(v <= 0 for v in values):
            short = "k" if name == "kernel size" else "d" if name == "stride" else "dilation"
            shown = " ".join(f"{short}{a}: {v}" for a, v in zip(AXES[rank], values, strict=True))
            raise runtime(f"{name} should be greater than zero, but got {shown}")


def padded(shape: Shape) -> None:
    """Padding of at most half a window, so that each sees something."""
    for kernel, padding, dilation in zip(shape.kernel, shape.padding, shape.dilation, strict=True):
        if padding < 0:
            raise runtime(f"pad must be non-negative, but got pad: {padding}")
        if padding > ((kernel - 1) * dilation + 1) // 2:
            raise runtime(
                "pad should be at most half of effective kernel size, but got "
                f"pad={padding}, kernel_size={kernel} and dilation={dilation}"
            )


def fitting(shape: Shape, input: Tensor, rank: int) -> Ints:
    """The sizes of the pooled dims, if there is at least one window along each."""
    sizes = input.shape[-rank:]
    padded(shape)
    made = shape.outputs(sizes)
    if any(n < 1 for n in made):
        channels = input.shape[-rank - 1]
        line = (1,) if rank == 1 else ()
        old, new = ("x".join(map(str, (channels, *line, *row))) for row in (sizes, made))
        raise runtime(
            f"Given input size: ({old}). Calculated output size: ({new}). Output size is too small", code="pool-size"
        )
    return sizes


def average(shape: Shape, input: Tensor, rank: int, divisor: int | None) -> Ints:
    """The sizes of the pooled dims of an average pool's input."""
    if rank == 1:
        _few_dims("avg_pool1d", input)
    elif any(s == 0 for s in shape.stride):
        raise runtime("stride should not be zero")
    _numbers(shape, rank)
    if divisor == 0:
        raise runtime("divisor must be not zero")
    wrapped(-rank - 1, len(input.shape))
    if len(input.shape) > rank + 2:
        raise runtime(f"non-empty {rank + 1}D or {rank + 2}D (batch mode) tensor expected for input")
    if rank == 3 and any(n + 2 * p < k for n, p, k in zip(input.shape[-3:], shape.padding, shape.kernel, strict=True)):
        old, new = (
            " ".join(f"{k}{a}: {n}" for a, n in zip("THW", row, strict=True))
            for k, row in (("", input.shape[-3:]), ("k", shape.kernel))
        )
        raise runtime(f"input image ({old}) smaller than kernel size ({new})", code="pool-size")
    return fitting(shape, input, rank)


def _few_dims(function: str, input: Tensor) -> None:
    if len(input.shape) not in (2, 3):
        raise runtime(
            f"Expected 2 to 3 dimensions, but got {len(input.shape)}-dimensional tensor for argument #1 'self' (while "
            f"checking arguments for {function})"
        )


def adaptive_sizes(kind: str, rank: int, input: Tensor, output_size: Any) -> Ints:
    """The output's sizes; None keeps a dim as it is."""
    function = f"adaptive_{kind}_pool{rank}d"
    given = output_size if isinstance(output_size, (tuple, list)) else (output_size,) * rank
    if rank == 1:
        _few_dims(function, input)
        if len(given) != 1:
            raise runtime(f"{function}() argument 'output_size' should contain one int (got {len(given)})")
    elif len(given) != rank:
        words = "internal error: output_size.size() must be" if kind == "max" else "output_size must be"
        raise runtime(f"{function}{'()' if kind == 'max' else ''}: {words} {rank}")
    if len(input.shape) not in (rank + 1, rank + 2):
        colon = ":" if kind == "max" else ""
        raise runtime(f"{function}(): Expected {rank + 1}D or {rank + 2}D tensor, but got{colon} {list(input.shape)}")
    for n in given:
        if n is not None and (isinstance(n, bool) or not isinstance(n, int)):
            message = f"{function}(): argument 'output_size' (position 2) must be tuple of ints, not {type_name(n)}"
            raise TorchError("TypeError", message, code="arguments")
    wanted = tuple(n if m is None else m for n, m in zip(input.shape[-rank:], given, strict=True))
    if any(n < 0 for n in wanted):
        shown = ", ".join(map(str, wanted))
        raise runtime(
            f"{function}: elements of output_size must be greater than or equal to 0 but received {{{shown}}}"
        )
    return wanted
