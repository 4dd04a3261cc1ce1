"""Updates as operations: an optimizer's step is ONE write per parameter, w ← rule(w, gradient).

PyTorch makes it of up to a dozen in-place operations; a student wants to see the parameter's next version, made of its
last one and of `w.grad`. What the optimizer remembers (momentum, running averages, the count of steps) belongs to the
step as its parameters do: it is not part of any graph, and the tape does not list it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.arrays import Array
from app.engine.formula import wrapped
from app.engine.namespaces import FORMULAS
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.relation.elementwise import Elementwise
from app.engine.relation.structure import Local, everywhere
from app.engine.run import current, grad_mode
from app.engine.tensor import Tensor, settle
from app.engine.value import Value
from app.engine.write import write

State = dict[str, Array]
Options = dict[str, Any]
Rule = Callable[[Any, Any, State, Options], Any]
TINY = 1e-30
"""The imaginary step: its square vanishes beside any number, so nothing is lost to cancellation."""
COST = 12
"""Multiply-adds per element, at most, that an update needs."""

UPDATES: dict[str, Update] = {}


@dataclass(frozen=True)
class Update:
    """`rule(w, gradient, state, options)` gives the new w and puts the new entries into `state`.

    `options` are the names in the parameter group that it reads; `writes` says in how many in-place operations
    PyTorch does it, by which the parameter's `_version` grows.
    """

    operation: Operation
    options: tuple[str, ...]
    writes: Callable[[Options], int]


@dataclass(frozen=True, kw_only=True)
class Stepped(Elementwise):
    """∂(new w)/∂(input), element by element, from the rule itself: Im rule(x + ih)/h (Squire and Trapp, 1998)."""

    update: Rule
    position: int
    tex: str

    def weight(self, xp: Any, call: Call, outputs: tuple[Any, ...] | None = None) -> Any:
        if xp is FORMULAS:
            by = call.inputs[self.position]
            return wrapped(rf"\frac{{\partial}}{{\partial {by}}}\left({self.tex}\right)", *call.inputs)
        w, g = (x + np.complex128(1j * TINY * (k == self.position)) for k, x in enumerate(call.inputs))
        return np.asarray(self.update(w, g, dict(call.params["before"]), call.params)).imag / TINY

    def local(self, call: Call, k: int, j: int) -> Local:
        """The number itself where all elements have the same, as in plain gradient descent."""
        weights = np.unique(np.asarray(self.weight(None, call), call.outputs[j].dtype))
        if weights.size == 1 and np.isfinite(weights[0]):
            return everywhere(call, k, j, ("i", "i"), f"{weights[0]:g}")
        return super().local(call, k, j)


def update(
    name: str, tex: str, options: str, writes: Callable[[Options], int] = lambda options: 1
) -> Callable[[Rule], Rule]:
    """State the update `name`; `tex` writes it with w as @1 and the gradient as @2."""

    def register(rule: Rule) -> Rule:
        names = tuple(options.split())

        def forward(w: Array, g: Array, *, before: State, after: State, **given: Any) -> Any:
            after.update(before)
            return rule(w, g, after, given)

        operation = Operation(
            f"{name}_step", forward, [Stepped(update=rule, position=k, tex=tex) for k in (0, 1)],
            tex=lambda w, g, **_: wrapped(tex, w, g), cost=lambda w, g, **_: (w.size, COST * w.size),
            shows=names, register=False,
        )  # fmt: skip
        UPDATES[name] = Update(operation, names, writes)
        return rule

    return register


def step(name: str, parameter: Tensor, gradient: Tensor, state: dict[str, Tensor], options: Options) -> None:
    """Write the parameter's next version, unrecorded whatever the mode, and move the optimizer's state on."""
    stated = UPDATES[name]
    operation = stated.operation
    before = {key: kept.array for key, kept in state.items()}
    after: State = {}
    params = {**options, "before": before, "after": after}
    run = current()
    run.meter.work(sum(array.size for array in before.values()))
    known_as = run.tape.names.get(id(parameter.value))
    if known_as is not None:
        run.tape.names.setdefault(id(gradient.value), f"{known_as}.grad")
    with grad_mode(False):
        write(parameter, operation, (gradient,), params, name=operation.name)
    _count(parameter.value, stated.writes(options) - 1)
    for key, array in after.items():
        known = state.get(key)
        if known is None:
            state[key] = Tensor.of(np.asarray(array))
        elif array is not before[key]:
            _replace(known, np.asarray(array))


def _count(value: Value, more: int) -> None:
    """The versions of the writes that PyTorch makes besides the one."""
    assert value.counter is not None
    value.counter.version += more
    value.version = value.counter.version


def _replace(tensor: Tensor, array: Array) -> None:
    """Give a tensor of the optimizer's new numbers in place, which the tape need not know of."""
    value = tensor.value
    memory, counter = value.memory, value.counter
    assert memory is not None
    assert counter is not None
    fresh = Value(np.ascontiguousarray(array) if array.ndim else array)
    memory.flat = fresh.array.reshape(-1)
    memory.edits += 1
    counter.version += 1
    settle(fresh, memory, counter, 0)
    tensor.chain.move(fresh)
