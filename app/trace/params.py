"""The parameters of an application as a student would write them."""

from __future__ import annotations

from typing import Any

import numpy as np

HIDDEN = frozenset(
    {"n", "given", "spec", "source", "pattern", "places", "form", "listed", "filler", "back", "reverse"}
)
RENAMED = {"dims": "dim", "sizes": "split_size"}
SHAPELESS = frozenset({"matmul", "mm", "bmm", "mv", "dot", "outer", "contract", "place", "pick", "as_strided"})


def shown(name: str, params: dict[str, Any]) -> dict[str, Any]:
    """What is worth showing: `{"dim": [1], "keepdim": false}`; nothing for a reduction of the whole tensor."""
    if params.get("given") is False:
        params = {key: value for key, value in params.items() if key not in ("dims", "keepdim")}
    out = {}
    for key, value in params.items():
        if key in HIDDEN or (key == "shape" and name in SHAPELESS):
            continue
        plain = _plain(value)
        if plain is not None:
            out[RENAMED.get(key, key)] = plain
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
