"""Running the cells of a program in one namespace, as a notebook does."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass, field

from app.engine.errors import LimitError, TorchError
from app.engine.forget import Memories
from app.engine.run import Notice, Run, activate
from app.interpreter.budget import Budget, exceeded
from app.interpreter.compile import Compiled, compile_cell
from app.interpreter.errors import ProgramError, RaisedError, RefusedError
from app.interpreter.exceptions import as_raised
from app.interpreter.library.host.module_walk import name_modules
from app.interpreter.library.nearest import settled
from app.interpreter.machine import Frame, Machine
from app.interpreter.source import Span, span_of
from app.interpreter.text import exception_text, represent

LOG = logging.getLogger(__name__)
HOST_DEPTH = 12_000  # the budgets of nesting and calls end a run long before this many host frames
LONGEST_MESSAGE = 2_000
OUT_OF_MEMORY = "the program needs more memory than there is (budget: memory)"
REENTERED = "generator already executing"
BUG = "the engine met an error of its own; the program is not to blame"


@dataclass
class CellResult:
    """What one cell did. `result` is the repr of a trailing expression as a notebook shows it."""

    stdout: str = ""
    result: str | None = None
    error: ProgramError | None = None
    notices: list[Notice] = field(default_factory=list)


@dataclass
class Execution:
    """A finished run: the cells' results, the engine's run with its tape, and the variables left."""

    cells: list[CellResult]
    run: Run
    namespace: dict[str, object]


def run_cells(
    cells: list[str], *, strict: bool = False, seed: int = 0, budget: Budget | None = None,
    focus: int | None = None,
) -> Execution:  # fmt: skip
    """Run the cells in order. A failing cell stops and the next goes on; after a LimitError none runs.

    `focus`: number of the backward call whose operations are to be kept, whatever their size.
    """
    budget = budget if budget is not None else Budget()
    run = Run(meter=budget, strict=strict)
    run.generator.manual_seed(seed)
    run.tape.focus = focus
    budget.memories = Memories(run)  # of the program's own tape: the library drops others
    machine = Machine(run, budget)
    if sys.getrecursionlimit() < HOST_DEPTH:
        sys.setrecursionlimit(HOST_DEPTH)
    results: list[CellResult] = []
    ended: ProgramError | None = None
    with activate(run):
        for number, text in enumerate(cells):
            if ended is not None:
                results.append(CellResult(error=ended))
                continue
            result = _run_cell(machine, text, number)
            results.append(result)
            if result.error is not None and result.error.type == "LimitError" and result.error.code == "limit":
                ended = result.error
    name_modules(machine)
    return Execution(results, run, machine.globals)


def _run_cell(machine: Machine, text: str, number: int) -> CellResult:
    result = CellResult()
    machine.out.clear()
    machine.trail.clear()
    machine.handling.clear()
    machine.run.here = None
    known = len(machine.run.notices)
    try:
        result.result = _evaluate(machine, compile_cell(text, number, machine.budget.limits))
    except RefusedError as error:
        result.error = ProgramError(error.type, error.message, error.code, error.values, error.span)
    except (TorchError, RaisedError) as error:
        result.error = _worded(machine, error)
    except LimitError as error:
        result.error = _limit_error(machine, error)
    except RecursionError:
        result.error = _limit_error(machine, exceeded("nesting", machine.budget.limits.nesting))
    except MemoryError:
        result.error = _limit_error(machine, LimitError("memory", 0, OUT_OF_MEMORY))
    except Exception as error:
        result.error = _host_error(machine, error)
    result.stdout = "".join(machine.out)
    result.notices = machine.run.notices[known:]
    return result


def _host_error(machine: Machine, error: Exception) -> ProgramError:
    """The one error of the host's that a program may cause; any other is a bug of ours."""
    if type(error) is ValueError and str(error) == REENTERED:
        return ProgramError("ValueError", REENTERED, None, {}, span_of(machine.run.here))
    LOG.error("a program met an error of the engine itself", exc_info=error)
    return ProgramError("EngineError", BUG, None, {}, span_of(machine.run.here))


def _evaluate(machine: Machine, compiled: Compiled) -> str | None:
    frame = Frame(machine, machine.globals)
    if compiled.body is not None:
        compiled.body(frame)
    if compiled.trailing is None:
        return None
    value = compiled.trailing(frame)
    if value is None:
        return None
    machine.run.here = compiled.place
    shown = represent(machine, value)
    machine.budget.output(len(shown))
    return shown


def _worded(machine: Machine, error: TorchError | RaisedError) -> ProgramError:
    """The program's error; its text may be the work of the program, which has budgets still."""
    try:
        return _program_error(machine, error)
    except LimitError as limit:
        return _limit_error(machine, limit)
    except RecursionError:
        return _limit_error(machine, exceeded("nesting", machine.budget.limits.nesting))


def _program_error(machine: Machine, error: TorchError | RaisedError) -> ProgramError:
    raised = as_raised(machine, error) if isinstance(error, TorchError) else error
    try:
        message = exception_text(machine, raised.value)
    except (TorchError, RaisedError):
        message = ""
    code, values = settled(raised.code, raised.values)
    return ProgramError(
        raised.value.cls.name,
        _short(message),
        code,
        values,
        span_of(raised.place),
        _calls(raised.trail),
    )


def _calls(trail: tuple[object, ...]) -> tuple[Span, ...]:
    return tuple(span for place in trail if (span := span_of(place)) is not None)


def _short(message: str) -> str:
    return message if len(message) <= LONGEST_MESSAGE else message[:LONGEST_MESSAGE] + "…"


def _limit_error(machine: Machine, error: LimitError) -> ProgramError:
    values: dict[str, object] = {"budget": error.budget, "limit": error.limit}
    return ProgramError("LimitError", error.message, "limit", values, span_of(machine.run.here))
