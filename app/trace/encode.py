"""JSON for the wire: strict, whatever a program put into a string, a float or an integer."""

from __future__ import annotations

import json
import re
from typing import Any

LARGEST = 2**53
"""The largest integer up to which every integer is a JavaScript number."""
_LONG = re.compile(r"[\[:,]-?\d{16}")


def encode(data: Any) -> bytes:
    """UTF-8 JSON without NaN literals, lone surrogates or integers that JavaScript would round."""
    try:
        text = _dumped(data)
    except ValueError:
        text = _dumped(_safe(data))
    if _LONG.search(text):
        text = _dumped(_safe(data))
    return text.encode("utf-8", "replace")


def _dumped(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _safe(data: Any) -> Any:
    kind = type(data)
    if kind is dict:
        return {key: _safe(value) for key, value in data.items()}
    if kind is list:
        return [_safe(item) for item in data]
    if kind is float:
        return data if data - data == 0 else {"inf": "Infinity", "-inf": "-Infinity"}.get(str(data), "NaN")
    if kind is int and abs(data) > LARGEST:
        return str(data)
    return data
