"""Calling a learner's forward and backward: the arguments that they get, and PyTorch's checks of what they return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.engine.arrays import Array
from app.engine.errors import TorchError
from app.engine.tensor import Tensor
from app.interpreter.library.autograd.context import Context
from app.interpreter.machine import Machine
from app.interpreter.protocol import call
from app.interpreter.records import Arguments, Class, ClassMethod, Method, StaticMethod
from app.interpreter.types import type_name

WRONG_COUNT = "function {name} returned an incorrect number of gradients (expected {wanted}, got {got})"
NOT_A_VARIABLE = (
    "function {name} returned a gradient different than None at position {place}, but the corresponding forward input "
    "was not a Variable"
)


@dataclass
class Learned:
    """One application's functions; `given` are all arguments of `apply`, tensors or not."""

    machine: Machine
    cls: Class
    function: object
    setup: object | None
    given: Arguments
    ctx: Context
    outputs: list[bool] = field(default_factory=list)
    """For each thing that the forward returned: whether it is a tensor."""

    def forward(self, ctx: Context, given: Sequence[object]) -> object:
        """The learner's forward, in the old style with ctx or in the new one with setup_context after it."""
        if self.setup is None:
            return call(self.machine, self.function, [ctx, *given])
        result = call(self.machine, self.function, list(given))
        call(self.machine, self.setup, [ctx, tuple(given), result])
        return result

    def backward(self, gradients: list[Tensor | None]) -> list[Tensor | None]:
        """One gradient or None per tensor among the arguments."""
        machine, tensors = self.machine, iter(gradients)
        arguments = [next(tensors) if is_tensor else None for is_tensor in self.outputs]
        here = machine.run.here
        returned = call(machine, self._backward_of_class(), [self.ctx, *arguments])
        machine.run.here = here
        row = returned if type(returned) is tuple else (returned,)
        return self._checked(row)

    def _backward_of_class(self) -> object:
        """`backward`, or `vjp` where the class states that instead."""
        names = [name for name in ("backward", "vjp") if not _is_default(self.cls, name)]
        found = self.cls.find(names[0] if names else "backward")
        if type(found) is StaticMethod:
            return found.function
        return Method(found.function, self.cls, "backward") if type(found) is ClassMethod else found

    def _checked(self, row: tuple[object, ...]) -> list[Tensor | None]:
        name, wanted = self.ctx.name, len(self.given)
        if len(row) < wanted or any(value is not None for value in row[wanted:]):
            told = WRONG_COUNT.format(name=name, wanted=wanted, got=len(row))
            raise TorchError("RuntimeError", told, code="own-gradient-count", wanted=wanted, got=len(row))
        gradients: list[Tensor | None] = []
        for place, (argument, value) in enumerate(zip(self.given, row, strict=False), start=1):
            if type(argument) is not Tensor:
                if value is not None:
                    raise TorchError("RuntimeError", NOT_A_VARIABLE.format(name=name, place=place))
                continue
            if value is not None and type(value) is not Tensor:
                raise TorchError("RuntimeError", f"expected Variable or None (got {type_name(value)})")
            gradients.append(value)
        return gradients

    def again(self, arrays: list[Array]) -> list[Array]:
        """The forward on other numbers, with a ctx of its own."""
        fresh = iter([Tensor.of(array.copy()) for array in arrays])
        given = [next(fresh) if type(value) is Tensor else value for value in self.given]
        result = self.forward(Context(self.ctx.name, self.ctx.needs), given)
        row = result if type(result) is tuple else (result,)
        return [value.array for value in row if type(value) is Tensor]


def _is_default(cls: Class, name: str) -> bool:
    owner = next((base for base in cls.mro if name in base.namespace), None)
    return owner is None or owner.builtin
