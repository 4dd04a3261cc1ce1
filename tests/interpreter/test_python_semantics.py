"""Plain Python, without tensors: printed text, error type and error text equal CPython's.

The programs stand in `python/*.txt`, separated by lines of three dashes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.interpreter.oracle import by_python, by_us

pytestmark = [
    pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="Python's own texts differ between versions"),
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
]
CASES = [
    pytest.param(code.strip("\n"), id=f"{file.stem}-{number}")
    for file in sorted((Path(__file__).parent / "python").glob("*.txt"))
    for number, code in enumerate(file.read_text(encoding="utf-8").split("\n---\n"))
]


@pytest.mark.parametrize("code", CASES)
def test_as_python(code: str) -> None:
    assert by_us(code) == by_python(code)


def test_the_tables_are_there() -> None:
    assert len(CASES) > 200
