"""One table of rows for every operation of the engine: a call, its inputs, and numpy's own answer.

Every module here that has `ROWS` adds to it.
"""

from importlib import import_module
from pkgutil import iter_modules

from tests.engine.rows.row import Row

_modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
ROWS: list[Row] = [row for module in _modules for row in getattr(module, "ROWS", [])]
