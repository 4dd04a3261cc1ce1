"""Unary operators, `and`, `or`, comparisons and conditional expressions."""

from __future__ import annotations

import ast

from app.interpreter.compare import compare
from app.interpreter.compile.context import EXPRESSIONS, Context, Expression
from app.interpreter.iteration import truth
from app.interpreter.machine import Frame
from app.interpreter.operators import unary

UNARY: dict[type, str] = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}


def _unary(context: Context, node: ast.UnaryOp) -> Expression:
    operand = context.expression(node.operand)
    place = context.place(node)
    negate = isinstance(node.op, ast.Not)
    symbol = UNARY.get(type(node.op), "")

    def run(frame: Frame) -> object:
        value = operand(frame)
        machine = frame.machine
        machine.run.here = place
        machine.budget.step()
        return not truth(machine, value) if negate else unary(machine, symbol, value)

    return run


def _boolean(context: Context, node: ast.BoolOp) -> Expression:
    first, *others = context.expressions(node.values)
    place = context.place(node)
    stops_at = isinstance(node.op, ast.Or)

    def run(frame: Frame) -> object:
        value = first(frame)
        machine = frame.machine
        for other in others:
            machine.run.here = place
            machine.budget.step()
            if truth(machine, value) is stops_at:
                return value
            value = other(frame)
        return value

    return run


def condition(context: Context, node: ast.expr) -> Expression:
    """A closure that gives True or False: the test of `if`, `while`, `assert`, a comprehension."""
    test = context.expression(node)
    place = context.place(node)

    def run(frame: Frame) -> bool:
        value = test(frame)
        if value is True or value is False:
            return value
        machine = frame.machine
        machine.run.here = place
        return truth(machine, value)

    return run


def _conditional(context: Context, node: ast.IfExp) -> Expression:
    test = condition(context, node.test)
    body = context.expression(node.body)
    other = context.expression(node.orelse)
    return lambda frame: body(frame) if test(frame) else other(frame)


SYMBOLS: dict[type, str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is",
    ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def _compare(context: Context, node: ast.Compare) -> Expression:
    left = context.expression(node.left)
    links = [
        (SYMBOLS[type(op)], context.expression(other)) for op, other in zip(node.ops, node.comparators, strict=True)
    ]
    place = context.place(node)
    last = len(links) - 1

    def run(frame: Frame) -> object:
        value = left(frame)
        machine = frame.machine
        result: object = True
        for index, (symbol, expression) in enumerate(links):
            other = expression(frame)
            machine.run.here = place
            machine.budget.step()
            result = compare(machine, symbol, value, other)
            if index != last and not truth(machine, result):
                return result
            value = other
        return result

    return run


EXPRESSIONS.update({ast.UnaryOp: _unary, ast.BoolOp: _boolean, ast.IfExp: _conditional, ast.Compare: _compare})
