"""The documents' programs give the documents' outputs: 002 to the letter, 001 and 004 in numbers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.documents import documents
from tests.trace.programs import traced


def numbers(text: str) -> list[float]:
    """The numbers inside printed tensors."""
    inside = "".join(re.findall(r"tensor\((.*?)(?:,? \w+=.*?)?\)", text, re.DOTALL))
    return [float(n) for n in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", inside)]


def answered(cell: dict[str, Any], want: dict[str, Any]) -> bool:
    """Whether a cell did what the documents say."""
    error = cell["error"] and f"{cell['error']['type']}: {cell['error']['message']}"
    lines = re.split(r"\n(?=tensor)", cell["stdout"])
    given = {
        "printed": cell["stdout"],
        "result": cell["result"],
        "error": error,
        "result_numbers": numbers(cell["result"] or ""),
        "printed_numbers": [numbers(line) for line in lines],
    }
    return all(given[key] == wanted for key, wanted in want.items())


@pytest.mark.skipif(not documents(), reason="the documents are not here")
@pytest.mark.parametrize("program", documents(), ids=lambda program: program["id"])
def test_document(program: dict[str, Any]) -> None:
    cells = traced(program["id"])["cells"]
    assert len(program["want"]) <= len(cells)
    assert [(cell, want) for cell, want in zip(cells, program["want"], strict=False) if not answered(cell, want)] == []


def test_all_nineteen(shared: object) -> None:
    assert len(documents()) == 19


def test_answered_can_say_no() -> None:
    cell = {"stdout": "tensor([1., 2.])\n", "result": "tensor([[3.]])", "error": None}
    assert answered(cell, {"printed_numbers": [[1, 2]], "result_numbers": [3]})
    assert not answered(cell, {"printed_numbers": [[1, 3]]})
    assert not answered(cell, {"result_numbers": [4]})
    assert not answered(cell, {"printed": "tensor([1., 2.])"})
    assert not answered(cell, {"error": "RuntimeError: x"})
