"""The rule of a relation in symbols. It follows from the operation, its shapes and its parameters alone, so the
formulas of earlier runs are kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.formula import symbol
from app.engine.node import Call
from app.engine.operation import Operation
from app.engine.relation.structure import Local, Structure, letter_of

KEPT = 4_096
"""How many formulas are kept; then they are all forgotten."""
_SIMPLE = (bool, int, float, str, type(None), np.dtype)
_known: dict[Any, Local] = {}
_written: dict[Any, str] = {}


def local(structure: Structure, call: Call, k: int, j: int) -> Local:
    """`structure.local`, from memory where a call like this one has been seen."""
    key = _key(structure, call, k, j)
    if key is None:
        return structure.local(call, k, j)
    found = _known.get(key)
    if found is None:
        if len(_known) >= KEPT:
            _known.clear()
        found = _known[key] = structure.local(call, k, j)
    return found


def forward(operation: Operation, call: Call) -> str:
    r"""What the operation computes, on its operands' letters, such as `\sin x`; from memory as well."""
    key = (operation, len(call.inputs), repr(call.params)) if all(map(_is_simple, call.params.values())) else None
    found = None if key is None else _written.get(key)
    if found is None:
        letters = [symbol(letter_of(call, k)) for k in range(len(call.inputs))]
        found = str(operation.tex(*letters, **call.params))
        if key is not None:
            if len(_written) >= KEPT:
                _written.clear()
            _written[key] = found
    return found


def _key(structure: Structure, call: Call, k: int, j: int) -> Any:
    """What the formula depends on; None for structures and parameters that hold arrays."""
    params = call.params
    if not all(map(_is_simple, params.values())):
        return None
    try:
        hash(structure)
    except TypeError:
        return None
    shapes = (tuple(x.shape for x in call.inputs), tuple(y.shape for y in call.outputs))
    return structure, k, j, shapes, repr(params)


def _is_simple(value: Any) -> bool:
    return all(map(_is_simple, value)) if isinstance(value, tuple) else isinstance(value, _SIMPLE)
