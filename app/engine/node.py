"""Nodes: one application of an operation, with what its backward needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.engine import dtypes
from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.hooks import Hooks
from app.engine.run import current
from app.engine.value import strided

if TYPE_CHECKING:
    from app.engine.operation import Operation
    from app.engine.value import Counter, Memory, Value


@dataclass(slots=True)
class Call:
    """The operands of one application, as arrays, as tensors or as formulas: whatever the rule is run on."""

    inputs: tuple[Any, ...]
    outputs: tuple[Any, ...]
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """A value kept for backward: input or output number `position`, at `version` of `counter`.

    Without a counter it is a copy that no write can reach. `memory` is what it lies in, `edits` its state when saved.
    """

    kind: str
    position: int
    version: int
    counter: Counter | None
    memory: Memory | None = None
    edits: int = 0
    offset: int = 0

    def is_stale(self) -> bool:
        return self.counter is not None and self.counter.version != self.version

    @property
    def is_edited(self) -> bool:
        """Other numbers lie there now, although the version is the same: `x.data` was written to."""
        return self.counter is not None and self.memory is not None and self.memory.edits != self.edits

    def reread(self, array: Array) -> Array:
        """The numbers that lie there now, in the type that the operation computed in."""
        assert self.memory is not None
        return strided(self.memory.flat, array.shape, array.strides, self.offset)


Packed = Callable[[], Any]
"""Gives the tensor that was saved where the program keeps it in its own way."""


class Node:
    """One application of `operation`. `needs[k]`: a score flows to input k. Not recorded: `grad_fn` is None."""

    __slots__ = (
        "call", "forgotten", "freed", "grad_fn", "here", "hooks", "inputs", "needs", "operation", "packed", "recorded",
        "saved", "sequence",
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
        self.forgotten = False
        self.grad_fn: str | None = None
        self.needs: tuple[bool, ...] = (False,) * len(inputs)
        self.saved: tuple[Saved, ...] = ()
        self.hooks: Hooks | None = None
        self.packed: dict[tuple[str, int], Packed] = {}

    def require_shape(self, k: int, got: tuple[int, ...]) -> None:
        """A score for input k has the shape of the output that this is; `x.data = …` may have given x another one."""
        source = self.inputs[k]
        made = None if source.node is None else source.node.call.outputs[source.index].shape
        if made is not None and got != made:
            raise TorchError(
                "RuntimeError",
                f"Function {self.grad_fn} returned an invalid gradient at index {k} - got {list(got)} but expected "
                f"shape compatible with {list(made)}",
            )

    def unpack(self) -> Call:
        """The call with its saved values as they lie in memory now; PyTorch's errors when they may not be used."""
        if not self.saved:
            return self.call
        if self.freed:
            raise TorchError("RuntimeError", FREED, code="second-backward", operation=self.operation.name)
        for saved in self.saved:
            if saved.is_stale() and (saved.kind, saved.position) not in self.packed:
                raise self._stale(saved)
        edited = [saved for saved in self.saved if saved.is_edited]
        call = self._reread(edited) if edited else self.call
        return self._unpacked(call) if self.packed else call

    def _unpacked(self, call: Call) -> Call:
        """The call with what `saved_tensors_hooks` give back for the saved values."""
        inputs, outputs = list(call.inputs), list(call.outputs)
        for (kind, position), packed in self.packed.items():
            row = inputs if kind == "input" else outputs
            row[position] = _fitting(packed().array, row[position])
        return Call(tuple(inputs), tuple(outputs), call.params)

    def _reread(self, edited: list[Saved]) -> Call:
        """The call with the operands as an edit behind autograd's back (`x.data`) has left them."""
        inputs, outputs = list(self.call.inputs), list(self.call.outputs)
        for saved in edited:
            row = inputs if saved.kind == "input" else outputs
            row[saved.position] = saved.reread(row[saved.position])
        return Call(tuple(inputs), tuple(outputs), self.call.params)

    def _stale(self, saved: Saved) -> TorchError:
        assert saved.counter is not None
        array = (self.call.inputs if saved.kind == "input" else self.call.outputs)[saved.position]
        return stale(array, self._maker(saved), saved.version, saved.counter.version, self.operation.name)

    def _maker(self, saved: Saved) -> tuple[str | None, int]:
        """The node that made a saved value, and which of its outputs it is.

        For an operand the one that PyTorch finds on the tensor by now: the write that spoiled it, or the replay of a
        view whose base was written to.
        """
        if saved.kind == "output":
            return short(self.grad_fn), saved.position
        return maker_of(self.inputs[saved.position])


def _fitting(unpacked: Array, saved: Array) -> Array:
    """What an unpack hook gave, in the type that was saved; RuntimeError for another shape."""
    if unpacked.shape != saved.shape:
        raise TorchError(
            "RuntimeError",
            f"the unpack hook gave a tensor of shape {list(unpacked.shape)} instead of {list(saved.shape)}",
        )  # fmt: skip
    return unpacked.astype(saved.dtype, copy=False)


def maker_of(operand: Value) -> tuple[str | None, int]:
    """The node that the tensor of an operand has by now, by its short name, and as which output of it."""
    value = current().tape.newest(operand)
    if value.node is None:
        return None, 0
    is_view = value.node.operation.view or value.node.grad_fn == "AsStridedBackward0"
    replayed = is_view and value.counter is not None and value.version != value.counter.version
    return ("AsStrided" if replayed else short(value.node.grad_fn)), value.index


def stale(array: Array, maker: tuple[str | None, int], saved: int, now: int, operation: str) -> TorchError:
    """A saved value was written to since: at version `now`, saved at version `saved`."""
    name, index = maker
    whose = f", which is output {index} of {name}," if name else ""
    message = (
        "one of the variables needed for gradient computation has been modified by an inplace operation: "
        f"[{_tensor_title(array)}]{whose} is at version {now}; expected version {saved} instead. {HINT}"
    )
    return TorchError("RuntimeError", message, code="inplace-saved", operation=operation, saved=saved, now=now)


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


def lost_view(value: Value, what: str) -> TorchError:
    """One of several views that one function made was written to, or its base was: their history is lost."""
    assert value.node is not None
    return TorchError(
        "RuntimeError",
        f"Output {value.index} of {short(value.node.grad_fn)} is a view and {what}. This view is the output of a "
        "function that returns multiple views. Such functions do not allow the output views to be modified inplace. "
        "You should replace the inplace operation by an out-of-place one.",
        code="inplace-multi-view",
    )


def own_view(node: Node, index: int) -> TorchError:
    """A window that a learner's own function returned was written to."""
    return TorchError(
        "RuntimeError",
        f"Output {index} of {short(node.grad_fn)} is a view and is being modified inplace. This view was created "
        "inside a custom Function (or because an input was returned as-is) and the autograd logic to handle "
        "view+inplace would override the custom backward associated with the custom Function, leading to incorrect "
        "gradients. This behavior is forbidden. You can fix this by cloning the output of the custom Function.",
        code="inplace-own-view",
    )


def short(grad_fn: str | None) -> str | None:
    """A node's name as PyTorch's version error gives it: "Add" for AddBackward0."""
    if grad_fn == "CopySlices":
        return "torch::autograd::CopySlices"
    return None if grad_fn is None else grad_fn.removesuffix("Backward0").replace("Backward", "")


def _tensor_title(array: Array) -> str:
    """PyTorch's legacy type name with the shape: "torch.FloatTensor [2, 2]"."""
    dtype = dtypes.of(array)
    return f"{'CPUBoolType' if dtype.category == 0 else f'torch.{dtype.title}Tensor'} {list(array.shape)}"
