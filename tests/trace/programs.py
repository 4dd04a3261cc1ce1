"""The programs that every statement about traces is held against: the built-in ones and the documents'."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from app.trace import trace
from app.web.programs import built_in
from tests.documents import documents


@cache
def everything() -> dict[str, list[str]]:
    """Cells of every program by name."""
    own = {slug: program.cells for slug, program in built_in().items()}
    return own | {program["id"]: program["cells"] for program in documents()}


@cache
def traced(name: str) -> dict[str, Any]:
    """The trace of a program of `everything`; shared, so not to be changed."""
    return trace(everything()[name])


def each_program() -> pytest.MarkDecorator:
    """Parametrizes `name` over every program."""
    return pytest.mark.parametrize("name", list(everything()))


def run(*cells: str, **asked: Any) -> dict[str, Any]:
    """The trace of some code in which torch is imported and x is a leaf [1, 2, 3]; lines start at 3 in cell 0."""
    head = "import torch\nx = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\n"
    return trace([head + cells[0], *cells[1:]], **asked)
