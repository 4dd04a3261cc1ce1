"""Backward calls: what is told of each, and the operands that a recorded backward pass computes with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.namespaces import TENSORS
from app.engine.node import Call, Node
from app.engine.run import Run
from app.engine.tensor import Chain, Tensor, settle
from app.engine.value import Counter, Memory, Value, flat_of

Source = tuple[int, int]
"""What receives a score: (id of a node, output number), or (id of a leaf's drawer, −1)."""


@dataclass
class Accumulated:
    """One booking in a `.grad` drawer."""

    value: Value
    before: Array | None
    after: Array


@dataclass
class Hooked:
    """What a hook changed: the score of `value`, or what goes into (`output`) or comes out of (`input`) a node."""

    value: Value | None
    node: Node | None
    before: Array
    after: Array
    here: object
    input: int | None = None
    output: int | None = None


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
    hooks: list[Hooked] = field(default_factory=list)
    reread: dict[int, Call] = field(default_factory=dict)
    """By id of a node: the operands that its weights came from, where they had changed since forward (`x.data`)."""


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
