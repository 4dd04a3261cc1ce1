"""What a node saves: the versions of what its backward reads, or what `saved_tensors_hooks` make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.engine.arguments import type_name
from app.engine.errors import TorchError
from app.engine.formula import Operand
from app.engine.node import Call, Node, Saved
from app.engine.run import SavedHooks, current
from app.engine.tensor import Chain, Tensor
from app.engine.value import Value

INFERENCE_SAVED = (
    "Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in "
    "computation tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in "
    "autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`."
)

SELF_FIRST = frozenset({"MvBackward0", "DotBackward0", "ConvolutionBackward0", "MseLossBackward0"})
"""Nodes whose second operand is called "tensor", "vec", "weight" or "target"."""


def keep(
    node: Node, read: Sequence[Operand], values: tuple[Value, ...], outputs: tuple[Value, ...], private: bool
) -> None:
    """Note the versions of the operands that are read; hooks of the program may keep them in their own way."""
    node.saved = tuple(
        _saved(kind, position, (values if kind == "input" else outputs)[position], node.call, private)
        for kind, position in read
        if kind == "output" or position < len(values)
    )
    if any(value.inference for value in values):
        refuse_inference(node, values)
    if current().saved_hooks:
        pack(node, values, outputs)


def _saved(kind: str, position: int, value: Value, call: Call, private: bool) -> Saved:
    array = (call.inputs if kind == "input" else call.outputs)[position]
    own = (
        not current().keeps_originals
        and array is value.array
        and value.counter is not None
        and value.counter.version == value.version
    )
    counter = value.counter if own and not private else None
    return Saved(kind, position, value.version, counter, value.memory, value.edits, value.offset)


def pack(node: Node, values: tuple[Value, ...], outputs: tuple[Value, ...]) -> None:
    """Hand everything that a node saves to the innermost pack hook; numbers of the program are no tensors."""
    run = current()
    hooks = run.saved_hooks[-1]
    for saved in sorted(node.saved, key=lambda s: _turn(node, s.kind, s.position)):
        value = (values if saved.kind == "input" else outputs)[saved.position]
        if id(value) not in run.tape.constants:
            node.packed[saved.kind, saved.position] = packed(hooks, Tensor(value, Chain(value)))


def _turn(node: Node, kind: str, position: int) -> tuple[str, int]:
    """PyTorch packs by the names of its parameters: "mat2" and "other" come before "self", "tensor" and "vec" after."""
    own_last = len(node.call.inputs) == 2 and node.grad_fn not in SELF_FIRST
    return kind, -position if own_last else position


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
