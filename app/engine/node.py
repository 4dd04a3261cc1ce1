"""Nodes: one application of an operation, with what its backward needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.engine import dtypes
from app.engine.arrays import Array
from app.engine.errors import TorchError

if TYPE_CHECKING:
    from app.engine.operation import Operation
    from app.engine.value import Counter, Value


@dataclass(slots=True)
class Call:
    """The operands of one application, as arrays, as tensors or as formulas: whatever the rule is run on."""

    inputs: tuple[Any, ...]
    outputs: tuple[Any, ...]
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """A value kept for backward: input or output number `position`, at `version` of `counter`."""

    kind: str
    position: int
    version: int
    counter: Counter | None

    def is_stale(self) -> bool:
        return self.counter is not None and self.counter.version != self.version


class Node:
    """One application of `operation`. `needs[k]`: a score flows to input k. Not recorded: `grad_fn` is None."""

    __slots__ = (
        "call", "freed", "grad_fn", "here", "inputs", "needs", "operation", "recorded", "saved", "sequence",
    )  # fmt: skip

    def __init__(
        self, operation: Operation, inputs: tuple[Value, ...], call: Call, here: object, sequence: int
    ) -> None:
        self.operation = operation
        self.inputs = inputs
        self.call = call
        self.here = here
        self.sequence = sequence
        self.recorded = False
        self.freed = False
        self.grad_fn: str | None = None
        self.needs: tuple[bool, ...] = (False,) * len(inputs)
        self.saved: tuple[Saved, ...] = ()

    def unpack(self) -> Call:
        """The call with its saved values as they lie in memory now; PyTorch's errors when they may not be used."""
        if self.saved and self.freed:
            raise TorchError("RuntimeError", FREED, code="second-backward", operation=self.operation.name)
        for saved in self.saved:
            if saved.is_stale():
                raise self._stale(saved)
        if all(value.memory is None or value.memory.edits == value.edits for value in self.inputs):
            return self.call
        return Call(self._reread(), self.call.outputs, self.call.params)

    def _reread(self) -> tuple[Array, ...]:
        """The saved operands again: an edit behind autograd's back (`x.data`) shows in them."""
        kept = {saved.position for saved in self.saved if saved.kind == "input" and saved.counter is not None}
        pairs = enumerate(zip(self.inputs, self.call.inputs, strict=True))
        return tuple(
            value.current_array().astype(array.dtype, copy=False) if k in kept else array for k, (value, array) in pairs
        )

    def _stale(self, saved: Saved) -> TorchError:
        assert saved.counter is not None
        array = (self.call.inputs if saved.kind == "input" else self.call.outputs)[saved.position]
        maker, index = self._maker(saved)
        whose = f", which is output {index} of {maker}," if maker else ""
        message = (
            "one of the variables needed for gradient computation has been modified by an inplace operation: "
            f"[{_tensor_title(array)}]{whose} is at version {saved.counter.version}; "
            f"expected version {saved.version} instead. {HINT}"
        )
        return TorchError(
            "RuntimeError", message, code="inplace-saved", operation=self.operation.name,
            saved=saved.version, now=saved.counter.version,
        )  # fmt: skip

    def _maker(self, saved: Saved) -> tuple[str | None, int]:
        """The node that made a saved value, by its name without "Backward0", and which of its outputs it is."""
        if saved.kind == "output":
            return _short(self.grad_fn), saved.position
        value = self.inputs[saved.position]
        node = value.node
        if node is None:
            return None, 0
        return ("AsStrided" if node.operation.view else _short(node.grad_fn)), value.index


FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after they have already "
    "been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). "
    "Specify retain_graph=True if you need to backward through the graph a second time or if you need to access "
    "saved tensors after calling backward."
)
HINT = (
    "Hint: enable anomaly detection to find the operation that failed to compute its gradient, with "
    "torch.autograd.set_detect_anomaly(True, check_nan=False)."
)


def _short(grad_fn: str | None) -> str | None:
    """The name as PyTorch's version error gives it; a view that went stale with its base is replayed there."""
    if grad_fn == "CopySlices":
        return "torch::autograd::CopySlices"
    return None if grad_fn is None else re.sub(r"Backward\d*$", "", grad_fn)


def _tensor_title(array: Array) -> str:
    """PyTorch's legacy type name with the shape: "torch.FloatTensor [2, 2]"."""
    return f"torch.{dtypes.of(array).title}Tensor {list(array.shape)}"
