"""Before a program runs: which constructs it may hold, and exactly what a refusal says and where."""

from __future__ import annotations

import ast
import re

import pytest

from app.interpreter.check.nodes import ALLOWED
from tests.interpreter.oracle import result_of

ACCEPTED = """
import math
from math import pi as p, e
def f(a, /, b: int = 2, *c, d=3, **g) -> int:
    global h
    h: int = 1
    def inner():
        nonlocal b
        b += 1
        return b
    return inner()
class C:
    pass
C.x = C.__name__
with C() if 0 else f and __import_me if 0 else manager() as m: pass
for i in [1]:
    if i is not None and i in [1] and i not in (2,): continue
    else: break
while not 1: pass
try: raise ValueError
except ValueError as v: pass
finally: del i
assert 1 == 1 != 2 < 3 <= 3 > 2 >= 2 is not None or 1
x = y = [*[1], 2][0:2:1]; x = {**{1: 2}}; x = {1}; x = lambda z: z; x = f'{p!r:>{5}}'
x = [i for i in x]; x = {i for i in x}; x = {i: i for i in x}; x = (i for i in x); (w := 1)
x = -1 + +2 - 3 * 4 / 5 // 6 % 7 ** 8 & 9 | 1 ^ 2 << 3 >> 4; x = ~1; x = m @ m if 0 else 1
x = 1 if x is None else f(*[1], **{})
def paused():
    x = yield 1
    yield from [x]
match x:
    case 1 | None | [a, *b] | {"k": a, **b} | C(y=1) as a if a: pass
    case _: pass
"""


REFUSED_BY_NAME = [
    "AsyncFor",
    "AsyncFunctionDef",
    "AsyncWith",
    "Await",
    "TryStar",
    "TypeAlias",
    "TypeVar",
    "ParamSpec",
    "TypeVarTuple",
    "TemplateStr",
    "Interpolation",
]
NOT_IN_A_PROGRAM = [
    "Interactive",
    "Expression",
    "FunctionType",
    "TypeIgnore",
    "Ellipsis",
    "NameConstant",
    "Num",
    "Str",
    "Bytes",
    "ExtSlice",
    "Index",
    "Suite",
    "AugLoad",
    "AugStore",
    "Param",
]


def test_every_allowed_kind_of_node_is_accepted() -> None:
    tree = ast.parse(ACCEPTED)
    used = {type(node) for node in ast.walk(tree)}
    assert ALLOWED - used == set()
    assert used - ALLOWED == set()
    error = result_of(ACCEPTED).error
    assert error is not None
    assert (error.type, error.message) == ("NameError", "name 'manager' is not defined")


def test_nothing_else_is_allowed() -> None:
    """Every kind of node that CPython knows is allowed above or refused by name below."""
    kinds = {
        kind
        for kind in vars(ast).values()
        if isinstance(kind, type)
        and issubclass(kind, ast.AST)
        and kind.__subclasses__() == []
        and kind.__module__ == "ast"
    }
    outside = {kind.__name__ for kind in kinds - ALLOWED}
    assert outside <= {*REFUSED_BY_NAME, *NOT_IN_A_PROGRAM}


def test_a_full_width_sign_is_named_with_its_half_width_one() -> None:
    error = result_of("f(1，2)").error
    assert error is not None
    assert error.values == {"character": "，", "ascii": ","}


@pytest.mark.parametrize(
    "word", ["eval_loss = 1", "x = 'import os'", "# __class__", "x = '__class__'", "_ = 1", "_prev = _x = 1"]
)
def test_innocent_text_passes(word: str) -> None:
    assert result_of(word).error is None


@pytest.mark.parametrize("name", ["eval", "exec", "open", "compile", "globals", "locals", "input"])
def test_names_that_lead_out_are_blocked(name: str) -> None:
    error = result_of(f"{name}('1')").error
    assert error is not None
    assert (error.type, error.code, error.values) == ("NameError", "blocked-name", {"name": name})
    assert re.fullmatch(rf"name '{name}' is not available here", error.message)


@pytest.mark.parametrize("name", ["eval", "input", "open", "compile"])
def test_but_students_may_use_the_words(name: str) -> None:
    assert result_of(f"def f({name}): return {name} + 1\n{name} = f(2)\nprint({name})").stdout == "3\n"
