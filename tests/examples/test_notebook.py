"""The notebook of examples/ runs from top to bottom and keeps no outputs of anybody's machine."""

from __future__ import annotations

import json
from pathlib import Path

from tests.examples.notebook import PATH, executed, frames


def test_it_runs_and_says_what_it_promises(base_url: str, tmp_path: Path) -> None:
    cells = executed(base_url, tmp_path)
    assert len(frames(cells)) == 2
    printed = "".join(text for output in cells[-1]["outputs"] for text in output["text"])
    assert printed == "x [-0.90996945, 0.24472848, 0.66524094]\n"


def test_it_is_kept_without_outputs() -> None:
    for cell in json.loads(PATH.read_text("utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
