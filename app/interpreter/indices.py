"""What counts as an integer: tensors of one, and objects that say so."""

from __future__ import annotations

from app.engine.ops import python
from app.engine.tensor import Tensor
from app.interpreter.calls import special
from app.interpreter.errors import type_error
from app.interpreter.machine import Machine
from app.interpreter.protocol import CONDUCT
from app.interpreter.records import MISSING, Instance
from app.interpreter.types import type_name


def integer(machine: Machine, value: object) -> object:
    """The number of what counts as an integer (`__index__`); anything else as it is."""
    if type(value) is Tensor:
        return python.index(value)
    if type(value) in CONDUCT:
        return CONDUCT[type(value)].number(value, "index")
    if type(value) is not Instance:
        return value
    result = special(machine, value, "__index__")
    if result is MISSING:
        return value
    if type(result) is not int:
        raise type_error(f"__index__ returned non-int (type {type_name(result)})")
    return result
