"""The library's own modules: each compiles, each offered name is there, none goes unoffered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.engine.run import Run, activate
from app.interpreter.budget import Budget
from app.interpreter.library import deferred
from app.interpreter.library.deferred import TEXTS, compiled, resolve
from app.interpreter.library.offers import offered
from app.interpreter.machine import Machine
from app.interpreter.records import Class


@pytest.mark.parametrize("module", sorted(TEXTS))
def test_module_compiles(module: str) -> None:
    compiled(module)


@pytest.fixture(scope="module", name="machine")
def _machine() -> Iterator[Machine]:
    run = Run(meter=Budget())
    with activate(run):
        yield Machine(run, Budget())


@pytest.mark.parametrize("name", sorted(offered()))
def test_offered_name_exists(name: str, machine: Machine) -> None:
    found = resolve(machine, offered()[name])
    if type(found) is Class and "._" not in name:
        assert "._" not in found.module, "a class prints PyTorch's public path, whichever file it stands in"


def test_no_module_goes_unoffered() -> None:
    """A module that no offer names is read by another one."""
    asked = {entry.module for entry in offered().values()} | {
        line.split()[1]
        for text in TEXTS.values()
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert set(TEXTS) <= asked


def test_the_texts_are_programs_not_our_code() -> None:
    assert not list(deferred.FOLDER.rglob("__init__.py")), "the host never imports them"
