"""The source text of every expression of many programs, however it is wrapped and whatever its script."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.interpreter import Limits, Place, source_of, span_of
from app.interpreter.errors import RefusedError
from app.interpreter.parse import parse

HERE = Path(__file__).parent
TEXTS = [part for file in sorted((HERE / "python").glob("*.txt")) for part in file.read_text("utf-8").split("\n---\n")]
SCRIPTS = [
    "x = 3; print(f'中文{x}，{x + 1:>{x}} 好')",
    "print(f'{1}😀{2 + 3}', '😀' * 2, 变量 := 4, 变量 + 1)",
    "print('中文' f'{1+2}' f'文{3}')",
    "é = [1,\n  'ü', 2 +\n 3]",
]


@pytest.mark.parametrize("text", [*TEXTS, *SCRIPTS])
def test_every_expression_knows_its_own_text(text: str) -> None:
    try:
        tree, source = parse(text, 0, Limits())
    except RefusedError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            place = Place(source, node)
            wanted = ast.get_source_segment(text, node) or ""
            assert source_of(place).split() == wanted.split()
            span = span_of(place)
            assert span is not None
            if span.line == span.end_line:
                line = text.split("\n")[span.line - 1].encode("utf-16-le")
                assert line[2 * span.column : 2 * span.end_column].decode("utf-16-le") == wanted
