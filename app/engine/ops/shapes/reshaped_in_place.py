"""Windows in place: t_, transpose_, unsqueeze_, squeeze_ … turn the handle itself to another view of its memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.errors import TorchError
from app.engine.registry import METHODS, expose
from app.engine.run import current
from app.engine.tensor import Chain, Tensor
from app.engine.write import LEAF


def _turned(name: str, grad_fn: str) -> Callable[..., Tensor]:
    def run(input: Tensor, **given: Any) -> Tensor:
        old = input.value
        if current().grad_enabled and old.requires_grad and old.node is None:
            raise TorchError("RuntimeError", LEAF, code="inplace-leaf")
        made = METHODS[name](input, **given).value
        made.meta = old.meta
        if made.node is not None:
            made.node.grad_fn = grad_fn
        if made.counter is not None:
            made.counter.version += 1
            made.version = made.counter.version
        input.chain, input.window = Chain(made), None
        return input

    return run


def _swapped(input: Tensor, axis0: int, axis1: int) -> Tensor:
    return _turned("transpose", "TransposeBackward1")(input, dim0=axis0, dim1=axis1)


PAIR = "Tensor input, int dim0, int dim1"
expose("Tensor.t_", ("Tensor input", _turned("t", "TBackward1")))
expose("Tensor.transpose_", (PAIR, _turned("transpose", "TransposeBackward1")))
expose("Tensor.swapdims_", (PAIR, _turned("transpose", "TransposeBackward1")))
expose("Tensor.swapaxes_", ("Tensor input, int axis0, int axis1", _swapped))
expose("Tensor.unsqueeze_", ("Tensor input, int dim", _turned("unsqueeze", "UnsqueezeBackward1")))
expose(
    "Tensor.squeeze_",
    ("Tensor input", _turned("squeeze", "SqueezeBackward3")),
    ("Tensor input, ints dim", _turned("squeeze", "SqueezeBackward4")),
)
