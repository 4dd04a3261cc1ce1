"""The state of one program's run, and the frames of its calls."""

from __future__ import annotations

from app.engine.run import Run
from app.interpreter.budget import Budget
from app.interpreter.errors import RaisedError
from app.interpreter.records import Function, Owner


class Machine:
    """What every frame of one run shares."""

    __slots__ = ("budget", "globals", "handling", "identities", "out", "run", "trail")

    def __init__(self, run: Run, budget: Budget) -> None:
        self.run = run
        self.budget = budget
        self.globals: dict[str, object] = {"__name__": "__main__"}
        self.out: list[str] = []
        self.trail: list[object] = []
        self.handling: list[RaisedError] = []
        self.identities: dict[int, tuple[int, object]] = {}


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
