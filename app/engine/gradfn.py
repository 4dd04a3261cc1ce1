"""What `x.grad_fn` shows of the graph: the nodes, where their scores go next, what they saved, and their hooks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from app.engine.backward import exactly
from app.engine.errors import TorchError
from app.engine.hooks import Hook, Hooks
from app.engine.node import FREED, Node
from app.engine.parts import Part, edges_of
from app.engine.registry import METHODS, TORCH
from app.engine.run import current
from app.engine.tensor import Tensor
from app.engine.value import Meta, Value

OWN_NAMES = frozenset({"AccumulateGrad", "CopySlices", "NotImplemented", "Error"})
"""Nodes that PyTorch's autograd itself defines; `name()` puts its namespace before them."""
MISSING = object()


class GradFn:
    """A handle on a recorded operation, or on a leaf's drawer (with the leaf's value). One for each in a run."""

    __slots__ = ("leaf", "metadata", "node")

    def __init__(self, node: Node | Meta | Part, leaf: Value | None = None) -> None:
        self.node = node
        self.leaf = leaf
        self.metadata: dict[object, object] = {}

    @property
    def name(self) -> str:
        """As it is printed: "AddBackward0"; "AccumulateGrad" for a drawer."""
        if isinstance(self.node, Part):
            return self.node.name
        return (self.node.grad_fn or "") if isinstance(self.node, Node) else "AccumulateGrad"

    @property
    def is_own(self) -> bool:
        """Whether it is a learner's own function."""
        return isinstance(self.node, Node) and self.node.operation.backward is not None

    @property
    def full_name(self) -> str:
        """What `grad_fn.name()` answers."""
        return f"torch::autograd::{self.name}" if self.name in OWN_NAMES else self.name

    @property
    def next_functions(self) -> tuple[tuple[GradFn | None, int], ...]:
        """One pair per edge of PyTorch's: the node its score goes to, and as which output of it; None for no score."""
        if isinstance(self.node, Meta):
            return ()
        return tuple(_next(edge) for edge in (self.node.edges if isinstance(self.node, Part) else edges_of(self.node)))

    @property
    def sequence(self) -> int:
        """What `_sequence_nr()` answers: later nodes have larger numbers, drawers the largest there is."""
        return self.node.sequence if isinstance(self.node, Node) else (1 << 64) - 1

    @property
    def variable(self) -> Tensor | None:
        """The leaf whose drawer this is."""
        return None if self.leaf is None else _handle(self.leaf)

    @property
    def hooks(self) -> Hooks:
        """The hooks of the node, made when first asked for."""
        if isinstance(self.node, Part):
            raise TorchError("NotImplementedError", f"not supported yet: hooks on {self.name} inside another operation")
        return hooks_of(self.node)

    def saved_names(self) -> list[str]:
        """What `_saved_…` may be followed by."""
        return [*self._tensors(), *self._numbers()]

    def saved(self, name: str) -> Any:
        """`grad_fn._saved_<name>`; MISSING when the operation saves nothing of that name."""
        tensors = self._tensors()
        return tensors[name]() if name in tensors else self._numbers().get(name, MISSING)

    def _tensors(self) -> dict[str, Callable[[], Tensor]]:
        node = self.node
        if not isinstance(node, Node):
            return {}
        found: dict[str, Callable[[], Tensor]] = {}
        for kind, position in saved_places(node):
            found[_title(node, kind, position)] = partial(saved_tensor, node, kind, position)
        return found

    def _numbers(self) -> dict[str, Any]:
        node = self.node
        if not isinstance(node, Node):
            return {}
        plain = {n: v for n, v in node.call.params.items() if isinstance(v, (bool, int, float, tuple)) and n != "given"}
        if "dims" in plain:
            plain["dim"] = plain.pop("dims")
        if node.call.inputs and not node.saved:
            plain["self_sym_sizes"] = tuple(node.call.inputs[0].shape)
        return plain

    def __repr__(self) -> str:
        return f"<{self.name} object at 0x{id(self.node):012x}>"


def grad_fn_of(node: Node | Meta | Part, leaf: Value | None = None) -> GradFn:
    """The run's one handle on a node or drawer."""
    handles = current().tape.handles
    known = handles.get(id(node))
    if not isinstance(known, GradFn):
        known = handles[id(node)] = GradFn(node, leaf)
    return known


def hooks_of(owner: Node | Meta) -> Hooks:
    """The hooks of a node or drawer, made when first asked for."""
    if owner.hooks is None:
        owner.hooks = Hooks()
    return owner.hooks


def row_of(x: Tensor) -> list[Hook]:
    """Where the hooks of a tensor stand: with the output that it is, or with its own drawer."""
    value = x.value
    owner: Node | Meta = value.node if value.node is not None else x.meta
    return hooks_of(owner).tensor.setdefault(value.index, [])


def saved_places(node: Node) -> list[tuple[str, int]]:
    """The inputs and outputs that a node keeps, numbers of the program left out."""
    constants = current().tape.constants
    return [
        (s.kind, s.position)
        for s in node.saved
        if s.kind == "output" or (s.kind == "input" and id(node.inputs[s.position]) not in constants)
    ]


def saved_tensor(node: Node, kind: str, position: int) -> Tensor:
    """The tensor kept at a place; RuntimeError once it is let go of."""
    if node.freed:
        raise TorchError("RuntimeError", FREED, code="second-backward", operation=node.operation.name)
    packed = node.packed.get((kind, position))
    if packed is not None:
        tensor: Tensor = packed()
        return tensor
    if kind == "input":
        return _handle(node.inputs[position])
    return exactly(current().tape.applied[node.sequence].outputs[position])


def _handle(value: Value) -> Tensor:
    """The program's own tensor for a leaf that is still there, else a handle on the value."""
    owner = value.meta.owner() if value.meta is not None and value.meta.owner is not None else None
    if isinstance(owner, Tensor) and value.node is None and owner.value is value:
        return owner
    newest = current().tape.newest(value)
    return exactly(value if value.node is not None else newest)


def _title(node: Node, kind: str, position: int) -> str:
    """PyTorch's name of a saved operand: "self", then as in the function's signature; outputs are results."""
    if kind == "output":
        return "result" if len(node.call.outputs) == 1 else ("indices" if position else "result")
    function = METHODS.get(node.operation.name.rstrip("_")) or TORCH.get(node.operation.name)
    names = [p.name for p in function.overloads[0].signature.parameters] if function is not None else []
    name = names[position] if position < len(names) else ("self", "other", "third")[min(position, 2)]
    return "self" if name == "input" else name


def _next(value: Value | Part | None) -> tuple[GradFn | None, int]:
    if value is None:
        return None, 0
    if isinstance(value, Part):
        return grad_fn_of(value), 0
    if value.node is not None:
        return grad_fn_of(value.node), value.index
    return (None, 0) if value.meta is None else (grad_fn_of(value.meta, value), value.index)
