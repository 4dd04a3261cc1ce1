"""Constants, containers, slices and `:=`."""

from __future__ import annotations

import ast

from app.interpreter.builtins.constructors import as_mapping
from app.interpreter.compile.context import EXPRESSIONS, Context, Expression
from app.interpreter.compile.names import store_name
from app.interpreter.errors import type_error
from app.interpreter.hashing import key
from app.interpreter.machine import Frame
from app.interpreter.protocol import collect
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
                given = value(frame)
                machine.run.here = place
                mapping = as_mapping(machine, given)
                if mapping is None:
                    raise type_error(f"'{type_name(given)}' object is not a mapping")
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


def _walrus(context: Context, node: ast.NamedExpr) -> Expression:
    value = context.expression(node.value)
    store = store_name(context, node.target.id)

    def run(frame: Frame) -> object:
        result = value(frame)
        store(frame, result)
        return result

    return run


EXPRESSIONS.update(
    {
        ast.Constant: _constant, ast.List: _list, ast.Tuple: _tuple, ast.Set: _set, ast.Dict: _dict,
        ast.Slice: _slice, ast.NamedExpr: _walrus,
    }
)  # fmt: skip
