"""Runs the page's module tests (tests/front/*.test.mjs) under Node's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import playwright
import pytest

HERE = Path(__file__).resolve().parent


def find_node() -> str:
    """The Node inside the Playwright wheel, which every test environment has, else the machine's."""
    carried = Path(playwright.__file__).parent / "driver" / "node"
    found = str(carried) if carried.exists() else shutil.which("node")
    assert found, "no Node to run the page's tests with"
    return found


@pytest.mark.parametrize("path", sorted(HERE.glob("**/*.test.mjs")), ids=lambda path: path.name)
def test_module(path: Path) -> None:
    done = subprocess.run(
        [find_node(), "--test", str(path)], cwd=HERE, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
