"""What `ctx.save_for_backward` keeps: values at their versions, given back while the graph has not let go of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.engine.backward import exactly
from app.engine.errors import TorchError
from app.engine.node import FREED, Node, Saved, maker_of, short, stale
from app.engine.packing import packed
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.value import Value


@dataclass(frozen=True)
class Kept:
    """One saved tensor. `packed` gives it back where the program keeps it in its own way."""

    value: Value
    version: int
    packed: Callable[[], Tensor] | None = None

    def again(self, node: Node | None = None) -> Tensor:
        """The tensor, with its history; RuntimeError when it was written to in place since. `node` saved it."""
        if self.packed is not None:
            return self.packed()
        counter = self.value.counter
        if counter is not None and counter.version != self.version:
            own = node is not None and self.value.node is node
            maker = (short(node.grad_fn), self.value.index) if own and node is not None else maker_of(self.value)
            raise stale(self.value.array, maker, self.version, counter.version, "custom")
        found = exactly(self.value)
        if self.value.memory is not None and self.value.memory.edits != self.value.edits:
            fresh = Value(self.value.current_array(), self.value.node, self.value.index, self.value.requires_grad)
            fresh.meta = self.value.meta
            return Tensor(fresh)
        return found

    def saved(self, node: Node, outputs: tuple[Value, ...]) -> Saved:
        """As the trace tells it: input or output number `position`, or else a value that only the function knows."""
        for kind, row in (("input", node.inputs), ("output", outputs)):
            for position, value in enumerate(row):
                if value is self.value:
                    return Saved(kind, position, self.version, None)
        return Saved("inner", 0, self.version, None)


def keep(tensor: Tensor) -> Kept:
    """Save a tensor as it is now, through `saved_tensors_hooks` where the program has any."""
    value = tensor.value
    hooks = current().saved_hooks
    version = value.counter.version if value.counter is not None else 0
    if not hooks:
        return Kept(value, version)
    return Kept(value, version, packed(hooks[-1], exactly(value)))


def require_kept(node: Node | None) -> None:
    """RuntimeError when the graph has let go of what it saved."""
    if node is not None and node.freed:
        raise TorchError("RuntimeError", FREED, code="second-backward", operation=node.operation.name)
