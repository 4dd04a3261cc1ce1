"""How arrays, numbers and element types print, by the options of the run."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.ndarray import NDArray
from app.interpreter.errors import type_error
from app.interpreter.library.numpy.exchange import Exchange
from app.interpreter.library.numpy.running import guarded
from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Keywords

NAMES = ("precision", "threshold", "edgeitems", "linewidth", "suppress", "nanstr", "infstr", "sign", "floatmode")
KEPT = "numpy.printing"
MOST = 4000
"""Numbers that one print may format; a threshold above it is one."""


def options(machine: Machine) -> dict[str, Any]:
    """What set_printoptions has changed in this run."""
    return machine.run.kept.setdefault(KEPT, {})  # type: ignore[return-value]


def set_options(machine: Machine, arguments: Arguments, keywords: Keywords) -> None:
    """np.set_printoptions."""
    given = _checked({**dict(zip(NAMES, arguments, strict=False)), **keywords})
    guarded(_tried, {**options(machine), **given})
    options(machine).update(given)


def _checked(given: dict[str, object]) -> dict[str, Any]:
    for name in given:
        if name not in NAMES:
            raise type_error(f"not supported yet: the printing option {name[:40]}")
    return {name: _option(value) for name, value in given.items() if value is not None}


def _option(value: object) -> object:
    return value if type(value) in (bool, int, float, str) else str(value)[:20]


def _tried(chosen: dict[str, Any]) -> None:
    with np.printoptions(**chosen):
        str(np.zeros(1))


def show(machine: Machine, array: NDArray, as_text: bool, given: dict[str, object] | None = None) -> str:
    """`str(array)` or `repr(array)`; `given` are options of this one call."""
    chosen = {**options(machine), **_checked(given or {})}
    host = array.host
    machine.budget.work(min(host.size, MOST))
    if host.size > MOST and chosen.get("threshold", 1000) >= MOST:
        machine.budget.output(host.size)
    return str(guarded(_shown, host, as_text, chosen))


def _shown(host: Any, as_text: bool, chosen: dict[str, Any]) -> str:
    with np.printoptions(**chosen):
        return str(host) if as_text else repr(host)


def represent(machine: Machine, value: Any, open: tuple[int, ...]) -> str:
    """`repr` of an array, a number or an element type."""
    if type(value) is NDArray:
        return show(machine, value, False)
    with np.printoptions(**options(machine)):
        return repr(value)


def to_text(machine: Machine, value: Any) -> str:
    """`str` of the same."""
    if type(value) is NDArray:
        return show(machine, value, True)
    return str(value)


def formatted(machine: Machine, value: Any, specification: str) -> str:
    """`format(value, specification)`."""
    host = Exchange(machine).host(value)
    if type(value) is NDArray and host.ndim:
        raise type_error("unsupported format string passed to numpy.ndarray.__format__")
    return str(guarded(format, host.item() if type(value) is NDArray else host, specification))
