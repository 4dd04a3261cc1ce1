"""Tensors in student code: modules, modes, protocols, attributes, what a notebook shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.interpreter import run_cells
from tests.interpreter.oracle import printed, result_of

TABLES = sorted((Path(__file__).parent / "torch").glob("*.txt"))


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_prints(file: Path) -> None:
    code, wanted = file.read_text(encoding="utf-8").split("--- prints\n")
    assert printed(f"import torch\n{code}") == wanted


SHOWN = {
    "x = 3\nx": "3",
    "'a'": "'a'",
    "None": None,
    "x = 3": None,
    "x = 3\nx;": None,
    "x = 3\nx;  # quiet": None,
    "x = 3\nx  # loud; ": "3",
    "'a;'": "'a;'",
    "1, 'b'": "(1, 'b')",
    "print(1)": None,
    "def f(): pass\nf": "<function f at 0x7f0000000010>",
    "class A: pass\nA()": "<__main__.A object at 0x7f0000000010>",
    "import torch\ntorch.ones(2)": "tensor([1., 1.])",
    "import torch\nx = torch.ones(1, requires_grad=True)\n(x * 2).grad_fn": "<MulBackward0 object at 0x7f0000000010>",
    ">>> x = 1\n>>> x\n1": "1",
    "for i in [1]: i": None,
    "": None,
    "# only a comment": None,
}


@pytest.mark.parametrize("code", SHOWN)
def test_what_a_notebook_shows(code: str) -> None:
    result = result_of(code)
    assert result.error is None
    assert result.result == SHOWN[code]


def test_the_same_program_draws_the_same_numbers() -> None:
    code = "import torch\nprint(torch.rand(2))"
    first, second, other = (run_cells([code], seed=seed).cells[0].stdout for seed in (0, 0, 1))
    assert first == second != other


def test_strict_refuses_integers_that_require_grad() -> None:
    code = "import torch\nx = torch.tensor([1], requires_grad=True)"
    assert run_cells([code]).cells[0].error is None
    error = run_cells([code], strict=True).cells[0].error
    assert error is not None
    assert error.message == "Only Tensors of floating point and complex dtype can require gradients"


def test_every_program_of_the_documents_gives_its_output(shared: Path) -> None:
    for line in (shared / "documents" / "programs.jsonl").read_text(encoding="utf-8").splitlines():
        program = json.loads(line)
        for wanted, cell in zip(program["want"], run_cells(program["cells"]).cells, strict=True):
            error = cell.error and f"{cell.error.type}: {cell.error.message}"
            assert error == wanted.get("error"), program["id"]
            assert cell.stdout == wanted.get("printed", cell.stdout), program["id"]
            assert cell.result == wanted.get("result", cell.result), program["id"]
