"""The methods of tuple and torch.Size."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from app.engine.tensor import Size
from app.interpreter.machine import Machine
from app.interpreter.methods.lists import count_of, index_of
from app.interpreter.records import Arguments, Keywords
from app.interpreter.signatures import positional

Run = Callable[[Machine, Any, Arguments, Keywords], object]


def _numel(machine: Machine, value: Size, arguments: Arguments, keywords: Keywords) -> int:
    positional("numel", arguments, keywords, 0, 0)
    machine.budget.bits(sum(entry.bit_length() for entry in value))
    return math.prod(value)


TUPLE: dict[str, Run] = {"index": index_of, "count": count_of}
SIZE: dict[str, Run] = {**TUPLE, "numel": _numel}
