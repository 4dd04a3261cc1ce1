"""JSON for reading: two spaces a level, and what fits on a line stays on it."""

from __future__ import annotations

import json
from typing import Any, Final

WIDTH: Final = 100


def pretty(value: Any, indent: str = "") -> str:
    """`value` as JSON; a list or an object is broken over lines only where it is longer than one."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= WIDTH or not isinstance(value, (list, dict)) or _is_row(value):
        return flat
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {pretty(part, deeper)}" for key, part in value.items()]
    else:
        parts = [pretty(part, deeper) for part in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{deeper}" + f",\n{deeper}".join(parts) + f"\n{indent}{closing}"


def _is_row(value: list[Any] | dict[str, Any]) -> bool:
    """A thousand numbers are one line, not a thousand."""
    return isinstance(value, list) and not any(isinstance(part, (list, dict)) for part in value)
