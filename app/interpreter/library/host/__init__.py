"""What the library's Python source cannot do in Python: the entries of `import _host`. Programs cannot import it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from app.interpreter.machine import Machine
from app.interpreter.records import Arguments, Builtin, Keywords, Namespace

HOST = Namespace("_host", {})
Primitive = Callable[[Machine, Arguments, Keywords], object]


def primitive(name: str) -> Callable[[Primitive], Primitive]:
    """Offer a host function to the library as `_host.name`; it gets the caller's view of the machine."""

    def register(run: Primitive) -> Primitive:
        HOST.entries[name] = Builtin(name, run)
        return run

    return register


# Importing a file of primitives fills HOST. A new one is found here by itself.
for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)
