"""Names and parameters of an application as a student would write them."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.operation import Operation

TITLES = {"rdiv": "div"}
"""Operations that exist once per order of their operands are one function to the student."""
SHOWN = frozenset(
    {
        "accumulate", "alpha", "base", "correction", "diagonal", "dim", "dim0", "dim1", "dims", "dtype", "exponent",
        "keepdim", "max", "min", "offset", "p", "repeats", "rounding", "shape", "sizes", "start", "length", "index",
    }
)  # fmt: skip
"""What PyTorch has a name for in many operations (one states what it alone has); the rest is an inner matter."""
RENAMED = {"dims": "dim", "sizes": "split_size", "rounding": "rounding_mode"}
SEVERAL = frozenset({"permute", "flip", "movedim"})
"""Operations whose `dims` PyTorch calls so too."""
SHAPELESS = frozenset({"matmul", "mm", "bmm", "mv", "dot", "outer", "contract", "place", "pick", "as_strided"})


def title(name: str) -> str:
    """The operation's name in the answer."""
    return TITLES.get(name, name)


def shown(operation: Operation, params: dict[str, Any]) -> dict[str, Any]:
    """What is worth showing: `{"dim": 1, "keepdim": false}`; nothing for a reduction of the whole tensor."""
    name = operation.name
    whole = params.get("given") is False
    out = {}
    for key in sorted(params, key=lambda key: key != "dims"):
        if (
            key not in SHOWN | operation.shows
            or (whole and key in ("dims", "keepdim"))
            or (key == "shape" and name in SHAPELESS)
        ):
            continue
        plain = _plain(params[key])
        if plain is None:
            continue
        if key == "dims" and name not in SEVERAL:
            plain = plain[0] if len(plain) == 1 else plain
        out[key if name in SEVERAL else RENAMED.get(key, key)] = plain
    return out


def _plain(value: Any) -> Any:
    if isinstance(value, np.dtype):
        return value.name
    if isinstance(value, np.ndarray):
        return value.tolist() if value.size <= 64 else None
    if isinstance(value, tuple):
        items = [_plain(item) for item in value]
        return None if any(item is None for item in items) else items
    return value if isinstance(value, (bool, int, float, str)) else None
