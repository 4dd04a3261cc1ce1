"""How PyTorch's graph looks where it is drawn in more nodes than ours: x[0, 1] is two, a batched matmul five.

One operation of ours is what the student writes. `grad_fn.next_functions` shows PyTorch's nodes all the same; those
that have no node here are parts, which exist to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.engine.node import Node
from app.engine.run import current
from app.engine.value import Value


@dataclass(eq=False)
class Part:
    """A node of PyTorch's inside an operation; `edges` are where its scores go: values, further parts, or nowhere."""

    name: str
    edges: Sequence[Value | Part | None]


def edges_of(node: Node) -> Sequence[Value | Part | None]:
    """Where the scores of a node go, as PyTorch has it; made once."""
    known = current().tape.parts
    if id(node) not in known:
        known[id(node)] = _edges(node)
    return known[id(node)]


def _edges(node: Node) -> Sequence[Value | Part | None]:
    shape = SHAPES.get(node.operation.name.rstrip("_"))
    drawn = None if shape is None else shape(node)
    return _plain(node) if drawn is None else drawn


def _plain(node: Node) -> Sequence[Value | Part | None]:
    """One edge per tensor that could take a score; indices, masks and the numbers of some functions are none."""
    constants = current().tape.constants
    without = node.operation.name.rstrip("_") in NUMBERS_ARE_NO_EDGES
    edges: list[Value | Part | None] = []
    for k, value in enumerate(node.inputs):
        if node.operation.structure(k) is None or (without and id(value) in constants):
            continue
        edges.append(value if node.needs[k] else None)
    return edges


NUMBERS_ARE_NO_EDGES = frozenset({"pow", "rsub", "masked_fill", "scatter", "fill", "index_fill"})


def _commuted(node: Node) -> Sequence[Value | Part | None] | None:
    """1 + x is x + 1 to PyTorch."""
    if len(node.inputs) == 2 and id(node.inputs[0]) in current().tape.constants:
        return [node.inputs[1] if node.needs[1] else None, None]
    return None


def _reciprocal(node: Node) -> Sequence[Value | Part | None] | None:
    """2 / x is x.reciprocal() * 2."""
    if id(node.inputs[0]) not in current().tape.constants:
        return None
    return [Part("ReciprocalBackward0", [node.inputs[1]]), None]


def _indexed(node: Node) -> Sequence[Value | Part | None] | None:
    """Numbers, slices and None are taken one after the other, tensors last and together."""
    pattern = node.call.params.get("pattern")
    if not isinstance(pattern, tuple) or not node.needs[0]:
        return None
    names = [name for part in pattern if (name := _step(part))]
    if node.operation.name == "getitem":
        names = names[:-1]
    inner: Value | Part = node.inputs[0]
    for name in names:
        inner = Part(name, [inner])
    return [inner]


def _step(part: object) -> str | None:
    if part is None:
        return "UnsqueezeBackward0"
    if isinstance(part, slice):
        return None if part == slice(None) else "SliceBackward0"
    return "SelectBackward0" if isinstance(part, int) and not isinstance(part, bool) else None


def _copied(node: Node) -> Sequence[Value | Part | None] | None:
    """A reshape that cannot be a view is one of a copy."""
    return [Part("CloneBackward0", [node.inputs[0]])] if node.grad_fn == "UnsafeViewBackward0" else None


def _matmul(node: Node) -> Sequence[Value | Part | None] | None:
    """Batched products fold their batch into the rows, or run as bmm on expanded operands."""
    a, b = (value if needs else None for value, needs in zip(node.inputs, node.needs, strict=True))
    left, right = (array.ndim for array in node.call.inputs)
    if left > 2 and right in (1, 2):
        return [Part("MmBackward0" if right == 2 else "MvBackward0", [_folded(node, 0, a), b])]
    if left == 1 and right == 2:
        return [Part("MmBackward0", [a and Part("UnsqueezeBackward0", [a]), b])]
    if left == 1 and right > 2:
        return [Part("MvBackward0", [_turned(node, b), a])]
    if left == 2 and right > 2:
        product = Part("MmBackward0", [_turned(node, b), a and Part("TBackward0", [a])])
        return [Part("TransposeBackward0", [Part("UnsafeViewBackward0", [product])])]
    if left > 2 and right > 2:
        return [Part("BmmBackward0", [_expanded(node, 0, a), _expanded(node, 1, b)])]
    return None


def _folded(node: Node, k: int, value: Value | None) -> Value | Part | None:
    if value is None:
        return None
    if node.call.inputs[k].flags.c_contiguous:
        return Part("ViewBackward0", [value])
    return Part("UnsafeViewBackward0", [Part("CloneBackward0", [value])])


def _turned(node: Node, value: Value | None) -> Value | Part | None:
    """The second operand with its last two dims exchanged, folded to a matrix."""
    if value is None:
        return None
    turned = Part("TransposeBackward0", [value])
    if node.call.inputs[1].swapaxes(-1, -2).flags.c_contiguous:
        return Part("ViewBackward0", [turned])
    return Part("UnsafeViewBackward0", [Part("CloneBackward0", [turned])])


def _expanded(node: Node, k: int, value: Value | None) -> Value | Part | None:
    if value is None:
        return None
    name = "ViewBackward0" if node.call.inputs[k].flags.c_contiguous else "ReshapeAliasBackward0"
    return Part(name, [Part("ExpandBackward0", [value])])


def _layered(node: Node) -> Sequence[Value | Part | None]:
    """Input, weight and bias: one that is not there has its place."""
    edges = list(_plain(node))
    return edges + [None] * (3 - len(edges))


def _dropped(node: Node) -> Sequence[Value | Part | None] | None:
    """Dropout multiplies by its mask, which takes no score."""
    return [*_plain(node), None] if node.grad_fn == "MulBackward0" else None


def _outer(node: Node) -> Sequence[Value | Part | None] | None:
    """A column times a row."""
    a, b = (value if needs else None for value, needs in zip(node.inputs, node.needs, strict=True))
    return [a and Part("ViewBackward0", [a]), b] if node.grad_fn == "MulBackward0" else None


SHAPES: dict[str, Callable[[Node], Sequence[Value | Part | None] | None]] = {
    "add": _commuted,
    "mul": _commuted,
    "rdiv": _reciprocal,
    "getitem": _indexed,
    "index": _indexed,
    "reshape": _copied,
    "flatten": _copied,
    "matmul": _matmul,
    "dropout": _dropped,
    "outer": _outer,
    **{f"conv{n}d": _layered for n in (1, 2, 3)},
    **dict.fromkeys(("layer_norm", "batch_norm", "group_norm"), _layered),
}
