"""What compiling one scope knows, and the tables from kinds of node to their compilers."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.interpreter.check.scope import Scope, Scopes
from app.interpreter.machine import Frame
from app.interpreter.source import Place, Source

Expression = Callable[[Frame], object]
Step = Callable[[Frame, object], object]
Store = Callable[[Frame, object], None]
Signal = str | None
Statement = Callable[[Frame], Signal]

BREAK, CONTINUE, RETURN = "break", "continue", "return"


@dataclass(frozen=True)
class Context:
    """One scope of one cell. `prefix` starts the qualified names of what is defined in it."""

    source: Source
    scopes: Scopes
    scope: Scope
    prefix: str = ""

    def place(self, node: ast.AST) -> Place:
        return Place(self.source, node)

    def inner(self, node: ast.AST, prefix: str = "") -> Context:
        """The scope that `node` opens."""
        return replace(self, scope=self.scopes[node], prefix=prefix)

    def expression(self, node: ast.AST) -> Expression:
        """A closure that evaluates `node` in a frame."""
        return EXPRESSIONS[type(node)](self, node)

    def expressions(self, nodes: list[ast.expr]) -> list[Expression]:
        return [self.expression(node) for node in nodes]

    def target(self, node: ast.AST) -> Store:
        """A closure that binds a value to the target `node`."""
        return TARGETS[type(node)](self, node)

    def block(self, nodes: list[ast.stmt]) -> Statement:
        """A closure that runs statements in order until one leaves the block."""
        statements = [STATEMENTS[type(node)](self, node) for node in nodes]
        if len(statements) == 1:
            return statements[0]

        def run(frame: Frame) -> Signal:
            for statement in statements:
                signal = statement(frame)
                if signal is not None:
                    return signal
            return None

        return run

    def closure_frame(self, frame: Frame) -> Frame | None:
        """The frame that functions defined in this scope see around them: a class body is skipped."""
        if self.scope.kind == "module":
            return None
        return frame.parent if self.scope.kind == "class" else frame


EXPRESSIONS: dict[type, Callable[[Context, Any], Expression]] = {}
STATEMENTS: dict[type, Callable[[Context, Any], Statement]] = {}
TARGETS: dict[type, Callable[[Context, Any], Store]] = {}
