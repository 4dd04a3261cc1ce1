"""One application of a learner's own function: what its forward returned becomes the outputs of one operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.engine.errors import TorchError
from app.engine.node import Call, Node
from app.engine.own.kept import Kept, keep
from app.engine.own.operation import Own
from app.engine.run import Run, current
from app.engine.tensor import Chain, Tensor, settle
from app.engine.value import Value

DIRTY_LEAF = "a leaf Variable that requires grad has been used in an in-place operation."
NOT_RETURNED = (
    "Some elements marked as dirty during the forward method were not returned as output. The inputs that are modified "
    "inplace must all be outputs of the Function."
)


@dataclass
class Marks:
    """What the forward said of its tensors: written to, without derivative, to be saved."""

    dirty: Sequence[Tensor] = ()
    fixed: Sequence[Tensor] = ()
    saved: Sequence[Tensor | None] = ()


@dataclass
class Application:
    """Made before the forward runs, finished with what it returned."""

    run: Run
    inputs: Sequence[Tensor]
    here: object
    values: tuple[Value, ...]
    kept: list[Kept | None] = field(default_factory=list)

    @classmethod
    def begin(cls, inputs: Sequence[Tensor]) -> Application:
        """The inputs as they are before the forward can write to them."""
        run = current()
        run.meter.operation(sum(t.numel for t in inputs))
        return cls(run, inputs, run.here, tuple(t.value for t in inputs))

    def finish(self, own: Own, made: Sequence[Tensor], marks: Marks) -> list[Tensor]:
        """The tensors that `apply` gives: what the forward returned, with the function as their history."""
        if any(all(t is not m for m in made) for t in marks.dirty):
            raise TorchError("RuntimeError", NOT_RETURNED)
        arrays = tuple(v.array for v in self.values)
        outputs = tuple(t.array for t in made)
        node = Node(own, self.values, Call(arrays, outputs, {}), self.here, len(self.run.tape.applied))
        fixed = [any(t is f for f in marks.fixed) or t.array.dtype.kind != "f" for t in made]
        own.node, own.fixed = node, frozenset(j for j, f in enumerate(fixed) if f)
        if self.run.grad_enabled and any(v.requires_grad for v in self.values) and not all(fixed):
            node.needs = tuple(v.requires_grad and own.structure(k) is not None for k, v in enumerate(self.values))
            node.recorded, node.grad_fn = True, own.grad_fn_of(node.call)
        results = [self._output(node, j, t, fixed[j], marks) for j, t in enumerate(made)]
        values = tuple(t.value for t in results)
        self.kept.extend(None if t is None else keep(t) for t in marks.saved)
        if node.recorded:
            node.saved = tuple(k.saved(node, values) for k in self.kept if k is not None)
        self.run.tape.ran(node, values)
        return results

    def _output(self, node: Node, j: int, made: Tensor, fixed: bool, marks: Marks) -> Tensor:
        """The same tensor with this node as its history; an input that comes back unwritten, and a view, anew."""
        dirty = any(made is d for d in marks.dirty)
        is_input = any(made is t for t in self.inputs)
        if dirty and node.recorded:
            self._require_writable(made)
        if fixed or not node.recorded:
            return Tensor(self._same(made.value, None, 0)) if is_input and not dirty else made
        fresh = self._same(made.value, node, j)
        if made.is_view or (is_input and not dirty):
            assert isinstance(node.operation, Own)
            node.operation.views |= {j}
            return Tensor(fresh, Chain(fresh))
        if dirty:
            self._written(made, fresh)
        made.chain.move(fresh)
        return made

    def _require_writable(self, made: Tensor) -> None:
        place = next((k for k, t in enumerate(self.inputs) if t is made), None)
        if place is not None and self.values[place].node is None and self.values[place].requires_grad:
            raise TorchError("RuntimeError", DIRTY_LEAF, code="inplace-leaf")
        if made.is_view:
            raise TorchError("NotImplementedError", "not supported yet: ctx.mark_dirty of a view")

    def _written(self, made: Tensor, fresh: Value) -> None:
        """Marking as dirty counts as a write of its own."""
        if fresh.counter is not None:
            fresh.counter.version += 1
            fresh.version = fresh.counter.version
        self.run.tape.succeeded(made.chain.value, fresh)

    def _same(self, value: Value, node: Node | None, j: int) -> Value:
        """A new value on the same numbers in the same memory."""
        fresh = Value(np.asarray(value.array), node, j, node is not None)
        assert value.memory is not None
        settle(fresh, value.memory, value.counter, value.offset)
        return fresh
