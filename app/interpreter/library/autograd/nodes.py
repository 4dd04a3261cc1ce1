"""Attributes of `x.grad_fn`: the graph that a program can walk, and what its nodes saved."""

from __future__ import annotations

from app.engine.gradfn import MISSING, GradFn, saved_places, saved_tensor
from app.engine.node import Node
from app.engine.own import Own
from app.engine.packing import packed
from app.engine.run import SavedHooks
from app.interpreter.errors import no_attribute
from app.interpreter.library.autograd.context import OF_NODES, Context, read_context
from app.interpreter.library.autograd.hooks import NODE_METHODS
from app.interpreter.library.nearest import about
from app.interpreter.machine import Machine
from app.interpreter.protocol import READ, WRITE, call, write
from app.interpreter.records import Arguments, Builtin, BuiltinMethod, Keywords
from app.interpreter.signatures import optional

KNOWN = ["name", "next_functions", "metadata", "register_hook", "register_prehook"]


def _read_grad_fn(machine: Machine, value: GradFn, name: str) -> object:
    if name == "name":
        return Builtin("name", lambda machine, arguments, keywords: value.full_name)
    if name == "_sequence_nr":
        return Builtin("_sequence_nr", lambda machine, arguments, keywords: value.sequence)
    if name == "next_functions":
        return value.next_functions
    if name == "metadata":
        return value.metadata
    if name in NODE_METHODS:
        return BuiltinMethod(name, value, NODE_METHODS[name])
    if name == "variable" and not isinstance(value.node, Node):
        return value.variable
    return _own(machine, value, name)


def _own(machine: Machine, value: GradFn, name: str) -> object:
    """What only this kind of node has: a learner's function its ctx, PyTorch's own their saved values."""
    node = value.node
    if isinstance(node, Node):
        context = node.operation.context if isinstance(node.operation, Own) else None
        if isinstance(context, Context) and name not in OF_NODES:
            return read_context(machine, context, name)
        if name.startswith("_saved_"):
            found = value.saved(name.removeprefix("_saved_"))
            if found is not MISSING:
                return found
        if name.startswith("_raw_saved_"):
            return _raw(node, value, name)
    raise about(no_attribute(value.name, name), "unsupported-name", name, KNOWN, "grad_fn.")


def _write_grad_fn(machine: Machine, value: GradFn, name: str, new: object) -> None:
    """Only a learner's own function takes attributes: they are its ctx's."""
    node = value.node
    context = node.operation.context if isinstance(node, Node) and isinstance(node.operation, Own) else None
    if not isinstance(context, Context):
        raise no_attribute(value.name, name)
    write(machine, context, name, new)


class RawSaved:
    """`grad_fn._raw_saved_self`: takes hooks for just this saved tensor."""

    __slots__ = ("kind", "node", "position")

    def __init__(self, node: Node, kind: str, position: int) -> None:
        self.node = node
        self.kind = kind
        self.position = position


def _raw(node: Node, value: GradFn, name: str) -> RawSaved:
    wanted = name.removeprefix("_raw_saved_")
    for (kind, position), title in zip(saved_places(node), value.saved_names(), strict=False):
        if title == wanted:
            return RawSaved(node, kind, position)
    raise about(no_attribute(value.name, name), "unsupported-name", name, KNOWN, "grad_fn.")


def _register_hooks(machine: Machine, raw: RawSaved, arguments: Arguments, keywords: Keywords) -> None:
    """Pack now, unpack when the value is asked for."""
    given = optional("register_hooks", arguments, keywords, ("pack_hook", "unpack_hook"), 2)
    tensor = saved_tensor(raw.node, raw.kind, raw.position)
    hooks = saved_hooks(machine, given["pack_hook"], given["unpack_hook"])
    raw.node.packed[raw.kind, raw.position] = packed(hooks, tensor)


def saved_hooks(machine: Machine, pack: object, unpack: object) -> SavedHooks:
    """A student's two functions as the engine calls them."""

    machine = machine.main

    def calling(function: object) -> object:
        def run(given: object) -> object:
            here = machine.run.here
            returned = call(machine, function, [given])
            machine.run.here = here
            return returned

        return run

    return SavedHooks(calling(pack), calling(unpack))  # type: ignore[arg-type]


def _read_raw(machine: Machine, raw: RawSaved, name: str) -> object:
    if name == "register_hooks":
        return BuiltinMethod(name, raw, _register_hooks)
    raise no_attribute("SavedTensor", name)


READ[GradFn] = _read_grad_fn
WRITE[GradFn] = _write_grad_fn
READ[RawSaved] = _read_raw
