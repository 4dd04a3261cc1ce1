"""Assignments, expression statements, deletion, assert, return and the statements that do nothing at run time."""

from __future__ import annotations

import ast

from app.interpreter.compile.conditions import condition
from app.interpreter.compile.context import (
    BREAK,
    CONTINUE,
    RETURN,
    STATEMENTS,
    Context,
    Expression,
    Signal,
    Statement,
)
from app.interpreter.compile.names import delete_name, store_name
from app.interpreter.compile.spines import SYMBOLS
from app.interpreter.compile.targets import dotted, name_attribute
from app.interpreter.exceptions import raised
from app.interpreter.machine import Frame
from app.interpreter.operators import in_place
from app.interpreter.protocol import delete, read, write
from app.interpreter.subscripts import delete_item, get_item, set_item


def _expression(context: Context, node: ast.Expr) -> Statement:
    value = context.expression(node.value)

    def run(frame: Frame) -> None:
        frame.machine.budget.step()
        value(frame)

    return run


def _assign(context: Context, node: ast.Assign) -> Statement:
    value = context.expression(node.value)
    stores = [context.target(target) for target in node.targets]
    if len(stores) == 1:
        return _bind(value, stores[0])

    def run(frame: Frame) -> None:
        frame.machine.budget.step()
        result = value(frame)
        for store in stores:
            store(frame, result)

    return run


def _bind(value: Expression, store: object) -> Statement:
    assert callable(store)

    def run(frame: Frame) -> None:
        frame.machine.budget.step()
        store(frame, value(frame))

    return run


def _annotated(context: Context, node: ast.AnnAssign) -> Statement:
    bind = _nothing if node.value is None else _bind(context.expression(node.value), context.target(node.target))
    if context.scope.kind != "class" or not isinstance(node.target, ast.Name):
        return bind
    name, kind = node.target.id, ast.unparse(node.annotation)

    def run(frame: Frame) -> None:
        """In a class what is annotated is kept, as text: it is what a dataclass is made of."""
        kinds = frame.variables.setdefault("__annotations__", {})
        assert type(kinds) is dict
        kinds[name] = kind
        bind(frame)

    return run


def _nothing(frame: Frame) -> None:
    return None


def _augmented(context: Context, node: ast.AugAssign) -> Statement:
    if isinstance(node.target, ast.Name):
        return _augmented_name(context, node, node.target)
    if isinstance(node.target, ast.Attribute):
        return _augmented_attribute(context, node, node.target)
    return _augmented_item(context, node, node.target)


def _augmented_name(context: Context, node: ast.AugAssign, target: ast.Name) -> Statement:
    load = context.expression(ast.copy_location(ast.Name(target.id, ast.Load()), target))
    value = context.expression(node.value)
    store = store_name(context, target.id)
    symbol, place = SYMBOLS[type(node.op)], context.place(node)

    def run(frame: Frame) -> None:
        old, other = load(frame), value(frame)
        machine = frame.machine
        machine.run.here = place
        machine.budget.step(2)
        store(frame, in_place(machine, symbol, old, other))

    return run


def _augmented_attribute(context: Context, node: ast.AugAssign, target: ast.Attribute) -> Statement:
    owner = context.expression(target.value)
    value = context.expression(node.value)
    symbol, place, name, shown = SYMBOLS[type(node.op)], context.place(node), target.attr, dotted(target)

    def run(frame: Frame) -> None:
        held = owner(frame)
        machine = frame.machine
        machine.run.here = place
        old = read(machine, held, name)
        other = value(frame)
        machine.run.here = place
        machine.budget.step(2)
        new = in_place(machine, symbol, old, other)
        write(machine, held, name, new)
        name_attribute(machine, held, shown, new)

    return run


def _augmented_item(context: Context, node: ast.AugAssign, target: ast.Subscript) -> Statement:
    container = context.expression(target.value)
    index = context.expression(target.slice)
    value = context.expression(node.value)
    symbol, place = SYMBOLS[type(node.op)], context.place(node)

    def run(frame: Frame) -> None:
        held, at = container(frame), index(frame)
        machine = frame.machine
        machine.run.here = place
        old = get_item(machine, held, at)
        other = value(frame)
        machine.run.here = place
        machine.budget.step(2)
        set_item(machine, held, at, in_place(machine, symbol, old, other))

    return run


def _delete(context: Context, node: ast.Delete) -> Statement:
    deletions = [_deletion(context, target) for target in node.targets]

    def run(frame: Frame) -> None:
        frame.machine.budget.step()
        for deletion in deletions:
            deletion(frame)

    return run


def _deletion(context: Context, target: ast.expr) -> Statement:
    if isinstance(target, ast.Name):
        return delete_name(context, target)
    if isinstance(target, (ast.Tuple, ast.List)):
        parts = [_deletion(context, part) for part in target.elts]
        return lambda frame: next((None for part in parts if part(frame)), None)
    place = context.place(target)
    assert isinstance(target, (ast.Attribute, ast.Subscript))
    owner = context.expression(target.value)
    index = context.expression(target.slice) if isinstance(target, ast.Subscript) else None
    name = "" if isinstance(target, ast.Subscript) else target.attr

    def run(frame: Frame) -> None:
        held = owner(frame)
        at = index(frame) if index else None
        frame.machine.run.here = place
        if index:
            delete_item(frame.machine, held, at)
        else:
            delete(frame.machine, held, name)

    return run


def _assert(context: Context, node: ast.Assert) -> Statement:
    test = condition(context, node.test)
    message = None if node.msg is None else context.expression(node.msg)
    place = context.place(node)

    def run(frame: Frame) -> None:
        frame.machine.budget.step()
        if not test(frame):
            arguments = () if message is None else (message(frame),)
            frame.machine.run.here = place
            raise raised(frame.machine, "AssertionError", *arguments)

    return run


def _return(context: Context, node: ast.Return) -> Statement:
    if node.value is None:
        return lambda frame: RETURN
    value = context.expression(node.value)

    def run(frame: Frame) -> Signal:
        frame.machine.budget.step()
        frame.result = value(frame)
        return RETURN

    return run


STATEMENTS.update(
    {
        ast.Expr: _expression, ast.Assign: _assign, ast.AnnAssign: _annotated, ast.AugAssign: _augmented,
        ast.Delete: _delete, ast.Assert: _assert, ast.Return: _return,
        ast.Pass: lambda context, node: _nothing,
        ast.Global: lambda context, node: _nothing,
        ast.Nonlocal: lambda context, node: _nothing,
        ast.Break: lambda context, node: lambda frame: BREAK,
        ast.Continue: lambda context, node: lambda frame: CONTINUE,
    }
)  # fmt: skip
