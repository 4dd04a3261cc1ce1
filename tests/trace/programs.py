"""The programs that every statement about traces is held against: the built-in ones and the documents'."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from app.trace import trace
from app.web.programs import built_in

SHARED: Final = Path(os.environ.get("BACKPASS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
DOCUMENTS: Final = SHARED / "documents" / "programs.jsonl"


@cache
def documents() -> list[dict[str, Any]]:
    """The documents' programs with what they should answer; none where the folder is absent."""
    if not DOCUMENTS.is_file():
        return []
    return [json.loads(line) for line in DOCUMENTS.read_text("utf-8").splitlines()]


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
