"""JSON for the wire: strict, whatever a program put into a string or an integer."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 2**53
"""The largest integer up to which every integer is a JavaScript number."""


def encode(data: Any) -> bytes:
    """UTF-8 JSON without NaN literals, lone surrogates or integers that JavaScript would round."""
    text = json.dumps(_safe(data), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def _safe(data: Any) -> Any:
    """Params and texts come from the program; columns of numbers are safe already and are passed as they are."""
    kind = type(data)
    if kind is dict:
        return {key: _safe(value) for key, value in data.items()}
    if kind is list:
        return data if data and type(data[0]) in (float, str) else [_safe(item) for item in data]
    if kind is float:
        return data if data - data == 0 else {"inf": "Infinity", "-inf": "-Infinity"}.get(str(data), "NaN")
    if kind is int and abs(data) > LARGEST:
        return str(data)
    return data
