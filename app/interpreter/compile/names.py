"""Reading, binding and deleting variables."""

from __future__ import annotations

import ast

from app.engine.errors import TorchError
from app.interpreter.builtins import BUILTINS
from app.interpreter.check.names import BLOCKED
from app.interpreter.check.scope import Home
from app.interpreter.compile.context import EXPRESSIONS, TARGETS, Context, Expression, Statement, Store
from app.interpreter.library.deferred import resolve
from app.interpreter.library.nearest import about
from app.interpreter.machine import NAMED, Frame, Machine
from app.interpreter.records import MISSING, Deferred
from app.interpreter.source import Place


def _load(context: Context, node: ast.Name) -> Expression:
    home, up = context.scope.home(node.id)
    place = context.place(node)
    if home is Home.LOCAL:
        return _load_local(node.id, place)
    if home is Home.ENCLOSING:
        return _load_enclosing(node.id, up, place)
    if home is Home.CLASS:
        return _load_in_class(node.id, place)
    return _load_global(node.id, place)


def _load_local(name: str, place: Place) -> Expression:
    def run(frame: Frame) -> object:
        try:
            return frame.variables[name]
        except KeyError:
            frame.machine.run.here = place
            raise _unbound(name) from None

    return run


def _unbound(name: str) -> TorchError:
    return TorchError(
        "UnboundLocalError", f"cannot access local variable '{name}' where it is not associated with a value"
    )


def _load_enclosing(name: str, up: int, place: Place) -> Expression:
    def run(frame: Frame) -> object:
        try:
            return _above(frame, up).variables[name]
        except KeyError:
            frame.machine.run.here = place
            raise _free(name) from None

    return run


def _free(name: str) -> TorchError:
    return TorchError(
        "NameError",
        f"cannot access free variable '{name}' where it is not associated with a value in enclosing scope",
    )


def _above(frame: Frame, up: int) -> Frame:
    for _ in range(up):
        assert frame.parent is not None
        frame = frame.parent
    return frame


def _load_in_class(name: str, place: Place) -> Expression:
    load = _load_global(name, place)

    def run(frame: Frame) -> object:
        found = frame.variables.get(name, MISSING)
        return load(frame) if found is MISSING else found

    return run


def _load_global(name: str, place: Place) -> Expression:
    def run(frame: Frame) -> object:
        machine = frame.machine
        found = machine.globals.get(name, MISSING)
        if found is MISSING:
            found = BUILTINS.get(name, MISSING)
            if found is MISSING:
                machine.run.here = place
                raise undefined(machine, name, frame)
        if type(found) is Deferred:  # bound by `import *`, which runs no module
            found = machine.globals[name] = resolve(machine, found)
        return found

    return run


def undefined(machine: Machine, name: str, frame: Frame) -> TorchError:
    """NameError with the nearest name that is defined, or with what we say about a name that is kept away."""
    if name in BLOCKED:
        return TorchError("NameError", f"name '{name}' is not available here", "blocked-name", name=name)
    known = [*machine.globals, *frame.variables, *BUILTINS]
    error = TorchError("NameError", f"name '{name[:60]}' is not defined")
    return about(error, "undefined-name", name, known)


def store_name(context: Context, name: str) -> Store:
    """Bind a variable; the tape learns the name of a tensor."""
    home, up = context.scope.home(name)
    if home is Home.GLOBAL:
        return _store_global(name)
    if home is Home.ENCLOSING:
        return _store_enclosing(name, up)
    return _store_local(name)


def _store_local(name: str) -> Store:
    def run(frame: Frame, value: object) -> None:
        frame.variables[name] = value
        if type(value) in NAMED:
            frame.machine.named(value, name)

    return run


def _store_enclosing(name: str, up: int) -> Store:
    def run(frame: Frame, value: object) -> None:
        _above(frame, up).variables[name] = value
        if type(value) in NAMED:
            frame.machine.named(value, name)

    return run


def _store_global(name: str) -> Store:
    def run(frame: Frame, value: object) -> None:
        frame.machine.globals[name] = value
        if type(value) in NAMED:
            frame.machine.named(value, name)

    return run


def delete_name(context: Context, node: ast.Name) -> Statement:
    """`del name`; NameError when it is not bound."""
    home, up = context.scope.home(node.id)
    place = context.place(node)
    name = node.id

    def run(frame: Frame) -> None:
        variables = _above(frame, up).variables if home is not Home.GLOBAL else frame.machine.globals
        if variables.pop(name, MISSING) is MISSING:
            frame.machine.run.here = place
            if home is Home.GLOBAL or home is Home.CLASS:
                raise TorchError("NameError", f"name '{name}' is not defined")
            raise _unbound(name) if home is Home.LOCAL else _free(name)

    return run


def forget_name(context: Context, name: str) -> Statement:
    """Unbind a variable, bound or not: what becomes of the name in `except … as name`."""
    home, up = context.scope.home(name)

    def run(frame: Frame) -> None:
        variables = frame.machine.globals if home is Home.GLOBAL else _above(frame, up).variables
        variables.pop(name, None)

    return run


EXPRESSIONS[ast.Name] = _load
TARGETS[ast.Name] = lambda context, node: store_name(context, node.id)
