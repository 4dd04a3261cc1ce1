"""Modules of the library: Python source of ours that the interpreter runs beside the program."""

from __future__ import annotations

import pytest

from app.interpreter import run_cells, span_of
from app.interpreter.library import modules
from app.interpreter.library.deferred import TEXTS, compiled
from app.interpreter.library.host import HOST, primitive
from app.interpreter.machine import Machine
from app.interpreter.records import Deferred, Namespace

DEMO = """import torch
import _host

SCALE = 3


class Layer:
    def __init__(self):
        self.weight = torch.ones(2, requires_grad=True)

    def __call__(self, x):
        made = x * self.weight
        again = self.forward(made)
        return again * SCALE


def fail(x):
    return x @ torch.ones(7)
"""


@pytest.fixture(autouse=True)
def _demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """`import demo` finds the module above."""
    monkeypatch.setitem(TEXTS, "demo", DEMO)
    names = {name: Deferred("demo", name) for name in ("Layer", "fail", "SCALE")}
    monkeypatch.setitem(modules.MODULES, "demo", Namespace("demo", {**names}))
    compiled.cache_clear()


def test_operations_of_the_library_belong_to_the_students_line() -> None:
    program = (
        "import torch, demo\n"
        "class Net(demo.Layer):\n"
        "    def forward(self, x):\n"
        "        return x + 1\n"
        "net = Net()\n"
        "y = net(torch.tensor([1., 2.]))\n"
    )
    execution = run_cells([program])
    assert execution.cells[0].error is None
    spans = [span_of(applied.node.here) for applied in execution.run.tape.applied]
    assert [(a.node.operation.name, s and s.line) for a, s in zip(execution.run.tape.applied, spans, strict=True)] == [
        ("mul", 6),
        ("add", 4),
        ("mul", 6),
    ]
    assert "made" not in execution.run.tape.names.values()
    assert "y" in execution.run.tape.names.values()


def test_errors_of_the_library_are_at_the_students_call() -> None:
    error = run_cells(["import torch, demo\nx = torch.ones(2)\ndemo.fail(x)"]).cells[0].error
    assert error is not None
    assert error.span is not None
    assert (error.type, error.span.line, error.span.column) == ("RuntimeError", 3, 0)


def test_a_module_has_its_own_globals_and_name() -> None:
    program = "import demo\nSCALE = 5\nprint(demo.SCALE, SCALE, demo.Layer)"
    assert run_cells([program]).cells[0].stdout == "3 5 <class 'demo.Layer'>\n"


def test_every_program_has_classes_of_its_own() -> None:
    program = "from demo import Layer\ntry:\n    Layer.extra\nexcept AttributeError:\n    print('no')\nLayer.extra = 1"
    assert [run_cells([program]).cells[0].stdout for _ in range(2)] == ["no\n", "no\n"]


def test_programs_cannot_import_the_host() -> None:
    for program in ("import _host", "from _host import anything"):
        error = run_cells([program]).cells[0].error
        assert error is not None
        assert error.type == "ModuleNotFoundError"


def test_a_primitive_is_called_with_the_librarys_view(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HOST, "entries", dict(HOST.entries))
    seen = []

    @primitive("look")
    def _look(machine: Machine, arguments: list[object], keywords: dict[str, object]) -> None:
        seen.append(machine.name)

    monkeypatch.setitem(TEXTS, "demo", "import _host\n_host.look()\nSCALE = 1")
    compiled.cache_clear()
    run_cells(["import demo\ndemo.SCALE"])
    assert seen == ["demo"]
