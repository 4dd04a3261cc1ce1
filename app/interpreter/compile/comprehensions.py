"""Comprehensions and generator expressions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from app.interpreter.compile.conditions import condition
from app.interpreter.compile.context import EXPRESSIONS, Context, Expression, Store
from app.interpreter.hashing import key
from app.interpreter.machine import Frame
from app.interpreter.protocol import iterate, lazy
from app.interpreter.source import Place

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
CHARGED_TOGETHER = 64


@dataclass(frozen=True, slots=True)
class Clause:
    """One `for target in source if …`."""

    source: Expression
    place: Place
    store: Store
    tests: list[Expression]


Opened = tuple[Frame, Iterator[object], object]


class Loops:
    """The `for` clauses of one comprehension: opened in the frame around, run in a frame of their own."""

    def __init__(self, context: Context, node: Comprehension) -> None:
        inner = context.inner(node, context.prefix)
        self.context = context
        self.inner = inner
        self.clauses = [
            Clause(
                (inner if index else context).expression(part.iter),
                context.place(part.iter),
                inner.target(part.target),
                [condition(inner, test) for test in part.ifs],
            )
            for index, part in enumerate(node.generators)
        ]

    def open(self, frame: Frame) -> Opened:
        """The frame of the rows, and the first iterable, which Python evaluates at once."""
        first = self.clauses[0]
        value = first.source(frame)
        frame.machine.run.here = first.place
        items = iterate(frame.machine, value)
        return Frame(frame.machine, {}, self.context.closure_frame(frame), frame.owner), items, value

    def rows(self, frame: Frame, items: Iterator[object], depth: int = 0) -> Iterator[None]:
        """Yield once per row, with the targets bound in `frame`."""
        clause = self.clauses[depth]
        step = frame.machine.budget.step
        for item in items:
            step(2)
            clause.store(frame, item)
            if not all(test(frame) for test in clause.tests):
                continue
            if depth + 1 == len(self.clauses):
                yield
            else:
                following = self.clauses[depth + 1]
                value = following.source(frame)
                frame.machine.run.here = following.place
                yield from self.rows(frame, iterate(frame.machine, value), depth + 1)


def _grow(frame: Frame, count: int) -> None:
    """Charge a container that grows entry by entry."""
    if count % CHARGED_TOGETHER == 0:
        budget = frame.machine.budget
        budget.container(CHARGED_TOGETHER if count <= budget.limits.size else count)


def _list(context: Context, node: ast.ListComp) -> Expression:
    loops = Loops(context, node)
    element = loops.inner.expression(node.elt)

    def run(frame: Frame) -> object:
        inner, items, _ = loops.open(frame)
        out: list[object] = []
        for _ in loops.rows(inner, items):
            out.append(element(inner))
            _grow(frame, len(out))
        return out

    return run


def _set(context: Context, node: ast.SetComp) -> Expression:
    loops = Loops(context, node)
    element = loops.inner.expression(node.elt)

    def run(frame: Frame) -> object:
        inner, items, _ = loops.open(frame)
        out: set[object] = set()
        for _ in loops.rows(inner, items):
            out.add(key(frame.machine, element(inner)))
            _grow(frame, len(out))
        return out

    return run


def _dict(context: Context, node: ast.DictComp) -> Expression:
    loops = Loops(context, node)
    name = loops.inner.expression(node.key)
    value = loops.inner.expression(node.value)

    def run(frame: Frame) -> object:
        inner, items, _ = loops.open(frame)
        out: dict[object, object] = {}
        for _ in loops.rows(inner, items):
            at = key(frame.machine, name(inner))
            out[at] = value(inner)
            _grow(frame, len(out))
        return out

    return run


def _generator(context: Context, node: ast.GeneratorExp) -> Expression:
    loops = Loops(context, node)
    element = loops.inner.expression(node.elt)

    def run(frame: Frame) -> object:
        inner, items, source = loops.open(frame)
        rows = loops.rows(inner, items)
        return lazy(frame.machine, "generator", (element(inner) for _ in rows), source)

    return run


EXPRESSIONS.update({ast.ListComp: _list, ast.SetComp: _set, ast.DictComp: _dict, ast.GeneratorExp: _generator})
