"""Forgetting: the numbers of large tensors that neither the program nor the answer will ask for again.

The tape lists every value of a run so that it can be shown. A training loop over large tensors makes more numbers
than memory holds, and shows the first operations and those of the last backward call. What lies between keeps its
place, its shape and a few facts; its array is replaced by one without memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from app.engine.arrays import Array
from app.engine.node import Call, Node, Saved

if TYPE_CHECKING:
    from app.engine.backward import Accumulated, BackwardCall
    from app.engine.run import Run
    from app.engine.tape import Tape
    from app.engine.tensor import Tensor
    from app.engine.value import Value

LARGE = 1_000
"""Arrays of more elements are forgotten; smaller ones are sent with the answer."""
FIRST = 1_000
"""Of so many forgotten tensors facts are kept; an answer has no entries for many more."""


class Forgotten(np.ndarray[Any, np.dtype[Any]]):
    """An array of zeros without memory in place of the forgotten one; `facts` = (min, max, mean, not finite)."""

    facts: tuple[float, float, float, int] | None = None


class Memories:
    """What a tape still holds. Whatever was spared for being in use is looked at again the next time."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.tape = run.tape
        self.small = 0
        self.values: list[Value] = []
        self.nodes: list[Node] = []
        self.calls: list[BackwardCall] = []
        self.seen = (0, 0, 0)
        self.blanks: dict[tuple[np.dtype[Any], tuple[int, ...]], Forgotten] = {}
        """One stub for all arrays of a type and shape of which no facts are kept."""
        self.told = 0

    def forget(self) -> int:
        """Replace the large arrays that are no longer needed; how many elements are still held after that."""
        self._list_new()
        if self.tape.calls:
            self._forget()
        scores = sum(score.size for call in self.calls for _, score in call.scores.values())
        return self.small + scores + sum(value.array.size for value in self.values)

    def _list_new(self) -> None:
        tape, (values, nodes, calls) = self.tape, self.seen
        start = tape.calls[-1].after if tape.calls else 0
        new = tape.values[values:]
        self.small += sum(value.array.size for value in new if value.array.size <= LARGE)
        self.values += [value for value in new if value.array.size > LARGE]
        self.nodes += [applied.node for applied in tape.applied[nodes:start]]
        self.calls += tape.calls[calls:]
        self.seen = len(tape.values), max(nodes, start), len(tape.calls)

    def _forget(self) -> None:
        focus = self.tape.focus
        kept = [self.tape.calls[-1], *([] if focus is None else self.tape.calls[focus : focus + 1])]
        kept += self.tape.walking
        walked = _nodes_above(value for call in kept for value, _ in call.roots)
        needed, held = _reachable(self.run, self.tape, walked)
        stubs = Stubs(self)
        for value in self.values:
            if id(value) not in needed:
                value.array, value.memory = stubs.of(value.array), None
        for node in self.nodes:
            if id(node) not in walked and id(node) not in held:
                _strip(node, stubs)
        lasting = {id(call) for call in kept}  # calls are compared by identity: they hold arrays
        for call in self.calls:
            if id(call) not in lasting:
                _lighten(call, stubs)
        self.values = [value for value in self.values if id(value) in needed]
        self.nodes = [node for node in self.nodes if id(node) in walked or id(node) in held]
        self.calls = [call for call in self.calls if id(call) in lasting]


class Stubs:
    """One array without memory for each that is forgotten, wherever it is listed."""

    def __init__(self, memories: Memories) -> None:
        self.memories = memories
        self.made: dict[int, tuple[Array, Forgotten]] = {}

    def of(self, array: Array) -> Array:
        """The stub of a large array; a small one, or one that is a stub already, as it is."""
        if array.size <= LARGE or type(array) is Forgotten:
            return array
        known = self.made.get(id(array))
        if known is None:
            known = self.made[id(array)] = (array, self._stub(array))  # the array stays until the end, and so its id
        return known[1]

    def _stub(self, array: Array) -> Forgotten:
        memories = self.memories
        if memories.told < FIRST:
            memories.told += 1
            stub = _blank(array)
            stub.facts = facts(array)
            return stub
        key = array.dtype, array.shape
        if key not in memories.blanks:
            memories.blanks[key] = _blank(array)
        return memories.blanks[key]


def _blank(array: Array) -> Forgotten:
    return np.broadcast_to(np.zeros((), array.dtype), array.shape).view(Forgotten)


def facts(array: Array) -> tuple[float, float, float, int]:
    """(min, max, mean) of the finite numbers, and how many are not finite."""
    total = float(np.add.reduce(array, axis=None, dtype=np.float64))
    if np.isfinite(total) and array.size:
        return float(array.min()), float(array.max()), total / array.size, 0
    numbers = np.asarray(array, np.float64)
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return np.nan, np.nan, np.nan, int(numbers.size)
    return float(finite.min()), float(finite.max()), float(finite.mean()), int(numbers.size - finite.size)


def _nodes_above(roots: Iterable[Value]) -> dict[int, Node]:
    """The recorded operations that a walk from these roots goes through, whether freed by now or not."""
    found: dict[int, Node] = {}
    stack = [value.node for value in roots]
    while stack:
        node = stack.pop()
        if node is not None and id(node) not in found:
            found[id(node)] = node
            stack.extend(value.node for value in node.inputs)
    return found


def _reachable(run: Run, tape: Tape, walked: dict[int, Node]) -> tuple[set[int], set[int]]:
    """The ids of the values and nodes that the program can still compute with, and of those of the kept calls."""
    needed: set[int] = set()
    held: set[int] = set()
    stack = [value for applied in tape.applied[tape.calls[-1].after :] for value in _around(tape, applied.node)]
    stack += [value for node in walked.values() for value in _around(tape, node)]
    for tensor in _held(run):
        stack.append(tensor.chain.value)
        if tensor.window is not None:
            stack += [tensor.window.value, tensor.window.base]
    while stack:
        value = stack.pop()
        if id(value) in needed:
            continue
        needed.add(id(value))
        node = value.node
        if node is not None and not node.freed and id(node) not in held:
            held.add(id(node))
            stack.extend(_around(tape, node))
    return needed, held


def _held(run: Run) -> Iterator[Tensor]:
    """The tensors that something still holds; the others are struck off the list."""
    run.tensors = [known for known in run.tensors if known() is not None]
    return (tensor for known in run.tensors if (tensor := known()) is not None)


def _around(tape: Tape, node: Node) -> tuple[Value, ...]:
    """The values that an operation used and made."""
    known = tape.applied[node.sequence] if node.sequence < len(tape.applied) else None
    outputs = known.outputs if known is not None and known.node is node else ()
    return (*node.inputs, *outputs)


def _strip(node: Node, stubs: Stubs) -> None:
    """An operation whose operands are forgotten: it can be named, not computed with."""
    call = node.call
    if max([array.size for array in (*call.inputs, *call.outputs)], default=0) <= LARGE:
        return
    node.call = Call(tuple(map(stubs.of, call.inputs)), tuple(map(stubs.of, call.outputs)), call.params)
    node.saved = tuple([Saved(saved.kind, saved.position, saved.version, None) for saved in node.saved])
    node.forgotten = True


def _lighten(call: BackwardCall, stubs: Stubs) -> None:
    """The scores of a call that is neither the last one nor asked for."""
    call.scores = {key: (value, stubs.of(score)) for key, (value, score) in call.scores.items()}
    for entry in (*call.accumulated, *call.retained.values()):
        _lighten_booking(entry, stubs)


def _lighten_booking(entry: Accumulated, stubs: Stubs) -> None:
    entry.before = None if entry.before is None else stubs.of(entry.before)
    entry.after = stubs.of(entry.after)
