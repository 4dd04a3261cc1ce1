"""What `x.grad_fn` shows of the graph: the nodes, and where their scores go next."""

from __future__ import annotations

from app.engine.node import Node
from app.engine.value import Meta, Value

OWN_NAMES = frozenset({"AccumulateGrad", "CopySlices", "NotImplemented"})
"""Nodes that PyTorch's autograd itself defines; `name()` puts its namespace before them."""


class GradFn:
    """A handle on a recorded operation, or on a leaf's drawer; two handles on one of them are equal."""

    __slots__ = ("node",)

    def __init__(self, node: Node | Meta) -> None:
        self.node = node

    @property
    def name(self) -> str:
        """As it is printed: "AddBackward0"; "AccumulateGrad" for a drawer."""
        return (self.node.grad_fn or "") if isinstance(self.node, Node) else "AccumulateGrad"

    @property
    def full_name(self) -> str:
        """What `grad_fn.name()` answers."""
        return f"torch::autograd::{self.name}" if self.name in OWN_NAMES else self.name

    @property
    def next_functions(self) -> tuple[tuple[GradFn | None, int], ...]:
        """One pair per input: the node its score goes to, and as which output of it; None for no score."""
        if not isinstance(self.node, Node):
            return ()
        return tuple(_next(v, n) for v, n in zip(self.node.inputs, self.node.needs, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GradFn) and other.node is self.node

    def __hash__(self) -> int:
        return id(self.node)

    def __repr__(self) -> str:
        return f"<{self.name} object at 0x{id(self.node):012x}>"


def _next(value: Value, needs: bool) -> tuple[GradFn | None, int]:
    if not needs:
        return None, 0
    target = value.node or value.meta
    return (GradFn(target), value.index) if target is not None else (None, 0)
