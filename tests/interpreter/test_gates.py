"""No way from student code to the host: names that may not stand in this room, read from its own source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "app" / "interpreter"
RUN_HERE = ROOM / "library" / "python"
"""Modules that the interpreter itself runs: no host code."""
SOURCES = sorted(path for path in ROOM.rglob("*.py") if not path.is_relative_to(RUN_HERE))
CALLED = frozenset(
    [
        "getattr",
        "setattr",
        "hasattr",
        "delattr",
        "eval",
        "exec",
        "compile",
        "__import__",
        "open",
        "vars",
        "globals",
        "locals",
        "dir",
        "breakpoint",
        "input",
    ]
)
READ = frozenset({"__dict__", "__class__", "__globals__", "__getattribute__"})


def calls_of(text: str) -> set[str]:
    """The plain names that a source calls, and the three-argument form of `type`."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.add("type of three" if node.func.id == "type" and len(node.args) != 1 else node.func.id)
        if isinstance(node, ast.Attribute) and node.attr in {
            "__dict__",
            "__class__",
            "__globals__",
            "__getattribute__",
        }:
            found.add(node.attr)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOM)))
def test_nothing_forbidden_is_called(path: Path) -> None:
    found = calls_of(path.read_text(encoding="utf-8"))
    if path.relative_to(ROOM).parts[0] == "check":
        found -= {"__dict__"}  # of syntax trees
    assert found & (CALLED | READ | {"type of three"}) == set()


def test_the_gate_can_close() -> None:
    assert calls_of("getattr(a, 'b'); type('A', (), {}); x.__dict__") == {"getattr", "type of three", "__dict__"}
