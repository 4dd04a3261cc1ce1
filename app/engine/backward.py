"""The backward pass: one walk over the recorded operations, newest first.

It knows nothing of any operation. Every step is document 003's one sentence: an input's score is the sum, over
the outputs that it takes part in, of score × weight; the structures turn that into arrays or tensors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.namespaces import OPERATIONS, RAW, TENSORS
from app.engine.node import Call, Node
from app.engine.run import Run, grad_mode
from app.engine.tensor import Chain, Tensor, settle
from app.engine.value import Counter, Memory, Meta, Value, dense, flat_of
from app.engine.write import write

Source = tuple[int, int]
"""What receives a score: (id of a node, output number), or (id of a leaf's drawer, −1)."""


@dataclass
class Accumulated:
    """One booking in a `.grad` drawer."""

    value: Value
    before: Array | None
    after: Array


@dataclass
class BackwardCall:
    """One call of backward or autograd.grad, as far as it came. Scores are ∂(root · gradient)/∂(value)."""

    kind: str
    here: object
    after: int
    roots: list[tuple[Value, Any]]
    inputs: list[Value] | None
    retain_graph: bool
    create_graph: bool
    order: list[Node] = field(default_factory=list)
    scores: dict[int, tuple[Value, Array]] = field(default_factory=dict)
    accumulated: list[Accumulated] = field(default_factory=list)
    retained: dict[Source, Accumulated] = field(default_factory=dict)
    """What `retain_grad` kept in the drawers of intermediates."""
    results: list[Array | None] | None = None
    error: TorchError | None = None
    failed: Node | None = None
    reread: dict[int, Call] = field(default_factory=dict)
    """By id of a node: the operands that its weights came from, where they had changed since forward (`x.data`)."""


class Walk:
    """One backward pass. With `create` gradients are tensors and recorded, else plain arrays."""

    def __init__(self, run: Run, call: BackwardCall, targets: Sequence[Value] | None, book: bool) -> None:
        self.run = run
        self.call = call
        self.create = call.create_graph
        self.xp: Any = TENSORS if self.create else RAW
        self.book = book
        self.targets = None if targets is None else {source_of(v) for v in targets}
        self.arrived: dict[Source, Any] = {}
        self.waiting: dict[Source, int] = {}
        self.leaves: dict[Source, Value] = {}
        self.before: dict[Source, Tensor | None] = {}

    def go(self) -> None:
        nodes = self._reachable()
        for value, gradient in self.call.roots:
            self._arrive(value, gradient)
        for value, _ in self.call.roots:
            self._book_if_complete(value)
        for node in nodes:
            self._pass(node)
        for value in self.call.inputs or ():
            if value.node is not None and not self.call.retain_graph and source_of(value) in self.arrived:
                value.node.freed = True

    def _reachable(self) -> list[Node]:
        """The nodes to walk, newest first, and how many scores each leaf waits for."""
        found: dict[int, Node] = {}
        stack = [v.node for v, _ in self.call.roots if v.node is not None]
        while stack:
            node = stack.pop()
            if id(node) in found:
                continue
            found[id(node)] = node
            stack.extend(v.node for v, n in zip(node.inputs, node.needs, strict=True) if n and v.node is not None)
        nodes = sorted(found.values(), key=lambda n: n.sequence)
        if self.targets is not None:
            nodes = self._leading_to_targets(nodes)
        for node in nodes:
            for value, needs in zip(node.inputs, node.needs, strict=True):
                if needs and value.node is None:
                    source = source_of(value)
                    self.waiting[source] = self.waiting.get(source, 0) + 1
        return nodes[::-1]

    def _leading_to_targets(self, nodes: list[Node]) -> list[Node]:
        assert self.targets is not None
        leading: dict[int, Node] = {}
        for node in nodes:
            for value, needs in zip(node.inputs, node.needs, strict=True):
                if needs and (source_of(value) in self.targets or (value.node and id(value.node) in leading)):
                    leading[id(node)] = node
        self._wanted = leading
        return list(leading.values())

    def _is_wanted(self, value: Value) -> bool:
        if self.targets is None:
            return True
        return source_of(value) in self.targets or (value.node is not None and id(value.node) in self._wanted)

    def _pass(self, node: Node) -> None:
        """Hand the scores of a node's outputs out to its inputs."""
        arrived = {j: self.arrived[id(node), j] for j in range(len(node.call.outputs)) if (id(node), j) in self.arrived}
        if not arrived:
            return
        self.run.meter.passed(sum(v.array.size for v, n in zip(node.inputs, node.needs, strict=True) if n))
        try:
            self._hand_out(node, arrived)
        except TorchError:
            self.call.failed = node
            raise
        self.call.order.append(node)
        if not self.call.retain_graph:
            node.freed = True

    def _hand_out(self, node: Node, arrived: dict[int, Any]) -> None:
        call = node.unpack()
        if call is not node.call:
            self.call.reread[id(node)] = call
        operands = recorded_call(self.run, node, call) if self.create else call
        for k, value in enumerate(node.inputs):
            if node.needs[k] and self._is_wanted(value):
                share = self._share(node, operands, arrived, k)
                if share is not None:
                    node.require_shape(k, tuple(share.shape))
                    self._arrive(value, share)
                self._one_less(value)

    def _share(self, node: Node, call: Call, arrived: dict[int, Any], k: int) -> Any:
        """Σ over outputs of the structure's vjp, in the input's own type."""
        structure = node.operation.structure(k)
        assert structure is not None
        total: Any = None
        for j, g in arrived.items():
            part = structure.vjp(self.xp, g, call, k, j)
            total = part if total is None else total + part
        return None if total is None else self._typed(total, node.inputs[k].array.dtype)

    def _typed(self, g: Any, dtype: np.dtype[np.generic]) -> Any:
        if self.create:
            return g if g.array.dtype == dtype else self.xp.to(g, dtype=dtype)
        return np.asarray(g, dtype)

    def _arrive(self, value: Value, g: Any) -> None:
        """Add a share to what has come for a value, and to the score of its source."""
        array = g.array if self.create else g
        known = self.call.scores.get(id(value))
        self.call.scores[id(value)] = (value, array if known is None else known[1] + array)
        source = source_of(value)
        before = self.arrived.get(source)
        self.arrived[source] = g if before is None else before + g
        if value.node is None:
            self.leaves[source] = value
        elif value.meta is not None and value.meta.retains:
            self._retain(value)

    def _one_less(self, value: Value) -> None:
        if value.node is None:
            self.waiting[source_of(value)] -= 1
            self._book_if_complete(value)

    def _book_if_complete(self, value: Value) -> None:
        """A leaf's drawer is booked as soon as its last score is in, so that it is even when the walk fails later."""
        source = source_of(value)
        wanted = self.targets is None or source in self.targets
        if self.book and value.node is None and wanted and source in self.arrived and not self.waiting.get(source):
            self._book(value, self.arrived[source])

    def _book(self, value: Value, g: Any) -> None:
        assert value.meta is not None
        drawer = value.meta
        before = None if drawer.grad is None else drawer.grad.array
        _add_to_drawer(drawer, g, self.create)
        assert drawer.grad is not None
        self.call.accumulated.append(Accumulated(value, before, drawer.grad.array))

    def _retain(self, value: Value) -> None:
        """`retain_grad`: an intermediate's drawer holds its score of this call, complete once its node is reached."""
        source = source_of(value)
        assert value.meta is not None
        before = self.before.setdefault(source, value.meta.grad)
        g = self.arrived[source]
        if self.create:
            value.meta.grad = g if before is None else TENSORS.add(before, g, alpha=1)
        else:
            value.meta.grad = Tensor.of(np.asarray(g if before is None else before.array + g))
        kept = None if before is None else before.array
        self.call.retained[source] = Accumulated(value, kept, value.meta.grad.array)


def _add_to_drawer(drawer: Meta, g: Any, create: bool) -> None:
    """PyTorch's AccumulateGrad: the first gradient is kept, later ones are added into the same tensor."""
    if drawer.grad is None:
        drawer.grad = g if create else Tensor.of(np.ascontiguousarray(g) if g.ndim else g)
    elif create:
        drawer.grad = drawer.grad + g
    else:
        with grad_mode(False):
            write(drawer.grad, OPERATIONS["add"], (Tensor.of(dense(np.asarray(g))),), {"alpha": 1}, listed=False)


def source_of(value: Value) -> Source:
    """Values of one output of one node, or of one leaf, receive their scores together."""
    if value.node is not None:
        return id(value.node), value.index
    return id(value.meta), -1


def recorded_call(run: Run, node: Node, call: Call) -> Call:
    """The call on tensors, so that derivatives of derivatives are recorded."""
    pairs = zip(node.inputs, call.inputs, strict=True)
    inputs = tuple(_as_operand(value, array) for value, array in pairs)
    outputs = tuple(exactly(value) for value in run.tape.applied[node.sequence].outputs)
    return Call(inputs, outputs, call.params)


def exactly(value: Value) -> Tensor:
    """A handle on this very value, whatever its tensor has become since; an overwritten one is a copy of its own."""
    if value.counter is not None and value.counter.version != value.version:
        value, kept = Value(value.array, value.node, value.index, value.requires_grad), value
        value.meta = kept.meta
        settle(value, Memory(flat_of(value.array)), Counter(), 0)
    return Tensor(value, Chain(value))


def _as_operand(value: Value, array: Array) -> Tensor:
    if not value.requires_grad:
        return exactly(value) if value.array is array else Tensor(Value(array))
    return exactly(value) if value.array.dtype == array.dtype else TENSORS.to(exactly(value), dtype=array.dtype)
