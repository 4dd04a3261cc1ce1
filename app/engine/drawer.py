"""The `.grad` drawers: booking a leaf's score, and keeping an intermediate's for `retain_grad`."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from app.engine.backward import Accumulated, BackwardCall, source_of
from app.engine.namespaces import OPERATIONS, TENSORS
from app.engine.run import Run, grad_mode
from app.engine.tensor import Tensor
from app.engine.value import Meta, Value, dense
from app.engine.write import write


class Drawers:
    """What one backward call does with the drawers that it meets."""

    def __init__(self, run: Run, call: BackwardCall) -> None:
        self.run = run
        self.call = call

    def book(self, value: Value, g: Any) -> None:
        """Add a leaf's complete score to what its drawer holds."""
        assert value.meta is not None
        drawer = value.meta
        before = None if drawer.grad is None else drawer.grad.array
        keep(self.run, drawer)
        _add_to_drawer(drawer, g, self.call.create_graph)
        assert drawer.grad is not None
        self.call.accumulated.append(Accumulated(value, before, drawer.grad.array))

    def retain(self, value: Value, g: Any) -> None:
        """`retain_grad`: an intermediate's drawer holds its score. Of a tensor that was written to in place since, only
        the newest version keeps it, as PyTorch moves the wish along with the write."""
        drawer = value.meta
        if drawer is None or not drawer.retains:
            return
        source = source_of(value)
        if source_of(self.run.tape.newest(value)) != source:
            return
        before = drawer.grad
        keep(self.run, drawer)
        if self.call.create_graph:
            drawer.grad = g if before is None else TENSORS.add(before, g, alpha=1)
        else:
            drawer.grad = Tensor.of(np.asarray(g if before is None else before.array + g))
        kept = None if before is None else before.array
        self.call.retained[source] = Accumulated(value, kept, drawer.grad.array)


def keep(run: Run, drawer: Meta) -> None:
    """Note what puts a drawer's gradient back."""
    if run.journal is not None:
        run.journal.append(partial(_put_back, drawer, drawer.grad))


def _put_back(drawer: Meta, grad: Tensor | None) -> None:
    drawer.grad = grad


def _add_to_drawer(drawer: Meta, g: Any, create: bool) -> None:
    """PyTorch's AccumulateGrad: the first gradient is kept (of one with a history a copy), later ones are added into
    the same tensor."""
    if drawer.grad is None and create:
        drawer.grad = OPERATIONS["copy"].apply((Tensor.of(np.empty_like(g.array)), g), {})
    elif drawer.grad is None:
        drawer.grad = Tensor.of(np.ascontiguousarray(g) if g.ndim else g)
    elif create:
        drawer.grad = drawer.grad + g
    else:
        with grad_mode(False):
            write(drawer.grad, OPERATIONS["add"], (Tensor.of(dense(np.asarray(g))),), {"alpha": 1}, listed=False)
