"""The operation that one application of a learner's own function is: its backward is the learner's."""

from __future__ import annotations

import copy
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np

from app.engine import dtypes
from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.namespaces import TENSORS
from app.engine.node import Node
from app.engine.operation import Operation
from app.engine.ops.convert import converted
from app.engine.own.pushed import Pushed
from app.engine.run import activate, current, grad_mode
from app.engine.tape import Tape
from app.engine.tensor import Tensor

Grads = list[Tensor | None]
WRONG_SHAPE = (
    "Function {name} returned an invalid gradient at index {k} - got {got} but expected shape compatible with {wanted}"
)


class Own(Operation):
    """`learned(gradients)` gives one gradient or None per tensor input; `again(arrays)` runs the forward on other
    numbers. Both may run after the program has ended, inside `aside()`, which keeps that from being seen.

    `materialize`: outputs that no score came to are told zeros instead of None. `context` is what `grad_fn` shows.
    """

    def __init__(
        self,
        name: str,
        inputs: tuple[Array, ...],
        learned: Callable[[Grads], Grads],
        again: Callable[[list[Array]], list[Array]],
        aside: Callable[[], AbstractContextManager[Any]],
        context: Any,
    ) -> None:
        structures = [Pushed(own=self, saves=frozenset()) if a.dtype.kind == "f" else None for a in inputs]
        super().__init__(name, lambda *arrays: tuple(again(list(arrays))), structures, grad_fn=f"{name}Backward",
                         register=False)  # fmt: skip
        self.learned = learned
        self.again = again
        self.aside = aside
        self.context = context
        self.materialize = True
        self.node: Node | None = None
        self.jacobians: dict[int, list[Array] | None] = {}
        self.examined: Any = False
        self.last: tuple[list[Array | None], list[Array | None]] | None = None
        """The scores of the outputs and the shares of the inputs in the last backward pass."""
        self.backward = self._backward

    def _backward(self, node: Node, arrived: dict[int, Any], create: bool) -> list[Any]:
        """The shares of all inputs, checked and in the inputs' own types and shapes."""
        given = [self._given(node, j, arrived.get(j), create) for j in range(len(node.call.outputs))]
        shares = [self._fitted(node, k, g) for k, g in enumerate(self._asked(given, create))]
        self.last = (
            [None if g is None else g.array for g in given],
            [None if s is None else s.array for s in shares],
        )
        return shares if create else [None if s is None else s.array for s in shares]

    def _asked(self, given: Grads, create: bool) -> Grads:
        """The learner's backward; without create_graph what it computes belongs to this operation."""
        if create:
            return self.learned(given)
        with current().tape.hiding():
            return self.learned(given)

    def _given(self, node: Node, j: int, g: Any, create: bool) -> Tensor | None:
        if g is not None:
            return g if create else Tensor.of(g)
        return Tensor.of(np.zeros_like(node.call.outputs[j])) if self.materialize else None

    def _fitted(self, node: Node, k: int, g: Tensor | None) -> Tensor | None:
        if g is None or not node.needs[k]:
            return None
        wanted = node.inputs[k].array
        if g.shape != wanted.shape:
            g = self._summed(node, k, g, wanted.shape)
        return converted(g, _dtype(wanted))

    def _summed(self, node: Node, k: int, g: Tensor, wanted: tuple[int, ...]) -> Tensor:
        """A gradient of a shape that the input's would be broadcast to is summed down to it."""
        shape = tuple(g.shape)
        tail = shape[len(shape) - len(wanted) :]
        if len(shape) < len(wanted) or any(w not in (1, s) for w, s in zip(wanted, tail, strict=True)):
            told = WRONG_SHAPE.format(name=node.grad_fn, k=k, got=list(shape), wanted=list(wanted))
            raise TorchError("RuntimeError", told, code="own-gradient-shape", function=self.name)
        fitted: Tensor = TENSORS.sum_to(g, shape=wanted)
        return fitted

    def push(self, gradients: list[Array | None]) -> list[Array | None]:
        """The learner's backward on these scores, unseen by the program: nothing of it is listed or printed."""
        node = self.node
        assert node is not None
        freed, node.freed = node.freed, False
        with self.aside() as run, activate(run):
            tape, run.tape = run.tape, Tape()
            journal, run.journal = run.journal, []
            try:
                with grad_mode(False):
                    given = [
                        Tensor.of(np.zeros_like(y) if g is None else g) if g is not None or self.materialize else None
                        for g, y in zip(gradients, node.call.outputs, strict=True)
                    ]
                    shares = [self._fitted(node, k, g) for k, g in enumerate(self.learned(given))]
            finally:
                undo(run.journal)
                run.tape, run.journal, node.freed = tape, journal, freed
        return [None if s is None else s.array for s in shares]

    def rerun(self, arrays: list[Array]) -> list[Array]:
        """The forward on other numbers, unseen by the program."""
        with self.aside() as run, activate(run):
            tape, run.tape = run.tape, Tape()
            journal, run.journal = run.journal, []
            generator, run.generator = run.generator, copy.deepcopy(run.generator)
            try:
                with grad_mode(False):
                    return self.again(arrays)
            finally:
                undo(run.journal)
                run.tape, run.journal = tape, journal
                run.generator = generator


def undo(journal: list[Callable[[], None]]) -> None:
    """Take back every write, the newest first."""
    for step in reversed(journal):
        step()


def _dtype(array: Array) -> Any:
    return dtypes.of(array)
