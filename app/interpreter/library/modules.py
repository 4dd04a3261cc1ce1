"""What `import` finds."""

from __future__ import annotations

from app.engine.errors import TorchError
from app.interpreter.library import storages  # noqa: F401  (fills the tables of the protocols)
from app.interpreter.library.deferred import resolve
from app.interpreter.library.host import HOST
from app.interpreter.library.mathematics import MATH_MODULE
from app.interpreter.library.nearest import about, unsupported
from app.interpreter.library.numpy import NUMPY_MODULE
from app.interpreter.library.offers import offered
from app.interpreter.library.torch import TORCH_MODULE, nested
from app.interpreter.machine import Machine
from app.interpreter.protocol import read
from app.interpreter.records import MISSING, Deferred, Instance, Namespace


def _others() -> dict[str, Namespace]:
    """The modules of Python's own library that ours writes in Python."""
    flat: dict[str, dict[str, object]] = {}
    for name, entry in offered().items():
        head, _, rest = name.partition(".")
        if head != "torch":
            flat.setdefault(head, {})[rest] = entry
    return {head: nested(head, entries) for head, entries in flat.items()}


MODULES = {"torch": TORCH_MODULE, "math": MATH_MODULE, "numpy": NUMPY_MODULE, **_others()}
OUTSIDE = """os sys subprocess socket shutil pathlib io ctypes importlib builtins inspect pickle threading
multiprocessing asyncio signal http urllib requests tempfile glob code gc marshal platform resource runpy"""


def find_module(machine: Machine, name: str) -> object:
    """The module `name`; an error that says what there is when we do not have it."""
    head, *rest = name.split(".")
    module = HOST if name == HOST.name and machine.is_library else MODULES.get(head)
    if module is None:
        if head in OUTSIDE.split():
            raise TorchError("ModuleNotFoundError", f"No module named '{head}' here", "blocked-name", name=head)
        error = TorchError("ModuleNotFoundError", f"not supported yet: import {name[:60]}")
        raise about(error, "unsupported-name", head, MODULES)
    found: object = module
    for part in rest:
        found = _below(machine, found, part)
    return found


def _below(machine: Machine, module: object, part: str) -> object:
    """The module `part` inside a module; an object of the library may stand for one."""
    if type(module) is not Namespace:
        return read(machine, module, part)
    found = module.entries.get(part, MISSING)
    if type(found) is Deferred:
        found = resolve(machine, found)
    if type(found) is not Namespace and type(found) is not Instance:
        raise unsupported(module.name, part, module.entries)
    return found


def every_name(module: Namespace) -> list[str]:
    """What `from module import *` binds."""
    return [name for name, entry in module.entries.items() if not name.startswith("_") and type(entry) is not Namespace]


def find_name(machine: Machine, module: object, name: str) -> object:
    """What `from module import name` binds."""
    if type(module) is not Namespace:
        return read(machine, module, name)
    found = module.entries.get(name, MISSING)
    if type(found) is Deferred:
        return resolve(machine, found)
    if found is MISSING:
        error = unsupported(module.name, name, module.entries)
        if error.type == "AttributeError":
            error.type, error.message = "ImportError", f"cannot import name '{name}' from '{module.name}'"
        raise error
    return found
