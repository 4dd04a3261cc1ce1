"""Which names a program may use. Names are looked at on the tree, where the parser has already normalised them."""

from __future__ import annotations

import ast

from app.interpreter.errors import RefusedError
from app.interpreter.source import Place, Source, span_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPERATORS = _words("add sub mul truediv floordiv mod pow matmul and or xor lshift rshift")
PROTOCOLS = _words(
    """init call repr str len bool getitem setitem delitem contains iter next enter exit eq ne lt le gt ge
    neg pos invert abs name qualname doc getattr float int"""
)
SPECIAL = frozenset(
    {f"__{name}__" for name in PROTOCOLS} | {f"__{side}{name}__" for side in ("", "r", "i") for name in OPERATORS}
)
VARIABLES = frozenset({"__name__"})
BLOCKED = _words(
    """eval exec compile open input breakpoint globals locals vars dir getattr setattr delattr hasattr
    memoryview bytearray bytes help exit quit license credits copyright"""
)


def is_dunder(name: str) -> bool:
    """Whether Python itself gives the name a meaning: `__init__`."""
    return len(name) > 4 and name.startswith("__") and name.endswith("__")


def refuse_names(nodes: list[ast.AST], source: Source) -> None:
    """RefusedError for a special name outside the list of those that we run ourselves."""
    for node in nodes:
        for name, allowed in _names(node):
            if is_dunder(name) and name not in allowed:
                raise blocked(name, node, source)


def blocked(name: str, node: ast.AST, source: Source) -> RefusedError:
    """The refusal of a name that leads out of the program."""
    shown = name[:60]
    return RefusedError(
        "NameError",
        f"name '{shown}' is not available here",
        span_of(Place(source, node)),
        "blocked-name",
        name=shown,
    )


def _names(node: ast.AST) -> list[tuple[str, frozenset[str]]]:
    if isinstance(node, ast.Name):
        return [(node.id, VARIABLES if isinstance(node.ctx, ast.Load) else SPECIAL - VARIABLES)]
    if isinstance(node, ast.Attribute):
        return [(node.attr, SPECIAL)]
    if isinstance(node, ast.FunctionDef):
        return [(node.name, SPECIAL)]
    if isinstance(node, ast.ClassDef):
        return [(node.name, frozenset())]
    if isinstance(node, (ast.arg, ast.keyword)):
        return [(node.arg or "", frozenset())]
    if isinstance(node, ast.alias):
        parts = [*node.name.split("."), node.asname or ""]
        return [(part, frozenset({"__future__"})) for part in parts]
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        return [(name, frozenset()) for name in node.names]
    if isinstance(node, ast.ExceptHandler):
        return [(node.name or "", frozenset())]
    return []
