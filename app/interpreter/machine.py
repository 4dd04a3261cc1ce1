"""The state of one program's run as the code of one module sees it, and the frames of its calls."""

from __future__ import annotations

from app.engine.quiet import Quiet
from app.engine.run import Run
from app.engine.tensor import Tensor
from app.interpreter.budget import Budget
from app.interpreter.errors import RaisedError
from app.interpreter.records import Function, Instance, Owner

MAIN = "__main__"
NAMED = frozenset({Tensor, Instance})
"""What the tape learns the names of."""


class Machine:
    """What every frame of one module shares. The student's program is the module `__main__`.

    The Python side of torch is written in modules of its own (`library/python`). Each runs on a view of the same
    machine: with globals of its own, without moving `Run.here` (an operation belongs to the student's line that
    called), and without naming tensors after the library's variables.
    """

    __slots__ = (
        "_main",
        "aside",
        "budget",
        "globals",
        "handling",
        "identities",
        "interned",
        "modules",
        "name",
        "out",
        "run",
        "trail",
    )

    def __init__(self, run: Run, budget: Budget, main: Machine | None = None, name: str = MAIN) -> None:
        self.run = run
        self.budget = budget
        self.name = name
        self.globals: dict[str, object] = {"__name__": name}
        self.aside: object = None
        self.out: list[str] = [] if main is None else main.out
        self.trail: list[object] = [] if main is None else main.trail
        self.handling: list[RaisedError] = [] if main is None else main.handling
        self.identities: dict[int, tuple[int, object]] = {} if main is None else main.identities
        self.interned: dict[int, list[object]] = {} if main is None else main.interned
        self.modules: dict[str, Machine] = {} if main is None else main.modules
        self._main = main

    @property
    def main(self) -> Machine:
        """The student's own module."""
        return self if self._main is None else self._main

    @property
    def is_library(self) -> bool:
        """Whether the code that runs on this view is ours."""
        return self.name != MAIN

    @property
    def written_in(self) -> str:
        """What the classes and functions made here give as their module: the variable `__name__`, as Python has it, by
        which a file of the library says PyTorch's public path where its own is another."""
        name = self.globals.get("__name__", self.name)
        return name if type(name) is str else self.name

    def module(self, name: str) -> Machine:
        """A new view for the library's module `name`."""
        view = Machine(Quiet(self.main.run), self.budget, self.main, name)
        self.modules[name] = view
        return view

    def sees(self, name: str) -> bool:
        """Whether this module's code may ask a library module for `name`: an underscore marks the library's own."""
        return self.is_library or not name.startswith("_") or name.endswith("__") or name == "_C"

    def named(self, value: object, name: str) -> None:
        """A variable or dotted attribute of this module was bound to `value`; the tape learns the name of a tensor or
        of a module, which is an object with submodules."""
        if self.name != MAIN:
            return
        if type(value) is Tensor:
            self.run.tape.named(value, name, self.run.here)
        elif type(value) is Instance and "_modules" in value.attributes:
            self.run.tape.owned(value, name)


class Frame:
    """The variables of one call, class body or comprehension. `parent` is the enclosing function's frame."""

    __slots__ = ("function", "machine", "owner", "parent", "result", "variables")

    def __init__(
        self,
        machine: Machine,
        variables: dict[str, object],
        parent: Frame | None = None,
        owner: Owner | None = None,
        function: Function | None = None,
    ) -> None:
        self.machine = machine
        self.variables = variables
        self.parent = parent
        self.owner = owner
        self.function = function
        self.result: object = None
