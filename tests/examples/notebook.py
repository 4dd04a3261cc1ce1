"""Executes the notebook of examples/ in a kernel of its own, on a server of the tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from tests.examples.shell import ROOT, WRITTEN

PATH: Final = ROOT / "examples" / "diagrams.ipynb"
SECONDS: Final = 240.0
# In a process of its own: the kernel's client opens sockets and loops that pytest's strict warnings are not about.
EXECUTE: Final = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
nbformat.write(notebook, sys.argv[2])
"""


def executed(server: str, folder: Path) -> list[dict[str, Any]]:
    """The notebook's cells with their outputs. Raises AssertionError with what the kernel said."""
    before, after = folder / "before.ipynb", folder / "after.ipynb"
    before.write_text(PATH.read_text("utf-8").replace(WRITTEN[0], server), "utf-8")
    command = [sys.executable, "-c", EXECUTE, str(before), str(after)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    cells: list[dict[str, Any]] = json.loads(after.read_text("utf-8"))["cells"]
    return cells


def frames(cells: list[dict[str, Any]]) -> list[str]:
    """The markup of every frame that the notebook shows."""
    shown = [output.get("data", {}).get("text/html", "") for cell in cells for output in cell.get("outputs", [])]
    return [text for text in ("".join(part) for part in shown) if "<iframe" in text]
