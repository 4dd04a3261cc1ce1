"""Operators, attributes, calls and subscripts: what grows to the left, `a + b + c`, `x.sum().backward()`.

Such a chain is compiled into its innermost value and a list of steps, so its length costs no depth.
"""

from __future__ import annotations

import ast

from app.interpreter.compile.calls import call_step
from app.interpreter.compile.context import EXPRESSIONS, Context, Expression, Step
from app.interpreter.machine import Frame
from app.interpreter.operators import binary
from app.interpreter.protocol import read
from app.interpreter.subscripts import get_item

SYMBOLS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}  # fmt: skip


def _binary_step(context: Context, node: ast.BinOp) -> Step:
    symbol = SYMBOLS[type(node.op)]
    right = context.expression(node.right)
    place = context.place(node)

    def step(frame: Frame, left: object) -> object:
        other = right(frame)
        machine = frame.machine
        machine.run.here = place
        machine.budget.step()
        return binary(machine, symbol, left, other)

    return step


def _attribute_step(context: Context, node: ast.Attribute) -> Step:
    name = node.attr
    place = context.place(node)

    def step(frame: Frame, value: object) -> object:
        machine = frame.machine
        machine.run.here = place
        machine.budget.step()
        return read(machine, value, name)

    return step


def _subscript_step(context: Context, node: ast.Subscript) -> Step:
    index = context.expression(node.slice)
    place = context.place(node)

    def step(frame: Frame, value: object) -> object:
        at = index(frame)
        machine = frame.machine
        machine.run.here = place
        machine.budget.step()
        return get_item(machine, value, at)

    return step


def _spine(context: Context, node: ast.expr) -> Expression:
    steps: list[Step] = []
    while True:
        if isinstance(node, ast.BinOp):
            steps.append(_binary_step(context, node))
            node = node.left
        elif isinstance(node, ast.Attribute):
            steps.append(_attribute_step(context, node))
            node = node.value
        elif isinstance(node, ast.Call):
            steps.append(call_step(context, node))
            node = node.func
        elif isinstance(node, ast.Subscript):
            steps.append(_subscript_step(context, node))
            node = node.value
        else:
            return _chained(context.expression(node), steps[::-1])


def _chained(base: Expression, steps: list[Step]) -> Expression:
    if len(steps) == 1:
        only = steps[0]
        return lambda frame: only(frame, base(frame))
    if len(steps) == 2:
        first, second = steps
        return lambda frame: second(frame, first(frame, base(frame)))

    def run(frame: Frame) -> object:
        value = base(frame)
        for step in steps:
            value = step(frame, value)
        return value

    return run


for kind in (ast.BinOp, ast.Attribute, ast.Call, ast.Subscript):
    EXPRESSIONS[kind] = _spine
