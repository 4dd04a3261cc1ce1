"""Taking the `yield` expressions out of a statement: each is replaced by the reading of what was sent."""

from __future__ import annotations

import ast

from app.interpreter.check.yields import OWN_SCOPE

CONDITIONAL = (ast.BoolOp, ast.IfExp, ast.Compare)


class Sent(ast.expr):
    """Stands where a `yield` stood: the value that was sent to it, kept under `name` in the frame."""

    name: str


def lift(holder: ast.AST, fields: tuple[str, ...]) -> list[tuple[ast.Yield | ast.YieldFrom, str]]:
    """The yields in these fields, in the order in which they happen, each with the name of what is sent to it.

    One that may or may not happen (`a and (yield)`) is left in place, and refused when it is compiled.
    """
    found: list[tuple[ast.Yield | ast.YieldFrom, str]] = []
    for field in fields:
        value = holder.__dict__.get(field)
        if isinstance(value, ast.expr):
            holder.__dict__[field] = _lifted(value, found)
        elif isinstance(value, list):
            value[:] = [_lifted(each, found) if isinstance(each, ast.expr) else each for each in value]
    return found


def _lifted(node: ast.expr, found: list[tuple[ast.Yield | ast.YieldFrom, str]]) -> ast.expr:
    if isinstance(node, (*OWN_SCOPE, *CONDITIONAL)):
        return node
    for name in node._fields:
        value = node.__dict__.get(name)
        if isinstance(value, ast.expr):
            node.__dict__[name] = _lifted(value, found)
        elif isinstance(value, list):
            value[:] = [_child(each, found) for each in value]
    if not isinstance(node, (ast.Yield, ast.YieldFrom)):
        return node
    sent = Sent()
    sent.name = f".sent{len(found)}:{node.lineno}:{node.col_offset}"
    found.append((node, sent.name))
    return ast.copy_location(sent, node)


def _child(node: object, found: list[tuple[ast.Yield | ast.YieldFrom, str]]) -> object:
    if isinstance(node, ast.expr):
        return _lifted(node, found)
    if isinstance(node, ast.keyword):
        node.value = _lifted(node.value, found)
    return node
