"""`saved_tensors_hooks`: saved tensors kept in the program's own way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.arguments import type_name
from app.engine.errors import TorchError
from app.engine.node import Node
from app.engine.run import SavedHooks, current
from app.engine.tensor import Chain, Tensor
from app.engine.value import Value

INFERENCE_SAVED = (
    "Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in "
    "computation tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in "
    "autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`."
)


def pack(node: Node, values: tuple[Value, ...], outputs: tuple[Value, ...]) -> None:
    """Hand everything that a node saves to the innermost pack hook; numbers of the program are no tensors."""
    run = current()
    hooks = run.saved_hooks[-1]
    for saved in node.saved:
        value = (values if saved.kind == "input" else outputs)[saved.position]
        if id(value) not in run.tape.constants:
            node.packed[saved.kind, saved.position] = packed(hooks, Tensor(value, Chain(value)))


def refuse_inference(node: Node, values: tuple[Value, ...]) -> None:
    """RuntimeError when an operand that is to be saved was made in inference mode."""
    if any(saved.kind == "input" and values[saved.position].inference for saved in node.saved):
        raise TorchError("RuntimeError", INFERENCE_SAVED, code="inference-tensor")


def packed(hooks: SavedHooks, tensor: Tensor) -> Callable[[], Tensor]:
    """What gives the tensor back later. Neither hook's own operations are the program's."""
    run = current()
    with run.tape.hiding():
        kept = hooks.pack(tensor)
    return lambda: _unpacked(hooks.unpack, kept)


def _unpacked(unpack: Callable[[Any], Any], kept: Any) -> Tensor:
    with current().tape.hiding():
        tensor = unpack(kept)
    if not isinstance(tensor, Tensor):
        raise TorchError(
            "TypeError",
            f"Output of saved tensor unpack_hook expected to be a Tensor but got result of type {type_name(tensor)}",
        )
    return tensor
