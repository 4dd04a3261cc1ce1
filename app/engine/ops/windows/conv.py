"""conv1d, conv2d, conv3d and their transposes: one form, which makes y of x and w, or x of y and w."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from app.engine import formula
from app.engine.arrays import Array, Shape
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.ops.windows import conv_check
from app.engine.ops.windows.sizes import Ints, spread
from app.engine.registry import offer
from app.engine.relation.convolution import Convolution, Geometry, PerChannel, Space
from app.engine.relation.convolution import convolve as convolve_arrays
from app.engine.tensor import Tensor

PLACE = 4096
"""What one place in a window costs beside its multiply-adds: each is a product of matrices of its own."""
TOUCHED = 30
"""What it costs for each number that this product reads and adds to."""


def _cost(*arrays: Array, made: str, geometry: Geometry, result: Shape, **_: Any) -> tuple[int, int]:
    places = int(np.prod([s.w for s in geometry.space], dtype=np.int64))
    padded = geometry.n * geometry.g * geometry.c * int(np.prod([s.x + 2 * s.low for s in geometry.space]))
    touched = geometry.n * geometry.g * (geometry.o + geometry.c) * math.prod(s.y for s in geometry.space)
    return max(int(np.prod(result)), padded), geometry.terms + places * (PLACE + TOUCHED * touched)


def _forward(
    a: Array, b: Array, bias: Array | None = None, *, made: str, geometry: Geometry, result: Shape, **_: Any
) -> Array:
    """The form, and a number per channel on top."""
    form = convolve_arrays(a, b, made=made, geometry=geometry, result=result)
    return form if bias is None else form + bias.reshape(-1, *(1 for _ in geometry.space))


def _forward_transposed(
    y: Array, w: Array, bias: Array | None = None, *, made: str, geometry: Geometry, result: Shape, **_: Any
) -> Array:
    """The operands as the program gives them; the form takes w before y."""
    return _forward(w, y, bias, made=made, geometry=geometry, result=result)


def _grad_fn(call: Call) -> str:
    batched = len(call.inputs[0].shape) == len(call.params["geometry"].space) + 2
    return "ConvolutionBackward0" if batched else "SqueezeBackward1"


class Turned(Convolution):
    """The transposed convolution's operands are y and w in this order."""

    def _roles(self, call: Call, k: int) -> tuple[str, str, str]:
        return ("y", "w", "x") if k == 0 else ("w", "y", "x")


def _stated(rank: int, transposed: bool) -> Operation:
    form = Turned() if transposed else Convolution()
    name = f"conv_transpose{rank}d" if transposed else f"conv{rank}d"
    sign = r"\star^{\mathsf T}" if transposed else r"\star"
    return Operation(
        name, _forward_transposed if transposed else _forward, [form, form, PerChannel()],
        grad_fn=_grad_fn, cost=_cost, example=_example(name, rank, transposed),
        shows=("stride", "padding", "output_padding", "dilation", "groups"),
        tex=lambda a, b, c=None, **_: formula.wrapped(
            rf"@1 {sign} @2" + ("" if c is None else " + @3"), a, b, *(() if c is None else (c,))
        ),
    )  # fmt: skip


def _example(name: str, rank: int, transposed: bool) -> str:
    """Small enough to be drawn whole: two or four numbers, and a window of two."""
    size = [1] * (rank - 1) + [2] if transposed else {1: [4], 2: [2, 2], 3: [1, 2, 2]}[rank]
    kernel = [1] * (rank - 1) + [2]
    return (
        f"x = torch.arange({float(math.prod(size))}).view(1, 1, {str(size)[1:-1]}).requires_grad_()\n"
        f"w = torch.tensor([2.0, -1.0]).view(1, 1, {str(kernel)[1:-1]}).requires_grad_()\n"
        f"o = torch.nn.functional.{name}(x, w)\n"
    )


convolve = Operation(
    "convolve", convolve_arrays, [Convolution(), Convolution()], grad_fn="ConvolutionBackward0", cost=_cost
)
PLAIN = {rank: _stated(rank, False) for rank in (1, 2, 3)}
TRANSPOSED = {rank: _stated(rank, True) for rank in (1, 2, 3)}


def _convolved(rank: int) -> Callable[..., Any]:
    def run(
        input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = (1,), padding: Ints | str = (0,),
        dilation: Ints = (1,), groups: int = 1,
    ) -> Any:  # fmt: skip
        conv_check.dimensions(f"conv{rank}d", input, rank)
        conv_check.kernel(weight)
        own = _rank(weight)
        steps, spacing = spread("stride", stride, rank, own), spread("dilation", dilation, rank, own)
        batched = input.shape if len(input.shape) == rank + 2 else (1, *input.shape)
        low, high = _paddings(rank, weight, padding, steps, spacing)
        conv_check.operands(input, weight, bias, batched, groups, steps, low, spacing, high=high)
        space = tuple(
            Space(x, w, (x + lo + hi - d * (w - 1) - 1) // s + 1, s, lo, d)
            for x, w, s, lo, hi, d in zip(batched[2:], weight.shape[2:], steps, low, high, spacing, strict=True)
        )
        o, c = weight.shape[:2]
        geometry = Geometry(batched[0], groups, o // groups, c, space)
        lead = () if len(input.shape) == rank + 1 else (batched[0],)
        result = (*lead, o, *(s.y for s in space))
        shown = _shown(
            stride=steps, padding=padding if isinstance(padding, str) else low, dilation=spacing, groups=(groups,)
        )
        params = {"made": "y", "geometry": geometry, "result": result, **shown}
        return _applied(PLAIN[rank], (input, weight), bias, params)

    return run


def _rank(weight: Tensor) -> int:
    return max(len(weight.shape) - 2, 1)


def _paddings(rank: int, weight: Tensor, padding: Ints | str, steps: Ints, spacing: Ints) -> tuple[Ints, Ints]:
    """Zeros before and after each dim. "same" puts an odd one at the end."""
    if not isinstance(padding, str):
        both = spread("padding", padding, rank, _rank(weight))
        return both, both
    conv_check.word(padding, steps)
    if padding == "valid":
        return (0,) * len(steps), (0,) * len(steps)
    total = [d * (w - 1) for d, w in zip(spacing, weight.shape[2:], strict=True)]
    return tuple(n // 2 for n in total), tuple(n - n // 2 for n in total)


def _transposed(rank: int) -> Callable[..., Any]:
    def run(
        input: Tensor, weight: Tensor, bias: Tensor | None = None, stride: Ints = (1,), padding: Ints = (0,),
        output_padding: Ints = (0,), groups: int = 1, dilation: Ints = (1,),
    ) -> Any:  # fmt: skip
        conv_check.dimensions(f"conv_transpose{rank}d", input, rank)
        conv_check.kernel(weight)
        own = _rank(weight)
        steps, low = spread("stride", stride, rank, own), spread("padding", padding, rank, own)
        more = spread("output_padding", output_padding, rank, own)
        spacing = spread("dilation", dilation, rank, own)
        batched = input.shape if len(input.shape) == rank + 2 else (1, *input.shape)
        conv_check.operands(input, weight, bias, batched, groups, steps, low, spacing, more=more)
        space = tuple(
            Space((y - 1) * s - 2 * lo + d * (w - 1) + extra + 1, w, y, s, lo, d)
            for y, w, s, lo, d, extra in zip(batched[2:], weight.shape[2:], steps, low, spacing, more, strict=True)
        )
        conv_check.room(batched, tuple(s.x for s in space))
        geometry = Geometry(batched[0], groups, weight.shape[0] // groups, weight.shape[1], space)
        lead = () if len(input.shape) == rank + 1 else (batched[0],)
        result = (*lead, weight.shape[1] * groups, *(s.x for s in space))
        shown = _shown(stride=steps, padding=low, output_padding=more, dilation=spacing, groups=(groups,))
        params = {"made": "x", "geometry": geometry, "result": result, **shown}
        return _applied(TRANSPOSED[rank], (input, weight), bias, params)

    return run


def _shown(**numbers: Any) -> dict[str, Any]:
    """What is not as usual, by PyTorch's names."""
    usual = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1, "groups": 1}
    return {k: v for k, v in numbers.items() if isinstance(v, str) or any(n != usual[k] for n in v)}


def _applied(operation: Operation, operands: tuple[Tensor, ...], bias: Tensor | None, params: dict[str, Any]) -> Any:
    return operation.apply(operands if bias is None else (*operands, bias), params)


LEAD = "Tensor input, Tensor weight, Tensor? bias=None, ints stride=1"
for _n in (1, 2, 3):
    offer(
        f"torch.conv{_n}d F.conv{_n}d",
        (f"{LEAD}, ints padding=0, ints dilation=1, int groups=1", _convolved(_n)),
        (f"{LEAD}, str padding='valid', ints dilation=1, int groups=1", _convolved(_n)),
    )
    offer(
        f"torch.conv_transpose{_n}d F.conv_transpose{_n}d",
        (f"{LEAD}, ints padding=0, ints output_padding=0, int groups=1, ints dilation=1", _transposed(_n)),
    )
