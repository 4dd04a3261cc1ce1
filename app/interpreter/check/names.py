"""Which names a program may use. Names are looked at on the tree, where the parser has already normalised them."""

from __future__ import annotations

import ast

from app.engine.errors import TorchError
from app.interpreter.errors import RefusedError
from app.interpreter.source import Place, Source, span_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPERATORS = _words("add sub mul truediv floordiv mod pow matmul and or xor lshift rshift")
PROTOCOLS = _words(
    """init call repr str len bool getitem setitem delitem contains iter next enter exit eq ne lt le gt ge
    neg pos invert abs name qualname doc getattr float int new init_subclass setattr delattr hash format dir index
    round trunc floor ceil divmod rdivmod reversed missing get set delete set_name class_getitem copy deepcopy
    post_init slots match_args module annotations version getitems"""
)
SPECIAL = frozenset(
    {f"__{name}__" for name in PROTOCOLS} | {f"__{side}{name}__" for side in ("", "r", "i") for name in OPERATORS}
)
"""What a class may define and any value may be asked for."""
FACTS = frozenset(
    f"__{name}__"
    for name in _words(
        """class dict mro bases getattribute cause context suppress_context traceback notes defaults kwdefaults
        wrapped func self"""
    )
)
"""What may be read of a value, as far as our own tables answer, and never be the name of a variable."""
READABLE = SPECIAL | FACTS
VARIABLES = frozenset({"__name__", "__doc__"})
BLOCKED = _words(
    """eval exec compile open input breakpoint globals locals
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


def refuse_name(name: str) -> None:
    """NameError for a name that a running program asks for as text: `getattr(x, "__globals__")`."""
    if is_dunder(name) and name not in READABLE:
        shown = name[:60]
        raise TorchError("NameError", f"name '{shown}' is not available here", "blocked-name", name=shown)


def _names(node: ast.AST) -> list[tuple[str, frozenset[str]]]:
    if isinstance(node, ast.Name):
        return [(node.id, SPECIAL if isinstance(node.ctx, ast.Load) else SPECIAL - VARIABLES)]
    if isinstance(node, ast.Attribute):
        return [(node.attr, READABLE)]
    if isinstance(node, ast.FunctionDef):
        return [(node.name, SPECIAL)]
    if isinstance(node, ast.ClassDef):
        return [(node.name, frozenset())]
    if isinstance(node, (ast.arg, ast.keyword)):
        return [(node.arg or "", frozenset())]
    if isinstance(node, ast.alias):
        parts = [*node.name.split("."), node.asname or ""]
        return [(part, frozenset({"__future__"})) for part in parts]
    if isinstance(node, (ast.MatchAs, ast.MatchStar)):
        return [(node.name or "", frozenset())]
    if isinstance(node, ast.MatchMapping):
        return [(node.rest or "", frozenset())]
    if isinstance(node, ast.MatchClass):
        return [(name, READABLE) for name in node.kwd_attrs]
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        return [(name, frozenset()) for name in node.names]
    if isinstance(node, ast.ExceptHandler):
        return [(node.name or "", frozenset())]
    return []
