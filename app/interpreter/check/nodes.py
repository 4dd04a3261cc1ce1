"""Which kinds of node a program may hold, how many, and how deep."""

from __future__ import annotations

import ast

from app.interpreter.budget import Limits, exceeded
from app.interpreter.errors import RefusedError
from app.interpreter.source import Place, Source, span_of

ALLOWED = frozenset(
    {
        ast.Module, ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.While, ast.If, ast.With,
        ast.withitem, ast.Raise, ast.Try, ast.ExceptHandler, ast.Assert, ast.Import, ast.ImportFrom,
        ast.alias,
        ast.Global, ast.Nonlocal, ast.Pass, ast.Break, ast.Continue, ast.FunctionDef, ast.ClassDef,
        ast.Return,
        ast.Delete, ast.arguments, ast.arg, ast.keyword, ast.Lambda, ast.IfExp, ast.Dict, ast.Set,
        ast.ListComp,
        ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.Compare, ast.Call,
        ast.FormattedValue,
        ast.JoinedStr, ast.Constant, ast.Attribute, ast.Subscript, ast.Starred, ast.Name, ast.List, ast.Tuple,
        ast.Slice, ast.NamedExpr, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Load, ast.Store, ast.Del,
        ast.And, ast.Or,
        ast.Add, ast.Sub, ast.Mult, ast.MatMult, ast.Div, ast.Mod, ast.Pow, ast.LShift, ast.RShift, ast.BitOr,
        ast.BitXor, ast.BitAnd, ast.FloorDiv, ast.Invert, ast.Not, ast.UAdd, ast.USub, ast.Eq, ast.NotEq,
        ast.Lt,
        ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot, ast.In, ast.NotIn,
        ast.Yield, ast.YieldFrom, ast.Match, ast.match_case, ast.MatchValue, ast.MatchSingleton, ast.MatchSequence,
        ast.MatchMapping, ast.MatchClass, ast.MatchStar, ast.MatchAs, ast.MatchOr,
    }
)  # fmt: skip
WORDS = {
    "Await": "await", "AsyncFunctionDef": "async def",
    "AsyncFor": "async for", "AsyncWith": "async with", "TryStar": "except*",
    "TypeAlias": "type",
}  # fmt: skip
CONSTANTS = frozenset({type(None), bool, int, float, str, type(...)})
SPINE = {ast.BinOp: "left", ast.Attribute: "value", ast.Call: "func", ast.Subscript: "value"}


def refuse_nodes(tree: ast.Module, source: Source, limits: Limits) -> None:
    """LimitError for a tree too large or too deep, RefusedError for a construct that is not in the allow-list."""
    count = 0
    stack: list[tuple[ast.AST, ast.AST, int, int]] = [(tree, tree, 0, 0)]
    while stack:
        node, parent, depth, spine = stack.pop()
        count += 1
        if count > limits.nodes:
            raise exceeded("nodes", limits.nodes)
        if depth > limits.nesting:
            raise exceeded("nesting", limits.nesting)
        if spine > limits.spine:
            raise exceeded("spine", limits.spine)
        _refuse(node, parent, source, limits)
        left = SPINE.get(type(node))
        for name in node._fields:
            for child in children_in(node.__dict__.get(name)):
                if (name == left and type(child) in SPINE) or (name == "orelse" and _is_elif(node, child)):
                    stack.append((child, node, depth, spine + 1))
                else:
                    stack.append((child, node, depth + (type(child) in DEEPER), 0))


DEEPER = ALLOWED - {
    ast.Module,
    ast.arguments,
    ast.withitem,
    ast.Load,
    ast.Store,
    ast.Del,
    ast.Name,
    ast.Constant,
}


def children_in(field: object) -> list[ast.AST]:
    """The nodes that a field of a node holds: one, a list of them, or none."""
    if isinstance(field, ast.AST):
        return [field]
    return [child for child in field if isinstance(child, ast.AST)] if isinstance(field, list) else []


def _is_elif(node: ast.AST, child: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(child, ast.If) and len(node.orelse) == 1


def _refuse(node: ast.AST, parent: ast.AST, source: Source, limits: Limits) -> None:
    kind = type(node)
    if kind not in ALLOWED:
        raise unsupported(WORDS.get(kind.__name__, kind.__name__), node if _placed(node) else parent, source)
    if isinstance(node, ast.Constant):
        if type(node.value) not in CONSTANTS:
            raise unsupported(f"{type(node.value).__name__} values", node, source)
        if type(node.value) is int and node.value.bit_length() > limits.int_bits:
            raise exceeded("int_bits", limits.int_bits)
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.__dict__.get("type_params"):
        raise unsupported("type parameters", node, source)
    elif isinstance(node, ast.comprehension) and node.is_async:
        raise unsupported("async for", node.target, source)


def _placed(node: ast.AST) -> bool:
    return isinstance(node, (ast.expr, ast.stmt))


def unsupported(what: str, node: ast.AST, source: Source) -> RefusedError:
    """The refusal of a construct of Python's that we do not run."""
    span = span_of(Place(source, node))
    return RefusedError("SyntaxError", f"not supported yet: {what}", span, "unsupported-syntax", name=what)
