"""Positions refer to the text that was sent: lines from 1, columns from 0 in UTF-16 code units, ends exclusive."""

from __future__ import annotations

from typing import Any

import pytest

from app.interpreter import split_cells
from app.trace import trace


def covered(text: str, span: dict[str, Any]) -> str:
    """The stretch of a text that a span names, counted as a browser counts."""
    lines = text.replace("\r\n", "\n").split("\n")
    first, last = span["line"] - 1, span["end_line"] - 1
    units = [line.encode("utf-16-le") for line in lines[first : last + 1]]
    units[-1] = units[-1][: 2 * span["end_column"]]
    units[0] = units[0][2 * span["column"] :]
    return b"\n\x00".join(units).decode("utf-16-le")


def written(*cells: str) -> list[str]:
    """What the spans of all operations cover."""
    answer = trace(list(cells))
    assert answer["error"] is None, answer["error"]
    return [covered(cells[op["span"]["cell"]], op["span"]) for op in answer["ops"]]


PLAIN = "import torch\nx = torch.ones(2)\n"


def test_operations_and_tensors() -> None:
    text = PLAIN + "y = (x + 2) * x"
    assert written(text) == ["x + 2", "(x + 2) * x"]
    spans = [covered(text, t["span"]) for t in trace([text])["tensors"]]
    assert spans == ["torch.ones(2)", "2", "x + 2", "(x + 2) * x"]
    assert [t["label"] for t in trace([text])["tensors"]] == spans


def test_utf_16_before_the_operation_on_its_line() -> None:
    assert written(PLAIN + "名 = '😀é'; y = x + 1") == ["x + 1"]
    (op,) = trace([PLAIN + "s = '😀'; y = x + 1"])["ops"]
    assert op["span"]["column"] == len("s = '..'; y = ")


def test_prompts_are_counted() -> None:
    assert written(">>> import torch\n>>> x = torch.ones(2)\n>>> y = x + 1\ntensor([2., 2.])\n>>> z = y * 2") == [
        "x + 1",
        "y * 2",
    ]


def test_continued_prompts() -> None:
    assert written(">>> import torch\n>>> for i in range(1):\n...     y = torch.ones(2) + 1\n") == ["torch.ones(2) + 1"]


@pytest.mark.parametrize("prompt", ["In [3]: ", "[9]: "])
def test_notebook_prompts(prompt: str) -> None:
    assert written(f"{prompt}import torch\ny = torch.ones(2) + 1") == ["torch.ones(2) + 1"]


def test_windows_lines_and_byte_order_mark() -> None:
    assert written("\ufeffimport torch\r\nx = torch.ones(2)\r\ny = x + 1\r\n") == ["x + 1"]


def test_an_operation_over_several_lines() -> None:
    text = PLAIN + "y = (x +\n     2)"
    (op,) = trace([text])["ops"]
    assert covered(text, op["span"]) == "x +\n     2"
    assert trace([text])["tensors"][-1]["label"] == "x + 2"


def test_cells_count_from_zero_and_code_from_its_pieces() -> None:
    pieces = split_cells("import torch\n# %%\ny = torch.ones(2) + 1\n")
    answer = trace(pieces)
    assert (answer["ops"][0]["span"]["cell"], len(pieces)) == (1, 2)
    assert covered(pieces[1], answer["ops"][0]["span"]) == "torch.ones(2) + 1"


def test_errors_and_notices_and_calls() -> None:
    text = "import torch\nx = torch.tensor([1, 2], requires_grad=True)\n\n(x * 2).backward()"
    answer = trace([text])
    assert covered(text, answer["error"]) == "(x * 2).backward()"
    assert covered(text, answer["backward"][0]["span"]) == "(x * 2).backward()"
    assert [n["line"] for n in answer["cells"][0]["notices"]] == [2]


def test_operations_inside_a_function_stand_in_the_function() -> None:
    assert written(PLAIN + "def f(a):\n    return a * 3\nf(x)") == ["a * 3"]
