"""The backward pass: one walk over the recorded operations, newest first.

It knows nothing of any operation. Every step is document 003's one sentence: an input's score is the sum, over
the outputs that it takes part in, of score × weight; the structures turn that into arrays or tensors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.backward import BackwardCall, Source, recorded_call, source_of
from app.engine.drawer import Drawers
from app.engine.errors import ProgramRaisedError, TorchError
from app.engine.hooked import Hooking
from app.engine.namespaces import RAW, TENSORS
from app.engine.node import Call, Node
from app.engine.run import Notice, Run
from app.engine.value import Value

NAN = "Function '{name}' returned nan values in its {place}th output."


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
        self.values: dict[Source, Value] = {}
        self.ready: list[Source] = []
        self.hooking = Hooking(run, call)
        self.drawers = Drawers(run, call)
        self.walked: set[int] = set()
        self._wanted: set[int] | None = None

    def go(self) -> None:
        """Walk; meanwhile the run knows of it."""
        self.run.walks.append(self.will_reach)
        try:
            self._go(self._reachable())
        finally:
            self.run.walks.pop()

    def will_reach(self, source: Source) -> bool:
        """Whether a score comes to a node's output or a leaf in this pass, as far as the graph tells."""
        return source in self.waiting or source[0] in self.walked

    def _go(self, nodes: list[Node]) -> None:
        for value, gradient in self.call.roots:
            self._arrive(value, gradient)
        for value, _ in self.call.roots:
            self._leaf_if_complete(value)
        self._settle_leaves()
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
            nodes = self._leading_to_targets(nodes, self.targets)
        for node in nodes:
            for value, needs in zip(node.inputs, node.needs, strict=True):
                if needs and value.node is None and self._passes(node):
                    source = source_of(value)
                    self.waiting[source] = self.waiting.get(source, 0) + 1
        self.walked = {id(node) for node in nodes}
        return nodes[::-1]

    def _leading_to_targets(self, nodes: list[Node], targets: set[Source]) -> list[Node]:
        """The nodes that lead to what is asked for, and those whose outputs are asked for."""
        leading: set[int] = set()
        for node in nodes:
            for value, needs in zip(node.inputs, node.needs, strict=True):
                if needs and (source_of(value) in targets or (value.node and id(value.node) in leading)):
                    leading.add(id(node))
        self._wanted = leading
        ends = {key for key, _ in targets}
        return [node for node in nodes if id(node) in leading or id(node) in ends]

    def _passes(self, node: Node) -> bool:
        """Whether a node's scores are handed on; else it is only where a wanted score is caught."""
        return self._wanted is None or id(node) in self._wanted

    def _is_wanted(self, value: Value) -> bool:
        if self.targets is None:
            return True
        return source_of(value) in self.targets or (value.node is not None and self._passes(value.node))

    def _pass(self, node: Node) -> None:
        """Hand the scores of a node's outputs out to its inputs."""
        before, self.run.tape.deriving = self.run.tape.deriving, (self.call, node) if self.create else None
        try:
            self._through(node)
        except (TorchError, ProgramRaisedError):
            self.call.failed = self.call.failed or node
            raise
        finally:
            self.run.tape.deriving = before

    def _through(self, node: Node) -> None:
        arrived: dict[int, Any] = {}
        key = id(node)
        for j in range(len(node.call.outputs)):
            source = key, j
            if source in self.arrived:
                arrived[j] = self._complete(source)
        if not self._passes(node):
            return
        if arrived:
            made = sum([v.array.size for v, n in zip(node.inputs, node.needs, strict=True) if n])
            _, flops = node.operation.price(node.call.inputs, node.call.params)
            self.run.meter.passed(made, flops * sum(node.needs))
            self._hand_out(node, self.hooking.before(node, arrived))
            self.call.order.append(node)
            if not self.call.retain_graph:
                node.freed = True
        for value, needs in zip(node.inputs, node.needs, strict=True):
            if needs and value.node is None and self._is_wanted(value):
                self.waiting[source_of(value)] -= 1
                self._leaf_if_complete(value)
        if self.ready:
            self._settle_leaves()

    def _hand_out(self, node: Node, arrived: dict[int, Any]) -> None:
        flows = [n and self._is_wanted(v) for v, n in zip(node.inputs, node.needs, strict=True)]
        if node.operation.backward is not None:
            shares = node.operation.backward(node, arrived, self.create)
            shares = [s if f else None for s, f in zip(shares, flows, strict=True)]
        else:
            shares = self._shares(node, arrived, flows)
        for k, share in enumerate(shares):
            if share is not None:
                node.require_shape(k, share.shape)
        self._check_nan(node, shares)
        shares = self.hooking.after(node, shares, arrived)
        for value, share in zip(node.inputs, shares, strict=True):
            if share is not None:
                self._arrive(value, share)

    def _shares(self, node: Node, arrived: dict[int, Any], flows: list[bool]) -> list[Any]:
        call = node.unpack()
        if call is not node.call:
            self.call.reread[id(node)] = call
            if any(saved.is_edited for saved in node.saved):
                self.run.notice("saved-edited", operation=node.operation.name)
        operands = recorded_call(self.run, node, call) if self.create else call
        return [self._share(node, operands, arrived, k) if f else None for k, f in enumerate(flows)]

    def _share(self, node: Node, call: Call, arrived: dict[int, Any], k: int) -> Any:
        """Σ over outputs of the structure's vjp, in the input's own type."""
        structure = node.operation.structure(k)
        assert structure is not None
        total: Any = None
        for j, g in arrived.items():
            part = structure.share(self.xp, g, call, k, j)
            total = part if total is None else total + part
        return None if total is None else self._typed(total, node.inputs[k].array.dtype)

    def _typed(self, g: Any, dtype: np.dtype[np.generic]) -> Any:
        if self.create:
            return g if g.array.dtype == dtype else self.xp.to(g, dtype=dtype)
        return g if type(g) is np.ndarray and g.dtype == dtype else np.asarray(g, dtype)

    def _check_nan(self, node: Node, shares: list[Any]) -> None:
        """`detect_anomaly`: the first node whose backward gives nan is named."""
        if not self.run.anomaly.check_nan:
            return
        for place, share in enumerate(shares):
            if share is not None and np.isnan(share.array if self.create else share).any():
                self.run.notices.append(Notice("anomaly", {"grad_fn": node.grad_fn}, node.here))
                raise TorchError(
                    "RuntimeError", NAN.format(name=node.grad_fn, place=place), code="anomaly-nan",
                    operation=node.operation.name,
                )  # fmt: skip

    def _arrive(self, value: Value, g: Any) -> None:
        """Add a share to what has come for a value, and to the score of its source."""
        array: Array = g.array if self.create else g
        known = self.call.scores.get(id(value))
        self.call.scores[id(value)] = (value, array if known is None else known[1] + array)
        source = source_of(value)
        before = self.arrived.get(source)
        self.arrived[source] = g if before is None else before + g
        self.values[source] = value

    def _complete(self, source: Source) -> Any:
        """All shares of a score are in: its hooks see it, and `retain_grad` keeps it after them."""
        value = self.values[source]
        g = self.arrived[source] = self.hooking.tensor(value, self.arrived[source])
        if value.node is not None:
            self.drawers.retain(value, g)
        return g

    def _leaf_if_complete(self, value: Value) -> None:
        source = source_of(value)
        wanted = self.targets is None or source in self.targets
        complete = source in self.arrived and not self.waiting.get(source)
        if value.node is None and wanted and complete and source not in self.ready:
            self.ready.append(source)

    def _settle_leaves(self) -> None:
        """A leaf's drawer is booked as soon as its last score is in, so that it is even when the walk fails later."""
        for source in self.ready:
            g, value = self._complete(source), self.values[source]
            if self.book:
                g = self.hooking.before_drawer(value, g)
                self.drawers.book(value, g)
                self.hooking.after_drawer(value, g)
        self.ready.clear()
