"""schemathesis against a real server: every route of the OpenAPI document keeps what the document promises."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
RUN = "from schemathesis.cli import schemathesis; schemathesis()"
SECONDS = 150  # it takes about 15 on a quiet machine


@pytest.mark.parametrize("seed", ["1", "2"])
def test_document_and_server_agree(base_url: str, tmp_path: Path, seed: str) -> None:
    """All checks of schemathesis, on requests that follow the document and on requests that break it."""
    settings = str(ROOT / "tests" / "resist" / "schemathesis.toml")
    command = [sys.executable, "-c", RUN, "--config-file", settings, "run", f"{base_url}/openapi.json"]
    found = subprocess.run(
        [*command, "--seed", seed, "--no-color"],
        cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS, check=False,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "SCHEMATHESIS_HOOKS": "tests.resist.openapi_checks"},
    )  # fmt: skip
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
    assert f"Tested: {operations(base_url)}\n" in found.stdout


def operations(base_url: str) -> int:
    """How many routes the document has."""
    with urllib.request.urlopen(f"{base_url}/openapi.json", timeout=10) as response:
        return sum(len(methods) for methods in json.load(response)["paths"].values())
