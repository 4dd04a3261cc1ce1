"""`"…%d…" % values`, parsed by ourselves: the host formats one plain value at a time."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from typing import Any

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.tensor import Tensor
from app.interpreter.budget import exceeded
from app.interpreter.errors import type_error
from app.interpreter.exceptions import raised
from app.interpreter.machine import Machine
from app.interpreter.natives.held import bare
from app.interpreter.primitive import host
from app.interpreter.protocol import CONDUCT
from app.interpreter.text import represent, to_text
from app.interpreter.types import NUMBERS, type_name

FIELD = re.compile(
    r"%(?:\((?P<name>[^)]*)\))?(?P<flags>[-+ #0]*)(?P<width>\d+|\*)?"
    r"(?:\.(?P<precision>\d+|\*))?[hlL]?(?P<kind>.)",
    re.DOTALL,
)
KINDS = frozenset("diouxXeEfFgGcrsa%")
WIDEST = {"width": 999, "precision": 99}


def percent(machine: Machine, template: str, values: Any) -> str:
    """`template % values`."""
    machine.budget.container(len(template))
    values = bare(values)
    mapping = values if type(values) is dict else None
    rest = iter(values if type(values) is tuple else (values,))
    pieces = []
    position = used = 0
    while (start := template.find("%", position)) >= 0:
        field = FIELD.match(template, start)
        if field is None:
            raise TorchError("ValueError", "incomplete format")
        pieces.append(template[position:start])
        piece = _field(machine, field, mapping, rest)
        machine.budget.container(len(piece))
        pieces.append(piece)
        used += field["kind"] != "%"
        position = field.end()
    if mapping is None and next(rest, machine) is not machine:
        raise type_error("not all arguments converted during string formatting")
    return "".join([*pieces, template[position:]])


def _field(machine: Machine, field: re.Match[str], mapping: Any, rest: Iterator[object]) -> str:
    kind = field["kind"]
    if kind not in KINDS:
        raise TorchError(
            "ValueError", f"unsupported format character '{kind}' ({ord(kind):#x}) at index {field.end() - 1}"
        )
    spec = "%" + field["flags"]
    for part, dot in (("width", ""), ("precision", ".")):
        if field[part] is not None:
            spec += dot + _size(machine, field[part], WIDEST[part], rest)
    if kind == "%":
        return "%"
    return _shown(machine, spec, kind, _value(machine, field["name"], mapping, rest))


def _size(machine: Machine, text: str, most: int, rest: Iterator[object]) -> str:
    size = _next(rest) if text == "*" else int(text[:9])
    if type(size) is not int:
        raise type_error("* wants int")
    if abs(size) > most:
        raise exceeded("size", machine.budget.limits.size)
    return str(size)


def _next(rest: Iterator[object]) -> object:
    for value in rest:
        return value
    raise type_error("not enough arguments for format string")


def _value(machine: Machine, name: str | None, mapping: Any, rest: Iterator[object]) -> object:
    if name is None:
        return _next(rest)
    if mapping is None:
        raise type_error("format requires a mapping")
    if name not in mapping:
        raise raised(machine, "KeyError", name)
    return mapping[name]


def _shown(machine: Machine, spec: str, kind: str, value: Any) -> str:
    if kind in "sra":
        text = to_text(machine, value) if kind == "s" else represent(machine, value)
        shown = text.encode("ascii", "backslashreplace").decode() if kind == "a" else text
        return str(host(operator.mod, f"{spec}s", shown))
    value = bare(value)
    if type(value) is Tensor:
        value = python.to_int(value) if kind in "diouxXc" else python.to_float(value)
    elif type(value) in CONDUCT:
        value = CONDUCT[type(value)].number(value, "int" if kind in "diouxXc" else "float")
    if type(value) not in NUMBERS and not (kind == "c" and type(value) is str):
        if kind in "diu" or kind in "oxX":
            wanted = "an integer" if kind in "oxX" else "a real number"
            raise type_error(f"%{kind} format: {wanted} is required, not {type_name(value)}")
        raise type_error("%c requires int or char" if kind == "c" else f"must be real number, not {type_name(value)}")
    return str(host(operator.mod, spec + kind, value))
