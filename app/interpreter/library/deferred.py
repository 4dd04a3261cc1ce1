"""The library's own modules: Python source that this interpreter runs, as it runs a student's.

What PyTorch writes in Python on top of its operations (nn modules, optimizers, schedulers, functional Jacobians, …)
we write in Python on top of ours: `python/torch/nn/modules/linear.py` is the module `torch.nn.modules.linear`. Such a
file imports what it needs as a program would, and `_host` for what only the host can do. Its text is read when the
server starts, compiled once per process, and run once per program, when the program first asks for one of its names.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from app.interpreter.check.scope import analyse
from app.interpreter.compile.context import Context, Statement
from app.interpreter.machine import Frame, Machine
from app.interpreter.paste import Line, Pasted
from app.interpreter.records import Deferred
from app.interpreter.source import Source

FOLDER = Path(__file__).with_name("python")
CELL = -1  # no cell of the program


def _texts() -> dict[str, str]:
    """The sources by the name of their module; `__init__.py` is its folder."""
    found = {}
    for path in sorted(FOLDER.rglob("*.py")):
        parts = path.relative_to(FOLDER).with_suffix("").parts
        found[".".join(parts)] = path.read_text(encoding="utf-8")
    return found


TEXTS = _texts()  # read at import: where programs run, no file may be opened


@cache
def compiled(module: str) -> Statement:
    """The body of a library module as a closure."""
    text = TEXTS[module]
    lines = text.split("\n")
    source = Source(CELL, Pasted(lines, [Line(line) for line in lines]))
    tree = ast.parse(text, filename=module)
    scopes = analyse(tree, source)
    return Context(source, scopes, scopes[tree]).block(list(tree.body))


def compile_all() -> None:
    """Compile every module now, so that no program waits for it."""
    for module in TEXTS:
        compiled(module)


def resolve(machine: Machine, deferred: Deferred) -> object:
    """What the library's module binds to the name; the module runs first if the program has not needed it yet."""
    view = machine.modules.get(deferred.module)
    if view is None:
        body = compiled(deferred.module)
        view = machine.module(deferred.module)
        body(Frame(view, view.globals))
    return view.globals[deferred.name]
