"""Errors: PyTorch's words, the place, a hint in both languages; cells go on; notices; strict; seeds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from app import locales
from app.trace import trace
from tests.trace.programs import run

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")

HINTED = {
    "non-scalar-root": "(x * 2).backward()",
    "second-backward": "s = (x * x).sum()\ns.backward()\ns.backward()",
    "inplace-leaf": "x.add_(1)",
    "inplace-leaf-view": "x[0] = 5",
    "inplace-saved": "y = x * 1\nz = y * y\ny.add_(1)\nz.sum().backward()",
    "no-grad-fn": "torch.ones(1).backward()",
    "matmul-shape": "torch.ones(2, 3) @ torch.ones(2, 3)",
    "broadcast-shape": "x + torch.ones(2)",
    "gradient-shape": "(x * 2).backward(torch.ones(2))",
    "dim-range": "x.sum(dim=5)",
    "index-range": "x[7]",
    "undefined-name": "print(xs)",
    "full-width-punctuation": "print（x）",
    "blocked-name": "import os",
    "unsupported-name": "torch.softmaxx(x)",
    "syntax": "y = (x",
    "item-many": "x.item()",
    "bool-ambiguous": "if x > 1:\n    pass",
    "view-incompatible": "torch.ones(2, 3).t().view(6)",
    "unused-input": "torch.autograd.grad((x * 2).sum(), torch.ones(2, requires_grad=True))",
    "retain-grad-misuse": "torch.ones(2).retain_grad()",
    "numpy-requires-grad": "x.numpy()",
    "none-value": "x.grad.zero_()",
    "flag-of-result": "(x * 2).requires_grad_(False)",
}


@pytest.mark.parametrize(("code", "program"), HINTED.items(), ids=list(HINTED))
def test_hint(code: str, program: str) -> None:
    error = run(program)["error"]
    assert error["hint"] is not None, error
    assert error["hint"]["code"] == code
    assert HAN.search(error["hint"]["zh"])
    assert not HAN.search(error["hint"]["en"])
    assert "{" not in error["hint"]["en"] + error["hint"]["zh"]
    assert error["line"] >= 3
    assert (error["end_line"], error["end_column"]) > (error["line"], error["column"])


@pytest.mark.parametrize(
    ("program", "values"),
    [
        ("(x * 2).backward()", {"count": 3, "shape": [3]}),
        ("(x * 2).backward(torch.ones(2))", {"given": [2], "wanted": [3]}),
        ("print(xs)", {"name": "xs", "nearest": "x"}),
        ("x.grad + 1", {}),
    ],
)
def test_a_hint_says_what_it_is_about(program: str, values: dict[str, Any]) -> None:
    assert run(program)["error"]["hint"]["values"] == values


def test_integer_in_strict_mode_has_a_hint() -> None:
    error = trace(["import torch\ntorch.tensor([1, 2], requires_grad=True)"], strict=True)["error"]
    assert error["hint"]["code"] == "integer-requires-grad"


def stated_codes() -> set[str]:
    """Every hint code that the engine or the interpreter names."""
    sources = [p.read_text("utf-8") for room in ("engine", "interpreter") for p in (ROOT / "app" / room).rglob("*.py")]
    return {code for source in sources for code in re.findall(r'\bcode="([\w-]+)"', source)}


def test_every_code_has_its_sentences() -> None:
    assert len(stated_codes()) > 15
    missing = [c for c in sorted(stated_codes()) for text in locales.sentences(f"hint.{c}").values() if not text]
    assert missing == []


def test_words_and_place() -> None:
    error = trace(["import torch\nx = torch.ones(2, requires_grad=True)\n\n\n(x * 2).backward()"])["error"]
    assert error["type"] == "RuntimeError"
    assert error["message"] == "grad can be implicitly created only for scalar outputs"
    assert [error[key] for key in ("cell", "line", "column", "end_line", "end_column")] == [0, 5, 0, 5, 18]


def test_an_error_without_a_hint() -> None:
    error = run("raise ValueError('my own')")["error"]
    assert (error["type"], error["message"], error["hint"]) == ("ValueError", "my own", None)


def test_calls_that_led_to_it() -> None:
    error = run("def f(n):\n    return 1 / n\ndef g():\n    return f(0)\ng()")["error"]
    assert (error["type"], error["line"]) == ("ZeroDivisionError", 4)
    assert [call["line"] for call in error["calls"]] == [7, 6]


def test_cells_go_on_after_a_failed_one() -> None:
    answer = trace(["a = 1\nb = 1 / 0\nc = 3", "print(a)", "c", "a + 1"])
    assert answer["error"]["cell"] == 0
    assert [cell["error"] and cell["error"]["type"] for cell in answer["cells"]] == [
        "ZeroDivisionError", None, "NameError", None,
    ]  # fmt: skip
    assert (answer["cells"][1]["stdout"], answer["cells"][3]["result"]) == ("1\n", "2")
    first = {key: value for key, value in answer["error"].items() if key != "cell"}
    assert first == answer["cells"][0]["error"]


def test_what_ran_before_a_failure_is_traced() -> None:
    answer = run("y = x * 2\ny.sum().backward()\n1 / 0\nz = y * 3")
    assert [op["name"] for op in answer["ops"]] == ["mul", "sum"]
    assert answer["tensors"][0]["grad"] == [2, 2, 2]


@pytest.mark.parametrize(
    ("code", "number"), [("while True:\n    pass", r"\d{4,}"), ("torch.ones(10000, 10000)", r"\d{5,}")]
)
def test_a_limit_ends_all_cells(code: str, number: str) -> None:
    answer = trace(["import torch\nprint(1)", code, "print(2)", "print(3)"])
    assert [cell["error"] and cell["error"]["type"] for cell in answer["cells"]] == [None, *["LimitError"] * 3]
    assert answer["cells"][1]["error"] == answer["cells"][2]["error"] == answer["cells"][3]["error"]
    assert (answer["error"]["cell"], answer["cells"][3]["stdout"]) == (1, "")
    assert re.search(number, answer["error"]["message"])
    assert answer["error"]["hint"]["code"] == "limit"


def test_a_limit_cannot_be_caught() -> None:
    answer = run("try:\n    while True:\n        pass\nexcept BaseException:\n    print('caught')")
    assert answer["error"]["type"] == "LimitError"
    assert answer["cells"][0]["stdout"] == ""


INTEGERS = ["import torch\nx = torch.tensor([1, 2], requires_grad=True)\nx.sum().backward()\nx.grad"]


def test_integers_run_with_a_notice() -> None:
    answer = trace(INTEGERS)
    (notice,) = answer["cells"][0]["notices"]
    assert (notice["code"], notice["line"]) == ("integer-requires-grad", 2)
    assert "Only Tensors of floating point and complex dtype can require gradients" in notice["en"]
    assert HAN.search(notice["zh"])
    assert (answer["tensors"][0]["dtype"], answer["error"]) == ("float32", None)


def test_strict_answers_as_pytorch_does_today() -> None:
    answer = trace(INTEGERS, strict=True)
    assert answer["cells"][0]["notices"] == []
    assert answer["error"]["message"] == "Only Tensors of floating point and complex dtype can require gradients"
    assert answer["error"]["hint"]["code"] == "integer-requires-grad"


def run_unseeded(program: list[str]) -> Any:
    """The result without a seed in the request."""
    return trace(program)["cells"][0]["result"]


def test_seed() -> None:
    program = ["import torch\ntorch.rand(3).tolist()"]
    results = [trace(program, seed=seed)["cells"][0]["result"] for seed in (0, 0, 1)] + [run_unseeded(program)]
    assert results[0] == results[1] == results[3] != results[2]
    seeded = ["import torch\ntorch.manual_seed(1)\ntorch.rand(3).tolist()"]
    assert trace(seeded, seed=5)["cells"][0]["result"] == results[2]


def test_the_same_request_gives_the_same_answer() -> None:
    program = ["import torch\nx = torch.randn(4, requires_grad=True)\nprint(x)\n(x * x).sum().backward()"]
    assert trace(program) == trace(program)


def test_stdout_and_result_are_a_notebook_s() -> None:
    cells = trace(["print('a', end='')\nprint(1, 2)\n'text'", "None", "x = 5", "x;", "x"])["cells"]
    assert (cells[0]["stdout"], cells[0]["result"]) == ("a1 2\n", "'text'")
    assert [cell["result"] for cell in cells[1:3]] == [None, None]
    assert cells[4]["result"] == "5"
