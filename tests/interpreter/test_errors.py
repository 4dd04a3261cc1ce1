"""How an error of a program is reported: type, words, hint, where, and through which calls."""

from __future__ import annotations

import logging

import pytest

from app.engine.errors import TorchError
from app.interpreter import ProgramError, Span, builtins, run_cells
from app.interpreter.records import Builtin
from tests.interpreter.oracle import result_of


def error_of(code: str) -> ProgramError:
    error = result_of(code).error
    assert error is not None
    return error


def where(span: Span | None) -> tuple[int, int, int, int] | None:
    return None if span is None else (span.line, span.column, span.end_line, span.end_column)


PLACES = {
    "name": ("x = 1 + foo", (1, 8, 1, 11)),
    "operator": ("x = 2 * (1 / 0) + 3", (1, 9, 1, 14)),
    "call": ("x = 1\nlen(x)", (2, 0, 2, 6)),
    "attribute": ("x = [1]\ny = x.foo", (2, 4, 2, 9)),
    "subscript": ("x = [1]\ny = 1 + x[4]", (2, 8, 2, 12)),
    "target": ("x = (1,)\nx[0] = 2", (2, 0, 2, 4)),
    "augmented": ("x = 1\nx += 'a'", (2, 0, 2, 8)),
    "unpacking": ("a, b = 1, 2, 3", (1, 0, 1, 4)),
    "loop": ("for i in 5: pass", (1, 9, 1, 10)),
    "condition": ("import torch\nif torch.ones(2): pass", (2, 3, 2, 16)),
    "f-string": ("x = [1]\nf'{x:5}'", (2, 3, 2, 4)),
    "comprehension": ("[1 / i for i in [0]]", (1, 1, 1, 6)),
    "raise": ("x = 1\nraise ValueError('a')", (2, 0, 2, 21)),
    "assert": ("assert 1 == 2", (1, 0, 1, 13)),
    "import": ("x = 1\nimport pandx", (2, 0, 2, 12)),
    "decorator": ("@3\ndef f(): pass", (1, 1, 1, 2)),
    "lambda": ("f = lambda v: v.foo\nf(1)", (1, 14, 1, 19)),
    "class body": ("class A:\n    x = foo", (2, 8, 2, 11)),
    "default": ("def f(a=foo): pass", (1, 8, 1, 11)),
    "trailing repr": ("class A:\n    def __repr__(self): return 1\nA()", (3, 0, 3, 3)),
    "matmul": ("import torch\ny = torch.ones(2, 3) @ torch.ones(2, 3)", (2, 4, 2, 39)),
    "backward": ("import torch\nx = torch.ones(2, requires_grad=True)\nx.backward()", (3, 0, 3, 12)),
}


@pytest.mark.parametrize("name", PLACES)
def test_an_error_points_at_the_innermost_expression(name: str) -> None:
    code, position = PLACES[name]
    assert where(error_of(code).span) == position


def test_an_error_inside_a_call_keeps_the_calls() -> None:
    error = error_of("def f(v):\n    return v / 0\ndef g(v):\n    return f(v)\nprint(g(1))")
    assert where(error.span) == (2, 11, 2, 16)
    assert [where(span) for span in error.calls] == [(5, 6, 5, 10), (4, 11, 4, 15)]


def test_code_in_finally_does_not_move_the_place() -> None:
    assert where(error_of("try: 1 / 0\nfinally: x = 1 + 1").span) == (1, 5, 1, 10)


def test_a_caught_and_raised_again_error_keeps_its_place() -> None:
    assert where(error_of("try: 1 / 0\nexcept ZeroDivisionError:\n    x = 2\n    raise").span) == (1, 5, 1, 10)


def test_a_hint_survives_being_raised_again() -> None:
    error = error_of("try: foo\nexcept NameError:\n    raise")
    assert (error.code, error.values) == ("undefined-name-alone", {"name": "foo"})


HINTS = {
    "nearest": ("weights = 1\nweigths", "undefined-name", {"name": "weigths", "nearest": "weights"}),
    "builtin": ("prnt(1)", "undefined-name", {"name": "prnt", "nearest": "print"}),
    "local": ("def f(gradient): return gradeint\nf(1)", "undefined-name", {"name": "gradeint", "nearest": "gradient"}),
    "nothing near": ("zzzzqqqq", "undefined-name-alone", {"name": "zzzzqqqq"}),
    "case": ("import torch\ntorch.Ones(2)", "unsupported-name", {"name": "torch.Ones", "nearest": "torch.ones"}),
    "method": (
        "import torch\ntorch.ones(2).sume()", "unsupported-name", {"name": "Tensor.sume", "nearest": "Tensor.sum"},
    ),
    "module": ("import os", "blocked-name", {"name": "os"}),
    "unknown": ("import xyzzy", "unsupported-name-alone", {"name": "xyzzy"}),
    "member": ("import torch\ntorch.x = 1", "blocked-name", {"name": "x"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HINTS)
def test_hints(name: str) -> None:
    code, hint, values = HINTS[name]
    error = error_of(code)
    assert (error.code, error.values) == (hint, values)


WORDS = {
    "import torch\ntorch.lobpcg": ("NotImplementedError", "not supported yet: torch.lobpcg"),
    "import torch\ntorch.frobnicate": ("AttributeError", "module 'torch' has no attribute 'frobnicate'"),
    "import torch\ntorch.ones(2).foo": ("AttributeError", "'Tensor' object has no attribute 'foo'"),
    "from torch import frobnicate": ("ImportError", "cannot import name 'frobnicate' from 'torch'"),
    "import pandas": ("ModuleNotFoundError", "not supported yet: import pandas"),
    "import torch\ntorch.ones(2) + 'a'": ("TypeError", "unsupported operand type(s) for +: 'Tensor' and 'str'"),
    "import torch\n[1] + torch.ones(2)": ("TypeError", 'can only concatenate list (not "Tensor") to list'),
    "import torch\ntorch.ones(2) < 'a'": ("TypeError", "'<' not supported between instances of 'Tensor' and 'str'"),
    "import torch\ntorch.ones(2)()": ("TypeError", "'Tensor' object is not callable"),
    "import torch\nx = torch.ones(2)\nx.grad.zero_()": ("AttributeError", "'NoneType' object has no attribute 'zero_'"),
    "import torch\ntorch.ones(2).requires_grad()": ("TypeError", "'bool' object is not callable"),
    "import torch\nx = torch.ones(2)\nx.shape = 3": (
        "AttributeError", "attribute 'shape' of 'torch._C.TensorBase' objects is not writable",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", WORDS)
def test_words(code: str) -> None:
    error = error_of(code)
    assert (error.type, error.message) == WORDS[code]


def test_later_cells_go_on() -> None:
    cells = run_cells(["x = 1", "x = 2\n1 / 0\nx = 3", "x", "y =", "x + 1"]).cells
    assert [cell.result for cell in cells] == [None, None, "2", None, "3"]
    assert [cell.error and cell.error.type for cell in cells] == [None, "ZeroDivisionError", None, "SyntaxError", None]
    error = cells[3].error
    assert error is not None
    assert error.span is not None
    assert error.span.cell == 3


def test_a_bug_of_ours_is_neutral_and_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*rest: object) -> object:
        raise ZeroDivisionError("secret of the host")

    monkeypatch.setitem(builtins.BUILTINS, "abs", Builtin("abs", broken))
    with caplog.at_level(logging.ERROR):
        error = error_of("try: abs(1)\nexcept Exception: print('caught')")
    assert error.type == "EngineError"
    assert "secret" not in error.message
    assert "secret of the host" in caplog.text


@pytest.mark.parametrize("kind", [RecursionError, MemoryError])
def test_the_hosts_own_limits_are_limits(monkeypatch: pytest.MonkeyPatch, kind: type[Exception]) -> None:
    def broken(*rest: object) -> object:
        raise kind

    monkeypatch.setitem(builtins.BUILTINS, "abs", Builtin("abs", broken))
    result = result_of("try: abs(1)\nexcept BaseException: print('caught')\nfinally: print('finally')")
    assert result.error is not None
    assert (result.error.type, result.stdout) == ("LimitError", "")


def test_an_engine_error_can_be_caught_by_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*rest: object) -> object:
        raise TorchError("RuntimeError", "words of the engine", "code", value=3)

    monkeypatch.setitem(builtins.BUILTINS, "abs", Builtin("abs", refuses))
    assert result_of("try: abs(1)\nexcept RuntimeError as e: print(e)").stdout == "words of the engine\n"
    error = error_of("abs(1)")
    assert (error.type, error.message, error.code, error.values) == (
        "RuntimeError", "words of the engine", "code", {"value": 3},
    )  # fmt: skip
