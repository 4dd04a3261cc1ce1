"""What `x.grad_fn` shows of a node."""

from __future__ import annotations

from app.engine.node import Node


class GradFn:
    """A handle on a recorded operation; two handles on one node are equal."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    @property
    def name(self) -> str:
        return self.node.grad_fn or ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GradFn) and other.node is self.node

    def __hash__(self) -> int:
        return id(self.node)

    def __repr__(self) -> str:
        return f"<{self.name} object at 0x{id(self.node):012x}>"
