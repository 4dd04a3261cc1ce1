"""Programs whose printed text was recorded from PyTorch and numpy."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
TORCH = "import torch\ntorch.manual_seed(0)\n"
NUMPY = "import numpy as np\nnp.random.seed(0)\n"


def programs_of(path: Path) -> list[str]:
    """The programs of a file, which lines of three dashes separate."""
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n---\n")


def started(program: str) -> str:
    """The program behind its imports, every generator seeded with 0."""
    return TORCH + (NUMPY if "np." in program else "") + program
