"""Where the operands of an operator or call stand: how the trace labels the constant 2 in `x + 2`."""

from __future__ import annotations

import ast

from app.interpreter.source import Place, Span, source_of, span_of


def argument_spans(here: object) -> dict[int | str, tuple[Span, str]]:
    """Span and source text of each operand of the operation written at `here`.

    Operators count left 0, right 1; the receiver of a method is 0 and its positional arguments follow; a
    function's arguments count from 0; a keyword argument has its name. Nothing behind `*rest` has a number.
    """
    if type(here) is not Place:
        return {}
    out: dict[int | str, tuple[Span, str]] = {}
    for key, node in _operands(here.node, here.method):
        place = Place(here.source, node)
        span = span_of(place)
        if span is not None:
            out[key] = (span, source_of(place))
    return out


def _operands(node: ast.AST, method: bool) -> list[tuple[int | str, ast.expr]]:
    if isinstance(node, ast.BinOp):
        return [(0, node.left), (1, node.right)]
    if isinstance(node, ast.UnaryOp):
        return [(0, node.operand)]
    if isinstance(node, ast.AugAssign):
        return [(0, node.target), (1, node.value)]
    if isinstance(node, ast.Compare):
        return list(enumerate([node.left, *node.comparators]))
    if isinstance(node, ast.Subscript):
        return [(0, node.value), (1, node.slice)]
    if isinstance(node, ast.Call):
        return _arguments(node, method)
    return []


def _arguments(node: ast.Call, method: bool) -> list[tuple[int | str, ast.expr]]:
    out: list[tuple[int | str, ast.expr]] = []
    receiver = [node.func.value] if method and isinstance(node.func, ast.Attribute) else []
    for value in [*receiver, *node.args]:
        if isinstance(value, ast.Starred):
            break
        out.append((len(out), value))
    out.extend((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)
    return out
