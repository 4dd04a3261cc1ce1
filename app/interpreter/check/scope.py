"""Which variable every name means, as Python decides it before running: local, of an enclosing function, global."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import Enum

from app.interpreter.check.placement import wrong
from app.interpreter.source import Source

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Home(Enum):
    """Where a name lives, seen from one scope."""

    LOCAL = "local"
    ENCLOSING = "enclosing"
    GLOBAL = "global"
    CLASS = "class"


@dataclass(eq=False)
class Scope:
    """The names of a module, function, class body or comprehension. `parent` is the scope around it."""

    kind: str
    parent: Scope | None = None
    name: str = ""
    bound: set[str] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)

    @property
    def enclosing(self) -> Scope | None:
        """The nearest function or comprehension around this scope: class bodies are not seen from inside."""
        scope = self.parent
        while scope is not None and scope.kind == "class":
            scope = scope.parent
        return None if scope is None or scope.kind == "module" else scope

    def home(self, name: str) -> tuple[Home, int]:
        """Where `name` lives and how many frames up."""
        if self.kind == "module" or name in self.globals:
            return Home.GLOBAL, 0
        if name in self.bound and name not in self.nonlocals:
            return (Home.CLASS if self.kind == "class" else Home.LOCAL), 0
        scope, up = self.enclosing, 1
        while scope is not None:
            if name in scope.globals:
                break
            if name in scope.bound and name not in scope.nonlocals:
                return Home.ENCLOSING, up
            scope, up = scope.enclosing, up + 1
        return (Home.CLASS if self.kind == "class" else Home.GLOBAL), 0


Scopes = dict[ast.AST, Scope]


def analyse(tree: ast.Module, source: Source) -> Scopes:
    """The scope of every node that opens one; RefusedError for what Python refuses about names."""
    scopes: Scopes = {tree: Scope("module")}
    declared: list[tuple[ast.Nonlocal, Scope]] = []
    stack: list[tuple[ast.AST, Scope]] = [(node, scopes[tree]) for node in reversed(tree.body)]
    while stack:
        node, scope = stack.pop()
        _note(node, scope, source)
        if isinstance(node, ast.Nonlocal):
            declared.append((node, scope))
        stack.extend(reversed(_inside(node, scope, scopes)))
    for node, scope in declared:
        _check_nonlocal(node, scope, source)
    return scopes


def _check_nonlocal(node: ast.Nonlocal, scope: Scope, source: Source) -> None:
    for name in node.names:
        outer = scope.enclosing
        while outer is not None and not (name in outer.bound and name not in outer.nonlocals):
            outer = outer.enclosing
        if outer is None:
            raise wrong(f"no binding for nonlocal '{name}' found", node, source)


def _inside(node: ast.AST, scope: Scope, scopes: Scopes) -> list[tuple[ast.AST, Scope]]:
    """The nodes below, each with the scope that it is evaluated in."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        return _function(node, scope, scopes)
    if isinstance(node, ast.ClassDef):
        inner = scopes[node] = Scope("class", scope, node.name)
        outside: list[ast.AST] = [*node.decorator_list, *node.bases, *node.keywords]
        return [*((child, scope) for child in outside), *((child, inner) for child in node.body)]
    if isinstance(node, COMPREHENSIONS):
        inner = scopes[node] = Scope("comprehension", scope, "<comprehension>")
        first = node.generators[0].iter
        return [(first, scope), *((child, inner) for child in _of_comprehension(node))]
    if isinstance(node, ast.NamedExpr):
        return [(node.value, scope)]
    if isinstance(node, ast.AnnAssign):
        parts = [node.target, node.value] if node.value else [node.target]
        return [(child, scope) for child in parts]
    return [(child, scope) for child in ast.iter_child_nodes(node)]


def _of_comprehension(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> list[ast.AST]:
    out: list[ast.AST] = []
    for index, part in enumerate(node.generators):
        out += [part.target, *([part.iter] if index else []), *part.ifs]
    return [*out, *([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])]


def _function(node: ast.FunctionDef | ast.Lambda, scope: Scope, scopes: Scopes) -> list[tuple[ast.AST, Scope]]:
    """Defaults and decorators belong outside, annotations nowhere, the rest inside."""
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    extra = [arg for arg in (arguments.vararg, arguments.kwarg) if arg is not None]
    inner = scopes[node] = Scope("function", scope, node.name if isinstance(node, ast.FunctionDef) else "<lambda>")
    inner.parameters = {arg.arg for arg in (*named, *extra)}
    inner.bound |= inner.parameters
    outside: list[ast.AST] = [
        *arguments.defaults,
        *(value for value in arguments.kw_defaults if value is not None),
    ]
    if isinstance(node, ast.FunctionDef):
        outside = [*node.decorator_list, *outside]
        body: list[ast.AST] = [*node.body]
    else:
        body = [node.body]
    return [*((child, scope) for child in outside), *((child, inner) for child in body)]


def _note(node: ast.AST, scope: Scope, source: Source) -> None:
    """Record what `node` binds in its scope."""
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load):
            scope.used.add(node.id)
        else:
            scope.bound.add(node.id)
    elif isinstance(node, ast.NamedExpr) and isinstance(node.target, ast.Name):
        _bind_walrus(node.target, scope, source)
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        scope.bound.add(node.name)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        scope.bound.update(alias.asname or alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        scope.bound.add(node.name)
    elif isinstance(node, ast.MatchMapping) and node.rest:
        scope.bound.add(node.rest)
    elif isinstance(node, (ast.Global, ast.Nonlocal)):
        _declare(node, scope, source)


def _bind_walrus(target: ast.Name, scope: Scope, source: Source) -> None:
    """`:=` inside a comprehension binds in the scope around it."""
    outer = scope
    while outer.kind == "comprehension" and outer.parent is not None:
        if target.id in outer.bound and outer is scope:
            message = f"assignment expression cannot rebind comprehension iteration variable '{target.id}'"
            raise wrong(message, target, source)
        outer.nonlocals.add(target.id)
        outer = outer.parent
    if outer is not scope and outer.kind == "class":
        raise wrong("assignment expression within a comprehension cannot be used in a class body", target, source)
    outer.bound.add(target.id)


def _declare(node: ast.Global | ast.Nonlocal, scope: Scope, source: Source) -> None:
    word = "global" if isinstance(node, ast.Global) else "nonlocal"
    if word == "nonlocal" and scope.kind == "module":
        raise wrong("nonlocal declaration not allowed at module level", node, source)
    for name in node.names:
        if name in scope.parameters:
            raise wrong(f"name '{name}' is parameter and {word}", node, source)
        if name in (scope.nonlocals if word == "global" else scope.globals):
            raise wrong(f"name '{name}' is nonlocal and global", node, source)
        if name in scope.bound:
            raise wrong(f"name '{name}' is assigned to before {word} declaration", node, source)
        if name in scope.used:
            raise wrong(f"name '{name}' is used prior to {word} declaration", node, source)
        (scope.globals if word == "global" else scope.nonlocals).add(name)
