"""Registering hooks: on tensors, on nodes of the graph, and on several tensors at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.engine.backward import Source, source_of
from app.engine.errors import TorchError
from app.engine.gradfn import GradFn, row_of
from app.engine.hooks import Handle, Hook, registered
from app.engine.tensor import Tensor
from app.interpreter.errors import no_attribute, value_error
from app.interpreter.machine import Machine
from app.interpreter.protocol import READ, call, collect
from app.interpreter.records import Arguments, Builtin, BuiltinMethod, Class, Function, Keywords, Method
from app.interpreter.signatures import optional, positional
from app.interpreter.types import type_name

NEEDS_GRAD = "cannot register a hook on a tensor that doesn't require gradient"
ONLY_LEAVES = "post accumulate grad hooks cannot be registered on non-leaf tensors"


def hook_of(machine: Machine, function: object) -> Hook:
    """A student's function as the engine calls it; afterwards the program is where it was."""

    machine = machine.main

    def run(*given: Any) -> object:
        here = machine.run.here
        returned = call(machine, function, list(given))
        machine.run.here = here
        return returned

    return Hook(run, _name(function), machine.run.here)


def _name(function: object) -> str:
    if type(function) is Method:
        return _name(function.function)
    if type(function) in (Function, Builtin, BuiltinMethod, Class):
        return function.name  # type: ignore[attr-defined,no-any-return]
    return "hook"


def _register_hook(machine: Machine, x: Tensor, arguments: Arguments, keywords: Keywords) -> Handle:
    function = optional("register_hook", arguments, keywords, ("hook",), 1)["hook"]
    if not x.requires_grad:
        raise TorchError("RuntimeError", NEEDS_GRAD, code="hook-needs-grad")
    machine.budget.container(1)
    return registered(row_of(x), hook_of(machine, function))


def _register_post_accumulate(machine: Machine, x: Tensor, arguments: Arguments, keywords: Keywords) -> Handle:
    function = optional("register_post_accumulate_grad_hook", arguments, keywords, ("hook",), 1)["hook"]
    if not x.requires_grad:
        raise TorchError("RuntimeError", NEEDS_GRAD, code="hook-needs-grad")
    if x.value.node is not None:
        raise TorchError("RuntimeError", ONLY_LEAVES)
    machine.budget.container(1)
    return registered(GradFn(x.meta).hooks.booked, hook_of(machine, function))


TENSOR_METHODS: dict[str, Callable[[Machine, Any, Arguments, Keywords], object]] = {
    "register_hook": _register_hook,
    "register_post_accumulate_grad_hook": _register_post_accumulate,
}


def _node_hook(machine: Machine, node: GradFn, arguments: Arguments, keywords: Keywords) -> Handle:
    function = optional("register_hook", arguments, keywords, ("fn",), 1)["fn"]
    machine.budget.container(1)
    return registered(node.hooks.after, hook_of(machine, function))


def _node_prehook(machine: Machine, node: GradFn, arguments: Arguments, keywords: Keywords) -> Handle:
    function = optional("register_prehook", arguments, keywords, ("fn",), 1)["fn"]
    machine.budget.container(1)
    return registered(node.hooks.before, hook_of(machine, function))


NODE_METHODS: dict[str, Callable[[Machine, Any, Arguments, Keywords], object]] = {
    "register_hook": _node_hook,
    "register_prehook": _node_prehook,
}


class _Together:
    """One pass's gradients of several tensors, until those that will come have come."""

    def __init__(self, machine: Machine, tensors: list[Tensor], function: object, every: bool) -> None:
        self.machine = machine.main
        self.sources: list[Source] = [source_of(t.value) for t in tensors]
        self.function = function
        self.every = every
        self.walk: object = None
        self.gradients: list[object] = []
        self.left = 0

    def seen(self, place: int, gradient: object) -> None:
        walk = self.machine.run.walks[-1]
        if walk is not self.walk:
            self.walk, self.gradients = walk, [None] * len(self.sources)
            self.left = sum(walk(source) for source in self.sources) if self.every else 1
        self.gradients[place] = gradient
        self.left -= 1
        if self.left == 0:
            call(self.machine, self.function, [self.gradients if self.every else gradient])


def _register_multi(machine: Machine, arguments: Arguments, keywords: Keywords) -> Handle:
    """One function for the gradients of several tensors: once all have come ("all"), or at the first one ("any")."""
    given = optional("register_multi_grad_hook", arguments, keywords, ("tensors", "fn", "mode"), 2)
    mode = given.get("mode", "all")
    if mode not in ("all", "any"):
        shown = mode if type(mode) is str else type_name(mode)
        raise value_error(f"Expects mode to be one of ('all', 'any') but got {shown}")
    tensors = [t for t in collect(machine, given["tensors"]) if type(t) is Tensor]
    if any(not t.requires_grad for t in tensors):
        raise TorchError("RuntimeError", NEEDS_GRAD, code="hook-needs-grad")
    machine.budget.container(len(tensors))
    together = _Together(machine, tensors, given["fn"], mode == "all")
    rows = []
    for place, tensor in enumerate(tensors):
        hook = Hook(lambda g, place=place: together.seen(place, g), _name(given["fn"]), machine.run.here)
        row = row_of(tensor)
        row.append(hook)
        rows.append((row, hook))
    return Handle(rows)


MULTI = Builtin("register_multi_grad_hook", _register_multi)


def _remove(machine: Machine, handle: Handle, arguments: Arguments, keywords: Keywords) -> None:
    positional("remove", arguments, keywords, 0, 0)
    handle.remove()


def _read_handle(machine: Machine, handle: Handle, name: str) -> object:
    if name == "remove":
        return BuiltinMethod("remove", handle, _remove)
    if name == "id":
        return handle.id
    raise no_attribute("RemovableHandle", name)


READ[Handle] = _read_handle
