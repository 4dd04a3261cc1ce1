"""A cell's text, compiled once into closures and kept while it is run again."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

import app.interpreter.attributes.classes
import app.interpreter.attributes.functions
import app.interpreter.attributes.objects
import app.interpreter.attributes.torch
import app.interpreter.compile.comprehensions
import app.interpreter.compile.conditions
import app.interpreter.compile.flow
import app.interpreter.compile.fstrings
import app.interpreter.compile.functions
import app.interpreter.compile.generators
import app.interpreter.compile.imports
import app.interpreter.compile.matching
import app.interpreter.compile.spines
import app.interpreter.compile.statements
import app.interpreter.compile.targets
import app.interpreter.compile.trying
import app.interpreter.compile.values
import app.interpreter.generators
import app.interpreter.methods
import app.interpreter.natives.classes
import app.interpreter.natives.metatype
import app.interpreter.natives.objects  # noqa: F401  (each of these fills a table)
from app.interpreter.budget import Limits
from app.interpreter.check.scope import analyse
from app.interpreter.compile.context import Context, Expression, Statement
from app.interpreter.parse import parse
from app.interpreter.source import Place

KEPT = 16  # a program at the limit of nodes takes some megabytes


@dataclass(frozen=True)
class Compiled:
    """The statements of one cell and, when it ends in an expression that a notebook shows, that expression."""

    body: Statement | None
    trailing: Expression | None
    place: Place | None


@lru_cache(maxsize=KEPT)
def compile_cell(text: str, cell: int, limits: Limits) -> Compiled:
    """`text` as cell number `cell`; RefusedError or LimitError when it may not run."""
    tree, source = parse(text, cell, limits)
    scopes = analyse(tree, source)
    context = Context(source, scopes, scopes[tree])
    statements = list(tree.body)
    trailing = place = None
    if statements and isinstance(statements[-1], ast.Expr) and not _silenced(source.lines):
        last = statements.pop()
        assert isinstance(last, ast.Expr)
        trailing, place = context.expression(last.value), context.place(last.value)
    return Compiled(context.block(statements) if statements else None, trailing, place)


def _silenced(lines: list[str]) -> bool:
    """A notebook shows nothing for a last line that ends in a semicolon."""
    for line in reversed(lines):
        code = line.split("#")[0].rstrip()
        if code:
            return code.endswith(";")
    return False
