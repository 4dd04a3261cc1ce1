"""What the operations of one program's run share: the mode, the meter, the tape and the switches."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from app.engine import dtypes
from app.engine.printing import PrintOptions
from app.engine.random import Generator
from app.engine.tape import Tape

if TYPE_CHECKING:
    from weakref import ref

    from app.engine.tensor import Tensor


class Meter:
    """Is told of every piece of work before it is done; a subclass refuses by raising `LimitError`."""

    def operation(self, elements: int, flops: int = 0) -> None:
        """One operation that will make `elements` numbers at the price of `flops` multiply-adds."""

    def work(self, units: int) -> None:
        """Other work in proportion to `units` numbers: printing, comparing, listing."""

    def arithmetic(self, flops: int) -> None:
        """Arithmetic inside an operation that its price does not cover, worth `flops` multiply-adds."""

    def backward(self) -> None:
        """One backward pass is about to start."""

    def passed(self, elements: int, flops: int = 0) -> None:
        """A backward pass is about to go through one operation and to make `elements` scores, worth `flops`."""

    def wrote(self) -> None:
        """The operation that was told of last writes into a tensor that is there already."""


@dataclass(frozen=True)
class Notice:
    """Something the reader should know although the program goes on; `code` names its text."""

    code: str
    values: dict[str, object]
    here: object


@dataclass
class Anomaly:
    """`torch.autograd.detect_anomaly`: whether it is on, and whether a nan in a backward pass is an error then."""

    enabled: bool = False
    check_nan: bool = False


@dataclass(frozen=True)
class SavedHooks:
    """`saved_tensors_hooks`: what keeps a saved tensor in the program's own way, and gives it back."""

    pack: Callable[[Any], Any]
    unpack: Callable[[Any], Any]


@dataclass
class Run:
    """One program's run. `here` is the source node being evaluated; the engine copies it onto what it records."""

    meter: Meter = field(default_factory=Meter)
    tape: Tape = field(default_factory=Tape)
    generator: Generator = field(default_factory=Generator)
    print_options: PrintOptions = field(default_factory=PrintOptions)
    default_dtype: dtypes.DType = dtypes.float32
    grad_enabled: bool = True
    strict: bool = False
    here: object = None
    notices: list[Notice] = field(default_factory=list)
    noticed: set[tuple[str, int]] = field(default_factory=set)
    kept: dict[str, object] = field(default_factory=dict)
    """What a library keeps for the length of the run: streams of random numbers, switches of its own."""
    tensors: list[ref[Tensor]] = field(default_factory=list)
    """Every tensor that was made on any tape, for finding those that the program still holds."""
    anomaly: Anomaly = field(default_factory=Anomaly)
    saved_hooks: list[SavedHooks] = field(default_factory=list)
    saved_refusal: str | None = None
    keeps_originals: bool = False
    journal: list[Callable[[], None]] | None = None
    """What undoes the writes so far, newest last, while a program's function runs unseen by the program."""
    walks: list[Callable[[tuple[int, int]], bool]] = field(default_factory=list)
    """For each backward pass that is under way: whether a score will come to a node's output or a leaf."""

    def notice(self, code: str, **values: object) -> None:
        """Note it once for each place: a loop says it once."""
        key = code, id(self.here)
        if key not in self.noticed:
            self.noticed.add(key)
            self.notices.append(Notice(code, values, self.here))


_current: ContextVar[Run] = ContextVar("run")


def current() -> Run:
    """The run in progress; outside of any, one that is shared and unmetered (for tests and the console)."""
    run = _current.get(None)
    if run is not None:
        return run
    fresh = Run()
    _current.set(fresh)
    return fresh


@contextlib.contextmanager
def activate(run: Run) -> Iterator[Run]:
    """Make `run` the current one inside the block. inf and nan are answers there, not warnings, as in PyTorch."""
    token = _current.set(run)
    try:
        with np.errstate(all="ignore"):
            yield run
    finally:
        _current.reset(token)


@contextlib.contextmanager
def grad_mode(enabled: bool) -> Iterator[None]:
    """Record (or do not record) the operations inside the block."""
    run = current()
    before, run.grad_enabled = run.grad_enabled, enabled
    try:
        yield
    finally:
        run.grad_enabled = before
