"""Format specifications: `f"{x:.3f}"`, `format(x, ".3f")` and the fields of `str.format`."""

from __future__ import annotations

import re

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.tensor import Tensor
from app.interpreter.budget import exceeded
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.primitive import host
from app.interpreter.protocol import CONDUCT
from app.interpreter.records import MISSING, Instance
from app.interpreter.text import to_text
from app.interpreter.types import type_name

SPEC = re.compile(r"(.?[<>=^])?[-+ ]?z?#?0?\d{0,3}[,_]?(\.\d{0,2})?[bcdeEfFgGnosxX%]?", re.DOTALL)
LONG_NUMBER = re.compile(r"\d{4,}")
WIDEST = 999
FORMATTED = frozenset({str, int, float, bool})


def format_value(machine: Machine, value: object, spec: str) -> str:
    """`format(value, spec)`; ValueError for a spec that Python does not know."""
    kind = type(value)
    if kind is Instance:
        own = special(machine, value, "__format__", spec)
        if own is not MISSING:
            if type(own) is not str:
                raise type_error(f"__format__ must return a str, not {type_name(own)}")
            return own
    if kind is Tensor and (spec or value.is_number):  # type: ignore[attr-defined]
        _check(machine, spec, "Tensor")
        return python.format_tensor(value, spec)  # type: ignore[arg-type]
    if not spec:
        return to_text(machine, value)
    if kind in CONDUCT:
        _check(machine, spec, type_name(value))
        return CONDUCT[kind].format(machine, value, spec)
    if kind not in FORMATTED:
        raise type_error(f"unsupported format string passed to {type_name(value)}.__format__")
    _check(machine, spec, type_name(value))
    machine.budget.container(len(value) if kind is str else 0)  # type: ignore[arg-type]
    return host(format, value, spec)


def _check(machine: Machine, spec: str, shown: str) -> None:
    if SPEC.fullmatch(spec) is None:
        if LONG_NUMBER.search(spec):
            raise exceeded("size", machine.budget.limits.size)
        if SPEC.fullmatch(spec[:-1]) and spec[-1].isalpha():
            raise TorchError("ValueError", f"Unknown format code '{spec[-1]}' for object of type '{shown}'")
        raise TorchError("ValueError", f"Invalid format specifier '{spec[:60]}' for object of type '{shown}'")
    machine.budget.container(WIDEST if len(spec) > 1 and any(c.isdigit() for c in spec) else 0)
