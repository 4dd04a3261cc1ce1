"""The page reads the formulas of weights that the trace sends: each comes to the weight itself."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from app import trace
from app.trace.catalogue import catalogue
from app.trace.encode import encode
from tests.front.test_modules import find_node

HERE = Path(__file__).resolve().parent
CASES = HERE.parent / "golden" / "operations"
CONVENTIONS = {"pow", "norm", "std", "max", "logit", "logit_", "xlogy"}
"""Operations with isolated points where PyTorch fixes the weight and the formula has none: 0 · ln 0, 0 / 0, nan."""
MISREAD = re.compile(r"(adaptive_)?max_pool\dd|conv(_transpose)?\dd|frexp|kron|multi_margin_loss|embedding_bag|einsum")
"""Operations whose formulas name places by rules of their own: the page must not tell what it finds there."""


def programs() -> Iterator[tuple[str, list[str]]]:
    """The example of every name in the catalogue, then every case that the engine is held to."""
    for entry in catalogue():
        if entry["example"]:
            yield entry["name"], [entry["example"]]
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row["name"], row["cells"][:3]


def test_formulas_come_to_the_weights() -> None:
    lines = [encode({"name": name, "trace": trace.trace(cells)}) for name, cells in programs()]
    command = [find_node(), str(HERE / "weights-in-symbols.mjs")]
    done = subprocess.run(command, input=b"\n".join(lines), capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    *wrong, total = [json.loads(line) for line in done.stdout.decode().splitlines()]
    misread = [case for case in wrong if MISREAD.fullmatch(case["op"])]
    assert [case for case in misread if case["steps"]] == [], "the page tells no formula that it reads wrongly"
    wrong = [case for case in wrong if not MISREAD.fullmatch(case["op"])]
    assert [case for case in wrong if case["op"] not in CONVENTIONS] == []
    assert len(wrong) <= 7, "0 · ln 0 and its like are conventions"
    assert total["checked"] > 25_000
    assert len({formula.partition(":")[0] for formula in total["untold"]}) < 90, "most formulas can be told"
