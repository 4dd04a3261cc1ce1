"""Constants, containers, conditions and formatted strings."""
from __future__ import annotations

import ast

from app.interpreter.compare import compare
from app.interpreter.compile.context import EXPRESSIONS, Context, Expression
from app.interpreter.compile.names import store_name
from app.interpreter.errors import type_error
from app.interpreter.formatting import format_value
from app.interpreter.hashing import key
from app.interpreter.iteration import truth
from app.interpreter.machine import Frame
from app.interpreter.operators import unary
from app.interpreter.protocol import collect
from app.interpreter.template import converted
from app.interpreter.types import type_name


def _constant(context: Context, node: ast.Constant) -> Expression:
    value = node.value
    return lambda frame: value


def _entries(context: Context, nodes: list[ast.expr]) -> Expression:
    """The values of a display as a fresh list."""
    if any(isinstance(node, ast.Starred) for node in nodes):
        return _spread_entries(context, nodes)
    entries = context.expressions(nodes)
    count = len(entries)

    def run(frame: Frame) -> list[object]:
        frame.machine.budget.container(count)
        return [entry(frame) for entry in entries]

    return run


def _spread_entries(context: Context, nodes: list[ast.expr]) -> Expression:
    starred = [isinstance(node, ast.Starred) for node in nodes]
    entries = [context.expression(node.value if isinstance(node, ast.Starred) else node) for node in nodes]
    places = [context.place(node) for node in nodes]

    def run(frame: Frame) -> list[object]:
        out: list[object] = []
        for entry, star, place in zip(entries, starred, places, strict=True):
            value = entry(frame)
            frame.machine.run.here = place
            if star:
                out.extend(collect(frame.machine, value))
            else:
                out.append(value)
        frame.machine.budget.container(len(out))
        return out

    return run


def _list(context: Context, node: ast.List) -> Expression:
    return _entries(context, node.elts)


def _tuple(context: Context, node: ast.Tuple) -> Expression:
    entries = _entries(context, node.elts)
    return lambda frame: tuple(entries(frame))  # type: ignore[arg-type]


def _set(context: Context, node: ast.Set) -> Expression:
    entries = _entries(context, node.elts)
    place = context.place(node)

    def run(frame: Frame) -> object:
        values = entries(frame)
        machine = frame.machine
        machine.run.here = place
        return {key(machine, value) for value in values}  # type: ignore[attr-defined]

    return run


def _dict(context: Context, node: ast.Dict) -> Expression:
    pairs = [
        (None if name is None else context.expression(name), context.expression(value))
        for name, value in zip(node.keys, node.values, strict=True)
    ]
    place = context.place(node)

    def run(frame: Frame) -> object:
        machine = frame.machine
        out: dict[object, object] = {}
        for name, value in pairs:
            if name is None:
                mapping = value(frame)
                machine.run.here = place
                if type(mapping) is not dict:
                    raise type_error(f"'{type_name(mapping)}' object is not a mapping")
                machine.budget.container(len(mapping))
                out.update(mapping)
            else:
                named = name(frame)
                entry = value(frame)
                machine.run.here = place
                out[key(machine, named)] = entry
        machine.budget.container(len(out))
        return out

    return run


def _slice(context: Context, node: ast.Slice) -> Expression:
    parts = [None if part is None else context.expression(part) for part in (node.lower, node.upper, node.step)]
    lower, upper, step = parts
    return lambda frame: slice(lower and lower(frame), upper and upper(frame), step and step(frame))


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


def _walrus(context: Context, node: ast.NamedExpr) -> Expression:
    value = context.expression(node.value)
    store = store_name(context, node.target.id)

    def run(frame: Frame) -> object:
        result = value(frame)
        store(frame, result)
        return result

    return run


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


EXPRESSIONS.update(
    {
        ast.Constant: _constant, ast.List: _list, ast.Tuple: _tuple, ast.Set: _set, ast.Dict: _dict,
        ast.Slice: _slice, ast.UnaryOp: _unary, ast.BoolOp: _boolean, ast.IfExp: _conditional,
        ast.Compare: _compare, ast.NamedExpr: _walrus, ast.JoinedStr: _joined, ast.FormattedValue: _formatted,
    }
)  # fmt: skip
