"""Formatted strings."""

from __future__ import annotations

import ast

from app.interpreter.compile.context import EXPRESSIONS, Context, Expression
from app.interpreter.formatting import format_value
from app.interpreter.machine import Frame
from app.interpreter.template import converted


def _joined(context: Context, node: ast.JoinedStr) -> Expression:
    parts = context.expressions(node.values)

    def run(frame: Frame) -> str:
        pieces = [str(part(frame)) for part in parts]
        frame.machine.budget.container(sum(map(len, pieces)))
        return "".join(pieces)

    return run


def _formatted(context: Context, node: ast.FormattedValue) -> Expression:
    value = context.expression(node.value)
    spec = None if node.format_spec is None else context.expression(node.format_spec)
    place = context.place(node.value)
    conversion = "" if node.conversion < 0 else chr(node.conversion)

    def run(frame: Frame) -> str:
        shown = value(frame)
        specification = "" if spec is None else str(spec(frame))
        machine = frame.machine
        machine.run.here = place
        machine.budget.step()
        if conversion:
            shown = converted(machine, shown, conversion)
        return format_value(machine, shown, specification)

    return run


EXPRESSIONS.update({ast.JoinedStr: _joined, ast.FormattedValue: _formatted})
