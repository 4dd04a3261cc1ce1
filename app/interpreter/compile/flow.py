"""`if`, `for`, `while` and `with`."""

from __future__ import annotations

import ast

from app.engine.errors import TorchError
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
        if type(manager) is not Instance:
            raise type_error(f"'{type_name(manager)}' object does not support the context manager protocol")
        return _in_student_manager(frame, manager, store, body, place)

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


def _in_student_manager(frame: Frame, manager: Instance, store: Store | None, body: Statement, place: Place) -> Signal:
    machine = frame.machine
    if MISSING in (manager.cls.find("__enter__"), manager.cls.find("__exit__")):
        raise type_error(f"'{manager.cls.name}' object does not support the context manager protocol")
    entered = special(machine, manager, "__enter__")
    try:
        if store is not None:
            store(frame, entered)
        signal = body(frame)
    except (TorchError, RaisedError) as error:
        problem = error if isinstance(error, RaisedError) else as_raised(machine, error)
        machine.run.here = place
        if truth(machine, special(machine, manager, "__exit__", problem.value.cls, problem.value, None)):
            return None
        raise problem from None
    return _after(machine, frame, manager, place, signal)


def _after(machine: Machine, frame: Frame, manager: Instance, place: Place, signal: Signal) -> Signal:
    result = frame.result
    machine.run.here = place
    special(machine, manager, "__exit__", None, None, None)
    frame.result = result
    return signal


STATEMENTS.update({ast.If: _if, ast.For: _for, ast.While: _while, ast.With: _with})
