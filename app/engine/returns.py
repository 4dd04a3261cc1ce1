"""Results with named fields, such as those of `x.max(dim=1)`."""

from __future__ import annotations

from typing import Any


class ReturnType(tuple[Any, ...]):
    """A tuple whose fields have names; `name` is that of the operation."""

    name: str
    fields: tuple[str, ...]


def named(name: str, fields: tuple[str, ...], values: tuple[Any, ...]) -> ReturnType:
    """`torch.return_types.<name>` with these fields."""
    result = ReturnType(values)
    result.name = name
    result.fields = fields
    return result
