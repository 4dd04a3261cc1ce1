"""Everything that a program may import and name, by module: what the table of the docs and the catalogue list."""

from __future__ import annotations

from collections.abc import Iterator

from app.interpreter.library.modules import MODULES
from app.interpreter.records import Namespace


def public_names() -> dict[str, list[str]]:
    """The names of every module, both in order. Names that start with an underscore are the library's own."""
    found = {module.name: sorted(names) for root in MODULES.values() for module, names in _walk(root)}
    return {name: found[name] for name in sorted(found) if found[name]}


def _walk(module: Namespace) -> Iterator[tuple[Namespace, list[str]]]:
    names = []
    for name, entry in module.entries.items():
        if name.startswith("_") and not name.startswith("__"):
            continue
        if type(entry) is Namespace:
            yield from _walk(entry)
        else:
            names.append(name)
    yield module, names
