"""Which names the library's modules offer, and where a program finds them."""

from __future__ import annotations

from app.interpreter.records import Deferred

# module of the library          under                 names
OFFERS = """
torch.nn.modules.module        | torch.nn torch.nn.modules | Module
torch.nn.modules._registration |                 | Module
torch.nn.modules._conversion   |                 | Module
torch.nn.modules._hooks        |                 | Module
torch.nn.modules._state        |                 | Module
torch.utils.hooks              |                 | RemovableHandle
"""


def offered() -> dict[str, Deferred]:
    """By public dotted name. A module's own path is always one of them: torch.nn.modules.linear.Linear."""
    found: dict[str, Deferred] = {}
    for row in filter(None, (line.strip() for line in OFFERS.splitlines())):
        module, places, names = (part.strip() for part in row.split("|"))
        for name in names.split():
            for place in (module, *places.split()):
                found[f"{place}.{name}"] = Deferred(module, name)
    return found
