"""Which functions pause: a `yield` belongs to the nearest function around it."""

from __future__ import annotations

import ast

OWN_SCOPE = (ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
YIELDS = (ast.Yield, ast.YieldFrom)


def holds_yield(*nodes: ast.AST) -> bool:
    """Whether one of the nodes holds a `yield` of the function that it stands in."""
    stack: list[ast.AST] = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, YIELDS):
            return True
        if not isinstance(node, OWN_SCOPE):
            stack.extend(ast.iter_child_nodes(node))
    return False
