"""Nodes: one application of an operation, with what its backward needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

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
        "call", "freed", "grad_fn", "here", "inputs", "needs", "operation", "origin", "recorded", "saved", "sequence",
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
        self.origin: int | None = None

    @property
    def output_arrays(self) -> tuple[np.ndarray, ...]:
        return self.call.outputs

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

    def _reread(self) -> tuple[np.ndarray, ...]:
        """The saved operands again: an edit behind autograd's back (`x.data`) shows in them."""
        kept = {saved.position for saved in self.saved if saved.kind == "input" and saved.counter is not None}
        pairs = enumerate(zip(self.inputs, self.call.inputs, strict=True))
        return tuple(
            value.current_array().astype(array.dtype, copy=False) if k in kept else array for k, (value, array) in pairs
        )

    def _stale(self, saved: Saved) -> TorchError:
        assert saved.counter is not None
        array = self.call.inputs[saved.position] if saved.kind == "input" else self.call.outputs[saved.position]
        made = self.inputs[saved.position] if saved.kind == "input" else None
        maker, index = (self.grad_fn, saved.position) if made is None else (made.node and made.node.grad_fn, made.index)
        title = _tensor_title(array)
        whose = f"{title}, which is output {index} of {maker}," if maker else title
        message = (
            "one of the variables needed for gradient computation has been modified by an inplace operation: "
            f"[{whose}] is at version {saved.counter.version}; expected version {saved.version} instead. {HINT}"
        )
        message = message.replace(",] is", "], is") if maker else message
        return TorchError(
            "RuntimeError", message, code="inplace-saved", operation=self.operation.name,
            saved=saved.version, now=saved.counter.version,
        )  # fmt: skip


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


def _tensor_title(array: np.ndarray) -> str:
    """PyTorch's legacy type name with the shape: "torch.FloatTensor [2, 2]"."""
    from app.engine import dtypes

    return f"torch.{dtypes.of(array).title}Tensor {list(array.shape)}"
