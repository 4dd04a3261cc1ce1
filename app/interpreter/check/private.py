"""Private names: inside `class Net`, `self.__w` means `self._Net__w`, as Python's compiler has it."""

from __future__ import annotations

import ast


def make_private(tree: ast.Module) -> None:
    """Rename every such name of the tree in place; the places in the text stay what they are."""
    stack: list[tuple[ast.AST, str]] = [(tree, "")]
    while stack:
        node, owner = stack.pop()
        if owner:
            _rename(node, f"_{owner}")
        inside = node.name.lstrip("_") if isinstance(node, ast.ClassDef) else owner
        body = set(map(id, node.body)) if isinstance(node, ast.ClassDef) else set()
        for child in ast.iter_child_nodes(node):
            stack.append((child, inside if id(child) in body else owner))


def _private(name: str | None, prefix: str) -> str:
    if name is None or not name.startswith("__") or name.endswith("__"):
        return name or ""
    return prefix + name


def _rename(node: ast.AST, prefix: str) -> None:
    if isinstance(node, ast.Name):
        node.id = _private(node.id, prefix)
    elif isinstance(node, ast.Attribute):
        node.attr = _private(node.attr, prefix)
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        node.name = _private(node.name, prefix)
    elif isinstance(node, ast.arg) or (isinstance(node, ast.keyword) and node.arg is not None):
        node.arg = _private(node.arg, prefix)
    elif isinstance(node, (ast.Global, ast.Nonlocal)):
        node.names = [_private(name, prefix) for name in node.names]
    elif isinstance(node, ast.ExceptHandler) and node.name is not None:
        node.name = _private(node.name, prefix)
