"""The page reads the formulas of weights that the trace sends: each comes to the weight itself."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from app import trace
from app.trace.catalogue import catalogue
from app.trace.encode import encode
from tests.front.test_modules import find_node

HERE = Path(__file__).resolve().parent
CASES = HERE.parent / "golden" / "operations"
CONVENTIONS = {"pow", "norm", "std", "max"}
"""Operations with isolated points where PyTorch fixes the weight and the formula has none: 0 · ln 0, 0 / 0, nan."""
PICKED = {
    "nll_loss", "layer_norm", "group_norm", "batch_norm", "glu", "pdist", "scaled_dot_product_attention",
    "multi_margin_loss", "multilabel_margin_loss", "embedding_bag",
}  # fmt: skip
"""Operations whose formulas name what the page does not hold: the weight of a class, μ and σ of a group."""


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
    assert [case for case in wrong if case["op"] not in CONVENTIONS] == []
    assert len(wrong) <= 2, "0 · ln 0 in two cases is a convention"
    assert total["checked"] > 9_000
    assert {formula.partition(":")[0] for formula in total["untold"]} <= CONVENTIONS | PICKED
