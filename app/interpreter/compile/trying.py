"""`try` and `raise`. A limit is not caught here: no student code runs after it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from app.engine.errors import TorchError
from app.interpreter.budget import RAISE_STEPS
from app.interpreter.compile.context import STATEMENTS, Context, Expression, Signal, Statement, Store
from app.interpreter.compile.names import forget_name, store_name
from app.interpreter.errors import RaisedError, type_error
from app.interpreter.exceptions import BASE, as_raised, in_context, is_exception, raised
from app.interpreter.machine import Frame, Machine
from app.interpreter.protocol import call
from app.interpreter.records import Class, Instance
from app.interpreter.source import Place

FAILURES = (TorchError, RaisedError)


@dataclass(frozen=True, slots=True)
class Handler:
    """What one `except` catches and the name it binds; `kind` None catches all."""

    kind: Expression | None
    place: Place
    store: Store | None
    forget: Statement | None

    def forgotten(self, frame: Frame) -> None:
        """The name of the exception ends with the handler."""
        if self.forget is not None:
            self.forget(frame)


def handler_of(context: Context, node: ast.ExceptHandler) -> Handler:
    """The head of one `except`."""
    return Handler(
        None if node.type is None else context.expression(node.type),
        context.place(node.type or node),
        None if node.name is None else store_name(context, node.name),
        None if node.name is None else forget_name(context, node.name),
    )


def caught(machine: Machine, error: Exception) -> RaisedError:
    """An error that student code may handle, as the exception that it is to it."""
    machine.budget.step(RAISE_STEPS)
    if isinstance(error, TorchError):
        return as_raised(machine, error)
    assert isinstance(error, RaisedError)
    return error


def _try(context: Context, node: ast.Try) -> Statement:
    body = context.block(node.body)
    handlers = [(handler_of(context, handler), context.block(handler.body)) for handler in node.handlers]
    otherwise = context.block(node.orelse) if node.orelse else None

    def run(frame: Frame) -> Signal:
        try:
            signal = body(frame)
        except FAILURES as error:
            return _handle(frame, handlers, caught(frame.machine, error))
        return otherwise(frame) if signal is None and otherwise is not None else signal

    return _finally(run, context.block(node.finalbody)) if node.finalbody else run


def _handle(frame: Frame, handlers: list[tuple[Handler, Statement]], error: RaisedError) -> Signal:
    machine = frame.machine
    for handler, body in handlers:
        if not chosen(frame, handler, error):
            continue
        machine.handling.append(error)
        try:
            return body(frame)
        except TorchError as problem:
            raise as_raised(machine, problem) from None
        finally:
            machine.handling.pop()
            handler.forgotten(frame)
    raise error


def chosen(frame: Frame, handler: Handler, error: RaisedError) -> bool:
    """Whether the handler catches the error; its name is bound if so."""
    if handler.kind is not None:
        kind = handler.kind(frame)
        frame.machine.run.here = handler.place
        if not _matches(frame.machine, error.value, kind):
            return False
    if handler.store is not None:
        handler.store(frame, error.value)
    return True


def _matches(machine: Machine, value: Instance, kind: object) -> bool:
    kinds = kind if type(kind) is tuple else (kind,)
    machine.budget.step(len(kinds))
    for each in kinds:
        if type(each) is not Class or not each.derives(BASE):
            raise type_error("catching classes that do not inherit from BaseException is not allowed")
    return any(value.cls.derives(each) for each in kinds)


def _finally(inner: Statement, last: Statement) -> Statement:
    def run(frame: Frame) -> Signal:
        machine = frame.machine
        try:
            signal = inner(frame)
        except FAILURES as error:
            problem = caught(machine, error)
            replaced = last(frame)
            if replaced is not None:
                return replaced
            raise problem from None
        result = frame.result
        replaced = last(frame)
        if replaced is not None:
            return replaced
        frame.result = result
        return signal

    return run


def _raise(context: Context, node: ast.Raise) -> Statement:
    exception = None if node.exc is None else context.expression(node.exc)
    cause = None if node.cause is None else context.expression(node.cause)
    place = context.place(node)

    def run(frame: Frame) -> Signal:
        machine = frame.machine
        machine.budget.step(RAISE_STEPS)
        value = None if exception is None else exception(frame)
        because = None if cause is None else cause(frame)
        machine.run.here = place
        if exception is None:
            raise _again(machine)
        value = _made(machine, value, "exceptions must derive from BaseException")
        if cause is not None:
            because = because and _made(machine, because, "exception causes must derive from BaseException")
            value.attributes.update({"__cause__": because, "__suppress_context__": True})
        machine.run.here = place
        raise RaisedError(in_context(machine, value), machine.run.here, tuple(machine.trail))  # in a library: the call

    return run


def _made(machine: Machine, value: object, otherwise: str) -> Instance:
    """An exception, made now when its class is given."""
    if type(value) is Class and value.derives(BASE):
        value = call(machine, value, [])
    if type(value) is not Instance or not is_exception(value):
        raise type_error(otherwise)
    return value


def _again(machine: Machine) -> RaisedError:
    if machine.handling:
        return machine.handling[-1]
    return raised(machine, "RuntimeError", "No active exception to reraise")


STATEMENTS.update({ast.Try: _try, ast.Raise: _raise})
