"""`match`: every kind of pattern as a closure that says whether a value fits, binding names as it goes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from app.engine.returns import ReturnType
from app.engine.tensor import Size
from app.interpreter.builtins.attributes import found_attribute
from app.interpreter.builtins.inquiries import is_instance
from app.interpreter.compare import compare, contains
from app.interpreter.compile.conditions import condition
from app.interpreter.compile.context import STATEMENTS, Context, Signal, Statement
from app.interpreter.compile.names import store_name
from app.interpreter.errors import type_error
from app.interpreter.iteration import truth
from app.interpreter.machine import Frame, Machine
from app.interpreter.natives.held import bare
from app.interpreter.protocol import collect, read
from app.interpreter.records import MISSING, Class, Type
from app.interpreter.subscripts import get_item
from app.interpreter.types import BOOL, DICT, FLOAT, INT, LIST, SET, STR, TUPLE, type_name

Pattern = Callable[[Frame, object], bool]
PATTERNS: dict[type, Callable[[Context, Any], Pattern]] = {}
SEQUENCES = frozenset({list, tuple, Size, ReturnType, range})
WHOLE = frozenset({BOOL, DICT, FLOAT, INT, LIST, SET, STR, TUPLE})
"""Types whose one positional pattern is the value itself: `case int(n)`."""


def _pattern(context: Context, node: ast.AST) -> Pattern:
    return PATTERNS[type(node)](context, node)


def head_of(context: Context, case: ast.match_case) -> Pattern:
    """Whether a value fits a case: its pattern, then its guard."""
    fits = _pattern(context, case.pattern)
    if case.guard is None:
        return fits
    guard = condition(context, case.guard)
    return lambda frame, value: fits(frame, value) and bool(guard(frame))


def match_statement(context: Context, node: ast.Match) -> Statement:
    """Try the cases in order."""
    subject = context.expression(node.subject)
    place = context.place(node.subject)
    cases = [(head_of(context, case), context.block(case.body)) for case in node.cases]

    def run(frame: Frame) -> Signal:
        value = subject(frame)
        for fits, body in cases:
            frame.machine.run.here = place
            frame.machine.budget.step(2)
            if fits(frame, value):
                return body(frame)
        return None

    return run


def _value(context: Context, node: ast.MatchValue) -> Pattern:
    wanted = context.expression(node.value)
    return lambda frame, value: _equal(frame.machine, value, wanted(frame))


def _equal(machine: Machine, a: object, b: object) -> bool:
    return truth(machine, compare(machine, "==", a, b))


def _singleton(context: Context, node: ast.MatchSingleton) -> Pattern:
    wanted = node.value
    return lambda frame, value: value is wanted


def _as(context: Context, node: ast.MatchAs) -> Pattern:
    inner = None if node.pattern is None else _pattern(context, node.pattern)
    store = None if node.name is None else store_name(context, node.name)

    def fits(frame: Frame, value: object) -> bool:
        if inner is not None and not inner(frame, value):
            return False
        if store is not None:
            store(frame, value)
        return True

    return fits


def _or(context: Context, node: ast.MatchOr) -> Pattern:
    patterns = [_pattern(context, each) for each in node.patterns]
    return lambda frame, value: any(each(frame, value) for each in patterns)


def _sequence(context: Context, node: ast.MatchSequence) -> Pattern:
    star = next((index for index, each in enumerate(node.patterns) if isinstance(each, ast.MatchStar)), None)
    patterns = [_pattern(context, each) for each in node.patterns]
    count = len(patterns)

    def fits(frame: Frame, value: object) -> bool:
        value = bare(value)
        if type(value) not in SEQUENCES:
            return False
        items = collect(frame.machine, value)
        if star is None:
            return len(items) == count and _all(frame, patterns, items)
        if len(items) < count - 1:
            return False
        after = len(items) - (count - 1 - star)
        return _all(frame, patterns, [*items[:star], items[star:after], *items[after:]])

    return fits


def _all(frame: Frame, patterns: list[Pattern], values: list[Any]) -> bool:
    return all(fits(frame, value) for fits, value in zip(patterns, values, strict=True))


def _star(context: Context, node: ast.MatchStar) -> Pattern:
    store = None if node.name is None else store_name(context, node.name)

    def fits(frame: Frame, value: object) -> bool:
        if store is not None:
            store(frame, value)
        return True

    return fits


def _mapping(context: Context, node: ast.MatchMapping) -> Pattern:
    keys = context.expressions(node.keys)
    patterns = [_pattern(context, each) for each in node.patterns]
    rest = None if node.rest is None else store_name(context, node.rest)

    def fits(frame: Frame, value: object) -> bool:
        machine, mapping = frame.machine, bare(value)
        if type(mapping) is not dict:
            return False
        names = [each(frame) for each in keys]
        if not all(contains(machine, mapping, name) for name in names):
            return False
        if not _all(frame, patterns, [get_item(machine, mapping, name) for name in names]):
            return False
        if rest is not None:
            machine.budget.container(len(mapping))
            rest(frame, {name: entry for name, entry in mapping.items() if name not in names})
        return True

    return fits


def _class(context: Context, node: ast.MatchClass) -> Pattern:
    cls = context.expression(node.cls)
    positional = [_pattern(context, each) for each in node.patterns]
    named = [(name, _pattern(context, each)) for name, each in zip(node.kwd_attrs, node.kwd_patterns, strict=True)]

    def fits(frame: Frame, value: object) -> bool:
        kind = cls(frame)
        if type(kind) not in (Class, Type):
            raise type_error("called match pattern must be a class")
        if not is_instance(frame.machine, value, kind):
            return False
        if kind in WHOLE and len(positional) == 1 and not named:
            return positional[0](frame, value)
        names = _positions(frame.machine, kind, len(positional))
        return _attributes(frame, value, [*zip(names, positional, strict=True), *named])

    return fits


def _positions(machine: Machine, kind: object, count: int) -> list[str]:
    if not count:
        return []
    names: object = found_attribute(machine, kind, "__match_args__")
    if names is MISSING:
        names = ()
    if type(names) is not tuple:
        raise type_error(f"{_shown(kind)}.__match_args__ must be a tuple (got {type_name(names)})")
    if len(names) < count:
        plural = "" if len(names) == 1 else "s"
        raise type_error(f"{_shown(kind)}() accepts {len(names)} positional sub-pattern{plural} ({count} given)")
    return [name for name in names[:count] if type(name) is str]


def _shown(kind: object) -> str:
    return kind.name if type(kind) in (Class, Type) else ""  # type: ignore[attr-defined]


def _attributes(frame: Frame, value: object, pairs: list[tuple[str, Pattern]]) -> bool:
    for name, fits in pairs:
        if found_attribute(frame.machine, value, name) is MISSING or not fits(frame, read(frame.machine, value, name)):
            return False
    return True


PATTERNS.update(
    {
        ast.MatchValue: _value, ast.MatchSingleton: _singleton, ast.MatchAs: _as, ast.MatchOr: _or,
        ast.MatchSequence: _sequence, ast.MatchStar: _star, ast.MatchMapping: _mapping, ast.MatchClass: _class,
    }
)  # fmt: skip
STATEMENTS[ast.Match] = match_statement
