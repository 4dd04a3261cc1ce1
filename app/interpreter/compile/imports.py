"""`import`: binds names of the fixed table of modules, nothing else."""

from __future__ import annotations

import ast

from app.engine.errors import TorchError
from app.interpreter.compile.context import STATEMENTS, Context, Statement
from app.interpreter.compile.names import store_name
from app.interpreter.library.modules import every_name, find_module, find_name
from app.interpreter.machine import Frame
from app.interpreter.records import Namespace


def _import(context: Context, node: ast.Import) -> Statement:
    parts = [
        (
            alias.name,
            alias.asname,
            store_name(context, alias.asname or alias.name.split(".")[0]),
            context.place(node),
        )
        for alias in node.names
    ]

    def run(frame: Frame) -> None:
        for name, renamed, store, place in parts:
            frame.machine.run.here = place
            frame.machine.budget.step()
            module = find_module(frame.machine, name)
            store(frame, module if renamed else find_module(frame.machine, name.split(".")[0]))

    return run


def _import_from(context: Context, node: ast.ImportFrom) -> Statement:
    module_name = node.module or ""
    place = context.place(node)
    parts = [(alias.name, store_name(context, alias.asname or alias.name)) for alias in node.names if alias.name != "*"]

    def run(frame: Frame) -> None:
        frame.machine.run.here = place
        frame.machine.budget.step(len(parts))
        if node.level:
            raise TorchError("ImportError", "attempted relative import with no known parent package")
        if module_name == "__future__":
            return
        module = find_module(frame.machine, module_name)
        if not parts:
            _import_all(frame, module)
        for name, store in parts:
            store(frame, find_name(frame.machine, module, name))

    return run


def _import_all(frame: Frame, module: object) -> None:
    """`from torch import *`, which Python allows at the top of a module only: every public name, without its run."""
    if type(module) is not Namespace:
        return
    names = every_name(module)
    frame.machine.budget.container(len(names))
    for name in names:
        frame.machine.globals[name] = module.entries[name]


STATEMENTS[ast.Import] = _import
STATEMENTS[ast.ImportFrom] = _import_from
