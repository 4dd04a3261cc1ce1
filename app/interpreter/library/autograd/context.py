"""`ctx` of a learner's own function: what it saves and marks, and any attribute that the program gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.engine.errors import TorchError
from app.engine.gradfn import GradFn
from app.engine.own import Application, Kept, Marks
from app.engine.own.kept import require_kept
from app.engine.tensor import Tensor
from app.interpreter.errors import no_attribute, type_error
from app.interpreter.machine import Machine
from app.interpreter.protocol import DELETE, READ, WRITE, read
from app.interpreter.records import MISSING, Arguments, BuiltinMethod, Keywords
from app.interpreter.signatures import positional
from app.interpreter.types import NAMED, type_name

if TYPE_CHECKING:
    from app.engine.own import Own

UNSAVEABLE = "save_for_backward can only save variables, but argument {place} is of type {kind}"


@dataclass(eq=False, slots=True)
class Context:
    """One application's ctx. `name` is that of its class: "MyReLUBackward"."""

    name: str
    needs: tuple[bool, ...]
    attributes: dict[str, object] = field(default_factory=dict)
    saved: tuple[object, ...] = ()
    dirty: tuple[object, ...] = ()
    fixed: tuple[object, ...] = ()
    materialize: bool = True
    application: Application | None = None
    own: Own | None = None

    def marks(self) -> Marks:
        """What the forward said, checked; raises TypeError for what cannot be saved or marked."""
        for place, value in enumerate(self.saved):
            if value is not None and type(value) is not Tensor:
                raise type_error(UNSAVEABLE.format(place=place, kind=type_name(value)))
        for row, what in ((self.dirty, "mark_dirty"), (self.fixed, "mark_non_differentiable")):
            for value in row:
                if type(value) is not Tensor:
                    raise type_error(f"{what} only accepts variables, but got a {type_name(value)}")
        return Marks(self.dirty, self.fixed, self.saved)  # type: ignore[arg-type]

    def kept(self) -> list[Kept | None]:
        return [] if self.application is None else self.application.kept


def _save(machine: Machine, ctx: Context, arguments: Arguments, keywords: Keywords) -> None:
    machine.budget.container(len(arguments))
    ctx.saved = tuple(arguments)


def _mark_dirty(machine: Machine, ctx: Context, arguments: Arguments, keywords: Keywords) -> None:
    ctx.dirty = tuple(arguments)


def _mark_fixed(machine: Machine, ctx: Context, arguments: Arguments, keywords: Keywords) -> None:
    ctx.fixed = tuple(arguments)


def _set_materialize(machine: Machine, ctx: Context, arguments: Arguments, keywords: Keywords) -> None:
    (value,) = positional("set_materialize_grads", arguments, keywords, 1, 1)
    ctx.materialize = bool(value)


def _ignore(machine: Machine, ctx: Context, arguments: Arguments, keywords: Keywords) -> None:
    return None


METHODS: dict[str, Callable[[Machine, Context, Arguments, Keywords], object]] = {
    "save_for_backward": _save,
    "save_for_forward": _ignore,
    "mark_dirty": _mark_dirty,
    "mark_non_differentiable": _mark_fixed,
    "set_materialize_grads": _set_materialize,
}
OF_NODES = frozenset(
    {"name", "next_functions", "metadata", "register_hook", "register_prehook", "_sequence_nr", "_input_metadata"}
)


def _saved_tensors(ctx: Context) -> tuple[object, ...]:
    kept, node = ctx.kept(), None if ctx.own is None else ctx.own.node
    if kept:
        require_kept(node)
    return tuple(None if k is None else k.again(node) for k in kept)


def read_context(machine: Machine, ctx: Context, name: str) -> object:
    """`ctx.name`; AttributeError when the program never set it."""
    found = ctx.attributes.get(name, MISSING)
    if found is not MISSING:
        return found
    if name in ("saved_tensors", "saved_variables"):
        return _saved_tensors(ctx)
    if name == "needs_input_grad":
        return ctx.needs
    if name in ("materialize_grads", "to_save"):
        return ctx.materialize if name == "materialize_grads" else ctx.saved
    if name in METHODS:
        return BuiltinMethod(name, ctx, METHODS[name])
    if name in OF_NODES and ctx.own is not None and ctx.own.node is not None:
        return read(machine, GradFn(ctx.own.node), name)
    if name == "__dict__":
        return ctx.attributes
    raise no_attribute(ctx.name, name)


def _write_context(machine: Machine, ctx: Context, name: str, new: object) -> None:
    if name in ("saved_tensors", "saved_variables"):
        raise TorchError("AttributeError", f"attribute '{name}' of 'torch._C._FunctionBase' objects is not writable")
    if name not in ctx.attributes:
        machine.budget.container(1)
    ctx.attributes[name] = new


def _delete_context(machine: Machine, ctx: Context, name: str) -> None:
    if name not in ctx.attributes:
        raise no_attribute(ctx.name, name)
    del ctx.attributes[name]


NAMED[Context] = lambda ctx: f"torch.autograd.function.{ctx.name}"
READ[Context] = read_context
WRITE[Context] = _write_context
DELETE[Context] = _delete_context
