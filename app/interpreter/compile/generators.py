"""Generator functions: the statements between which a function may pause, as host generators.

Only statements that hold a `yield` are compiled this second way; the others run as everywhere. A `yield` inside an
expression is lifted out: it happens before the rest of its statement, which then reads what was sent.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Generator as HostGenerator
from dataclasses import dataclass
from typing import Any

from app.interpreter.check.lifting import Sent, lift
from app.interpreter.check.nodes import unsupported
from app.interpreter.check.yields import holds_yield
from app.interpreter.compile.conditions import condition
from app.interpreter.compile.context import (
    BREAK,
    EXPRESSIONS,
    RETURN,
    STATEMENTS,
    Context,
    Expression,
    Signal,
    Statement,
    Store,
)
from app.interpreter.compile.flow import entered, left
from app.interpreter.compile.matching import head_of
from app.interpreter.compile.trying import FAILURES, Handler, caught, chosen, handler_of
from app.interpreter.errors import RaisedError
from app.interpreter.generators import Source, delegated
from app.interpreter.machine import Frame
from app.interpreter.protocol import iterate
from app.interpreter.records import MISSING, Generator

Paused = HostGenerator[object, object, Signal]
Stream = Callable[[Frame], Paused]
STREAMS: dict[type, Callable[[Context, Any], Stream]] = {}


def generator_body(context: Context, node: ast.FunctionDef, qualname: str) -> Expression:
    """The body of a generator function: calling it makes the generator and runs nothing."""
    stream = _block(context, node.body)

    def items(frame: Frame) -> HostGenerator[object, object, object]:
        signal = yield from stream(frame)
        return frame.result if signal is RETURN else None

    return lambda frame: Generator(node.name, qualname, items(frame))


def _block(context: Context, nodes: list[ast.stmt]) -> Stream:
    parts: list[tuple[Statement | None, Stream | None]] = []
    for node in nodes:
        paused = holds_yield(node)
        parts.append((None, _stream(context, node)) if paused else (STATEMENTS[type(node)](context, node), None))

    def run(frame: Frame) -> Paused:
        for statement, stream in parts:
            signal = statement(frame) if statement else (yield from stream(frame)) if stream else None
            if signal is not None:
                return signal
        return None

    return run


def _stream(context: Context, node: ast.stmt) -> Stream:
    return STREAMS.get(type(node), _simple)(context, node)


@dataclass(frozen=True, slots=True)
class Point:
    """One `yield` of a statement: what it yields, and where what is sent is kept."""

    value: Expression
    name: str
    delegates: bool

    def run(self, frame: Frame) -> HostGenerator[object, object, None]:
        frame.machine.budget.step()
        value = self.value(frame)
        if self.delegates:
            frame.variables[self.name] = yield from _through(delegated(frame.machine, value))
        else:
            frame.variables[self.name] = yield value


def _through(source: Source) -> HostGenerator[object, object, object]:
    """`yield from`: pass on values, and what is sent or thrown."""
    item = source.next(None)
    while item is not MISSING:
        try:
            sent = yield item
        except RaisedError as error:
            item = source.throw(error)
        else:
            item = source.next(sent)
    return source.result


def _points(
    context: Context, holder: ast.AST, fields: tuple[str, ...]
) -> Callable[[Frame], HostGenerator[object, object, None]]:
    """Lift the yields out of these fields of a node; the stream that runs them in order."""
    points = [
        Point(_yielded(context, node), name, isinstance(node, ast.YieldFrom)) for node, name in lift(holder, fields)
    ]

    def run(frame: Frame) -> HostGenerator[object, object, None]:
        for point in points:
            yield from point.run(frame)

    return run


def _yielded(context: Context, node: ast.Yield | ast.YieldFrom) -> Expression:
    return (lambda frame: None) if node.value is None else context.expression(node.value)


def _simple(context: Context, node: ast.stmt) -> Stream:
    points = _points(context, node, node._fields)
    statement = STATEMENTS[type(node)](context, node)

    def run(frame: Frame) -> Paused:
        yield from points(frame)
        return statement(frame)

    return run


def _if(context: Context, node: ast.If) -> Stream:
    points = _points(context, node, ("test",))
    test, body, otherwise = condition(context, node.test), _block(context, node.body), _block(context, node.orelse)

    def run(frame: Frame) -> Paused:
        yield from points(frame)
        frame.machine.budget.step()
        return (yield from (body if test(frame) else otherwise)(frame))

    return run


def _while(context: Context, node: ast.While) -> Stream:
    points = _points(context, node, ("test",))
    test, body, otherwise = condition(context, node.test), _block(context, node.body), _block(context, node.orelse)

    def run(frame: Frame) -> Paused:
        while True:
            yield from points(frame)
            frame.machine.budget.step()
            if not test(frame):
                return (yield from otherwise(frame))
            signal = yield from body(frame)
            if signal is BREAK:
                return None
            if signal is RETURN:
                return signal

    return run


def _for(context: Context, node: ast.For) -> Stream:
    points = _points(context, node, ("iter",))
    source, store, body = context.expression(node.iter), context.target(node.target), _block(context, node.body)
    otherwise = _block(context, node.orelse)
    place = context.place(node.iter)

    def run(frame: Frame) -> Paused:
        yield from points(frame)
        value = source(frame)
        frame.machine.run.here = place
        for item in iterate(frame.machine, value):
            frame.machine.budget.step()
            store(frame, item)
            signal = yield from body(frame)
            if signal is BREAK:
                return None
            if signal is RETURN:
                return signal
            frame.machine.run.here = place
        return (yield from otherwise(frame))

    return run


def _with(context: Context, node: ast.With) -> Stream:
    run = _block(context, node.body)
    for item in reversed(node.items):
        run = _managed(context, item, run)
    return run


def _managed(context: Context, item: ast.withitem, body: Stream) -> Stream:
    points = _points(context, item, ("context_expr",))
    source = context.expression(item.context_expr)
    store: Store | None = None if item.optional_vars is None else context.target(item.optional_vars)
    place = context.place(item.context_expr)

    def run(frame: Frame) -> Paused:
        yield from points(frame)
        frame.machine.budget.step()
        manager = source(frame)
        frame.machine.run.here = place
        value, leave = entered(frame.machine, manager, place)
        try:
            if store is not None:
                store(frame, value)
            signal = yield from body(frame)
        except FAILURES as error:
            problem = caught(frame.machine, error)
            if leave(problem):
                return None
            raise problem from None
        return left(frame, leave, signal)

    return run


def _try(context: Context, node: ast.Try) -> Stream:
    body = _block(context, node.body)
    handlers = [(handler_of(context, each), _block(context, each.body)) for each in node.handlers]
    otherwise = _block(context, node.orelse)

    def run(frame: Frame) -> Paused:
        try:
            signal = yield from body(frame)
        except FAILURES as error:
            return (yield from _handle(frame, handlers, caught(frame.machine, error)))
        return signal if signal is not None else (yield from otherwise(frame))

    return _finally(run, _block(context, node.finalbody)) if node.finalbody else run


def _handle(frame: Frame, handlers: list[tuple[Handler, Stream]], error: RaisedError) -> Paused:
    """No host `finally` here: the host closes a forgotten generator when it likes, and `handling` is not its own."""
    machine = frame.machine
    for handler, body in handlers:
        if not chosen(frame, handler, error):
            continue
        machine.handling.append(error)
        try:
            signal = yield from body(frame)
        except FAILURES as problem:
            found = caught(machine, problem)
            machine.handling.pop()
            handler.forgotten(frame)
            raise found from None
        machine.handling.pop()
        handler.forgotten(frame)
        return signal
    raise error


def _finally(inner: Stream, last: Stream) -> Stream:
    def run(frame: Frame) -> Paused:
        try:
            signal = yield from inner(frame)
        except FAILURES as error:
            problem = caught(frame.machine, error)
            replaced = yield from last(frame)
            if replaced is not None:
                return replaced
            raise problem from None
        result = frame.result
        replaced = yield from last(frame)
        if replaced is not None:
            return replaced
        frame.result = result
        return signal

    return run


def _match(context: Context, node: ast.Match) -> Stream:
    points = _points(context, node, ("subject",))
    subject = context.expression(node.subject)
    cases = [(head_of(context, case), _block(context, case.body)) for case in node.cases]

    def run(frame: Frame) -> Paused:
        yield from points(frame)
        value = subject(frame)
        for fits, body in cases:
            frame.machine.budget.step(2)
            if fits(frame, value):
                return (yield from body(frame))
        return None

    return run


def _sent(context: Context, node: Sent) -> Expression:
    name = node.name
    return lambda frame: frame.variables.pop(name, None)


def _misplaced(context: Context, node: ast.expr) -> Expression:
    raise unsupported("yield inside this expression", node, context.source)


EXPRESSIONS.update({Sent: _sent, ast.Yield: _misplaced, ast.YieldFrom: _misplaced})
STREAMS.update({ast.If: _if, ast.While: _while, ast.For: _for, ast.With: _with, ast.Try: _try, ast.Match: _match})
