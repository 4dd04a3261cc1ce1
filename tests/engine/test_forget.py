"""What is forgotten is never missed: programs print the same, and the answer tells what it no longer holds."""

from __future__ import annotations

import re

import pytest

from app.engine import forget
from app.engine.run import current
from app.interpreter import Budget, Limits, run_cells
from app.interpreter.budget import Budget as Meter
from app.trace import trace
from tests.golden.cases import Case, load
from tests.golden.check import check

LOOP = """import torch
torch.manual_seed(0)
x = torch.randn(8, 50)
w = torch.randn(50, 40, requires_grad=True)
for step in range(20):
    loss = (x @ w).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
print(loss, w.sum())
"""
TIGHT = Limits(all_elements=40_000)


def test_a_loop_runs_in_little_memory() -> None:
    wide = run_cells([LOOP]).cells[0]
    tight = run_cells([LOOP], budget=Budget(TIGHT)).cells[0]
    assert tight.error is None
    assert tight.stdout == wide.stdout


def test_what_the_program_holds_is_not_forgotten() -> None:
    hoard = LOOP.replace("    loss.backward()\n", "    loss.backward()\n    kept.append(w.detach().clone())\n")
    cell = run_cells(["kept = []\n" + hoard], budget=Budget(TIGHT)).cells[0]
    assert cell.error is not None
    assert cell.error.type == "LimitError"
    assert "elements at once" in cell.error.message


def test_a_network_that_only_waits_keeps_its_numbers() -> None:
    program = LOOP.replace(
        "x = torch", "target = torch.nn.Linear(50, 40)\nbefore = target.weight.detach().sum()\nx = torch"
    )
    cell = run_cells([program + "print(before, target.weight.detach().sum())"], budget=Budget(TIGHT)).cells[0]
    assert cell.error is None
    first, second = re.findall(r"tensor\((\S+)\)", cell.stdout.splitlines()[-1])
    assert first == second != "0."


def test_networks_count_for_what_a_run_holds() -> None:
    program = "import torch\nkept = [torch.nn.Linear(100, 100) for _ in range(9)]"
    cell = run_cells([program], budget=Budget(TIGHT)).cells[0]
    assert cell.error is not None
    assert "elements at once" in cell.error.message


def test_the_answer_tells_what_is_gone() -> None:
    answer = trace([LOOP], budget=Budget(TIGHT))
    assert answer["error"] is None
    first, last = (next(op for op in ops if op["name"] == "matmul") for ops in (answer["ops"], answer["ops"][::-1]))
    assert [r["edges"] for r in first["relations"]] == [None, None]
    assert not any(r["complete"] for r in first["relations"])
    assert last["relations"][1]["edges"] is not None
    versions = [t for t in answer["tensors"] if t["name"] == "w"]
    assert len(versions) == 21
    assert all(t["values"] is None and t["summary"]["max"] > 1 for t in versions)


def test_the_call_that_was_asked_for_is_kept() -> None:
    answer = trace([LOOP], budget=Budget(TIGHT), focus=2)
    walked = answer["backward"][2]["order"]
    relations = [r for op in answer["ops"] if op["id"] in walked for r in op["relations"] if r["carries"]]
    assert all(r["edges"] is not None for r in relations)


CASES = [case for n, case in enumerate(load("autograd")) if n % 12 == 0 or "inside forward" in case.name]
CASES += load("views")[::40]


@pytest.fixture
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is forgotten that may be, before every backward call and every operation after it."""
    monkeypatch.setattr(forget, "LARGE", 0)
    plain = Meter._numbers

    def forgetting(self: Meter, elements: int, flops: int) -> None:
        if current().tape.calls:
            self._still_held()
        plain(self, elements, flops)

    monkeypatch.setattr(Meter, "_numbers", forgetting)


@pytest.mark.usefixtures("_forgetful")
@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in CASES])
def test_nothing_forgotten_is_missed(case: Case) -> None:
    check(case)
