"""What the parser lets pass and Python's compiler refuses: statements and stars in the wrong place."""

from __future__ import annotations

import ast

from app.interpreter.check.nodes import children_in
from app.interpreter.check.yields import holds_yield
from app.interpreter.errors import RefusedError
from app.interpreter.source import Place, Source, span_of

FUNCTIONS = (ast.FunctionDef, ast.Lambda)
LOOPS = (ast.For, ast.While)
COMPREHENSIONS: dict[type, str] = {
    ast.ListComp: "list comprehension", ast.SetComp: "set comprehension", ast.DictComp: "dict comprehension",
    ast.GeneratorExp: "generator expression",
}  # fmt: skip
HOLDS_STARS = (ast.List, ast.Tuple, ast.Set, ast.Call)


def refuse_placement(tree: ast.Module, source: Source) -> None:
    """RefusedError in Python's words for the first such statement, in the order of the text."""
    stack: list[tuple[ast.AST, ast.AST, bool, bool]] = [(tree, tree, False, False)]
    while stack:
        node, parent, in_function, in_loop = stack.pop()
        message = _wrong(node, parent, in_function, in_loop)
        if message:
            raise wrong(message, node, source)
        entries: list[tuple[ast.AST, ast.AST, bool, bool]] = []
        for name in node._fields:
            inside = _loop_inside(node, name, in_loop)
            function = isinstance(node, FUNCTIONS) or (in_function and not isinstance(node, ast.ClassDef))
            for child in children_in(node.__dict__.get(name)):
                entries.append((child, node, function, inside))
        stack.extend(reversed(entries))


def wrong(message: str, node: ast.AST, source: Source) -> RefusedError:
    """A SyntaxError in Python's words at `node`."""
    return RefusedError("SyntaxError", message, span_of(Place(source, node)), "syntax")


def _loop_inside(node: ast.AST, field: str, in_loop: bool) -> bool:
    if isinstance(node, LOOPS):
        return field == "body" or in_loop
    return in_loop and not isinstance(node, (*FUNCTIONS, ast.ClassDef))


def _wrong(node: ast.AST, parent: ast.AST, in_function: bool, in_loop: bool) -> str | None:
    if isinstance(node, ast.Return) and not in_function:
        return "'return' outside function"
    if isinstance(node, (ast.Yield, ast.YieldFrom)) and not in_function:
        return "'yield' outside function"
    if type(node) in COMPREHENSIONS:
        return _wrong_comprehension(node)
    if isinstance(node, ast.Break) and not in_loop:
        return "'break' outside loop"
    if isinstance(node, ast.Continue) and not in_loop:
        return "'continue' not properly in loop"
    if isinstance(node, ast.Starred):
        return _wrong_star(node, parent)
    if isinstance(node, ast.ImportFrom) and not isinstance(parent, ast.Module):
        return "import * only allowed at module level" if any(each.name == "*" for each in node.names) else None
    if isinstance(node, (ast.List, ast.Tuple)) and isinstance(node.ctx, ast.Store):
        stars = sum(isinstance(entry, ast.Starred) for entry in node.elts)
        return "multiple starred expressions in assignment" if stars > 1 else None
    if isinstance(node, ast.arguments):
        return _repeated([arg.arg for arg in _all(node)], "duplicate argument '{}' in function definition")
    if isinstance(node, ast.Call):
        return _repeated([k.arg for k in node.keywords if k.arg], "keyword argument repeated: {}")
    if isinstance(node, ast.Try) and any(handler.type is None for handler in node.handlers[:-1]):
        return "default 'except:' must be last"
    if isinstance(node, ast.NamedExpr) and not isinstance(node.target, ast.Name):
        return "cannot use assignment expressions here"
    return None


def _wrong_comprehension(node: ast.AST) -> str | None:
    parts = list(ast.iter_child_nodes(node))
    if not holds_yield(*parts):
        return None
    return f"'yield' inside {COMPREHENSIONS[type(node)]}"


def _wrong_star(node: ast.Starred, parent: ast.AST) -> str | None:
    if isinstance(parent, HOLDS_STARS):
        return None
    if isinstance(node.ctx, ast.Store):
        return "starred assignment target must be in a list or tuple"
    return "can't use starred expression here"


def _all(arguments: ast.arguments) -> list[ast.arg]:
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [*named, *(arg for arg in (arguments.vararg, arguments.kwarg) if arg is not None)]


def _repeated(names: list[str], message: str) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return message.format(name[:60])
        seen.add(name)
    return None
