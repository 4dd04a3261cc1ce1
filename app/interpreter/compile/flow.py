"""`if`, `for`, `while` and `with`."""

from __future__ import annotations

import ast
from collections.abc import Callable

from app.engine.errors import TorchError
from app.engine.hooks import Handle
from app.interpreter.calls import special
from app.interpreter.compile.conditions import condition
from app.interpreter.compile.context import BREAK, RETURN, STATEMENTS, Context, Signal, Statement, Store
from app.interpreter.errors import RaisedError, type_error
from app.interpreter.exceptions import as_raised
from app.interpreter.iteration import truth
from app.interpreter.machine import Frame, Machine
from app.interpreter.protocol import iterate
from app.interpreter.records import MISSING, Instance, Manager
from app.interpreter.source import Place
from app.interpreter.types import type_name

Leave = Callable[[RaisedError | None], bool]


def _if(context: Context, node: ast.If) -> Statement:
    """The whole `elif` chain at once, so that its length costs no depth."""
    branches = []
    while True:
        branches.append((condition(context, node.test), context.block(node.body)))
        if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
            break
        node = node.orelse[0]
    otherwise = context.block(node.orelse) if node.orelse else None

    def run(frame: Frame) -> Signal:
        step = frame.machine.budget.step
        for test, body in branches:
            step()
            if test(frame):
                return body(frame)
        return otherwise(frame) if otherwise is not None else None

    return run


def _for(context: Context, node: ast.For) -> Statement:
    source, store, body = context.expression(node.iter), context.target(node.target), context.block(node.body)
    otherwise = context.block(node.orelse) if node.orelse else None
    place = context.place(node.iter)

    def run(frame: Frame) -> Signal:
        value = source(frame)
        machine = frame.machine
        machine.run.here = place
        step = machine.budget.step
        for item in iterate(machine, value):
            step()
            store(frame, item)
            signal = body(frame)
            if signal is not None:
                if signal is BREAK:
                    return None
                if signal is RETURN:
                    return signal
            machine.run.here = place
        return otherwise(frame) if otherwise is not None else None

    return run


def _while(context: Context, node: ast.While) -> Statement:
    test, body = condition(context, node.test), context.block(node.body)
    otherwise = context.block(node.orelse) if node.orelse else None

    def run(frame: Frame) -> Signal:
        step = frame.machine.budget.step
        while test(frame):
            step()
            signal = body(frame)
            if signal is not None:
                if signal is BREAK:
                    return None
                if signal is RETURN:
                    return signal
        return otherwise(frame) if otherwise is not None else None

    return run


def _with(context: Context, node: ast.With) -> Statement:
    run = context.block(node.body)
    for item in reversed(node.items):
        run = _managed(context, item, run)
    return run


def _managed(context: Context, item: ast.withitem, body: Statement) -> Statement:
    source = context.expression(item.context_expr)
    store = None if item.optional_vars is None else context.target(item.optional_vars)
    place = context.place(item.context_expr)

    def run(frame: Frame) -> Signal:
        frame.machine.budget.step()
        manager = source(frame)
        frame.machine.run.here = place
        if type(manager) is Manager:
            return _in_library_manager(frame, manager, store, body)
        value, leave = entered(frame.machine, manager, place)
        try:
            if store is not None:
                store(frame, value)
            signal = body(frame)
        except (TorchError, RaisedError) as error:
            problem = error if isinstance(error, RaisedError) else as_raised(frame.machine, error)
            if leave(problem):
                return None
            raise problem from None
        return left(frame, leave, signal)

    return run


def _in_library_manager(frame: Frame, manager: Manager, store: Store | None, body: Statement) -> Signal:
    restore = manager.enter(frame.machine)
    try:
        if store is not None:
            store(frame, manager)
        return body(frame)
    except TorchError as error:
        raise as_raised(frame.machine, error) from None
    finally:
        restore()


def entered(machine: Machine, manager: object, place: Place) -> tuple[object, Leave]:
    """Enter a context manager: what `as` binds, and how to leave. Leaving says whether the error is swallowed."""
    if type(manager) is Manager:
        restore = manager.enter(machine)
        return manager, lambda error: bool(restore())
    if type(manager) is Handle:
        return manager, lambda error: manager.remove()
    if type(manager) is not Instance or manager.cls.find("__enter__") is MISSING:
        raise type_error(f"'{type_name(manager)}' object does not support the context manager protocol")
    if manager.cls.find("__exit__") is MISSING:
        shown = manager.cls.name
        raise type_error(f"'{shown}' object does not support the context manager protocol (missed __exit__ method)")
    return special(machine, manager, "__enter__"), lambda error: _exit(machine, manager, place, error)


def _exit(machine: Machine, manager: Instance, place: Place, error: RaisedError | None) -> bool:
    machine.run.here = place
    if error is None:
        special(machine, manager, "__exit__", None, None, None)
        return False
    machine.handling.append(error)
    try:
        return truth(machine, special(machine, manager, "__exit__", error.value.cls, error.value, None))
    finally:
        machine.handling.pop()


def left(frame: Frame, leave: Leave, signal: Signal) -> Signal:
    """Leave without an error; a value that is being returned stays what it was."""
    result = frame.result
    leave(None)
    frame.result = result
    return signal


STATEMENTS.update({ast.If: _if, ast.For: _for, ast.While: _while, ast.With: _with})
