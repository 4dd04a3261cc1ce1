"""The lock files of Python packages: exact versions with their hashes, for every platform, and no index address.

requirements.lock is what the server runs on, requirements-build.lock what its wheel is built with. `uv` does
the work: `python3 dev.py lock` brings it. Versions that still fit stay as they are.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tools import vendor

OLDEST_PYTHON = "3.11"
COMPILE = ["pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate"]


def wanted(root: Path) -> dict[str, list[str]]:
    """For each lock file the requirements that it answers, from pyproject.toml."""
    text = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    project = text["project"]
    return {
        "requirements.lock": [*project["dependencies"], *project["optional-dependencies"]["server"]],
        "requirements-build.lock": [*text["build-system"]["requires"], vendor.NODE_WHEEL],
    }


def write(root: Path, *, upgrade: bool) -> None:
    """Makes both files. `upgrade`: the newest versions. Raises CalledProcessError when there is no answer."""
    for name, requirements in wanted(root).items():
        command = [sys.executable, "-m", "uv", *COMPILE, "--python-version", OLDEST_PYTHON, "-", "-o", name]
        if upgrade:
            command.append("--upgrade")
        subprocess.run(command, cwd=root, input="\n".join(requirements), text=True, check=True)


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[1], upgrade="--upgrade" in sys.argv)
