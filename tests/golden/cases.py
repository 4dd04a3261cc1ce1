"""One recorded program: its cells, and what PyTorch answered to each of them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FLOAT64_TOLERANCE = 1e-12
FLOAT32_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Answer:
    """What one cell printed, the repr of its trailing expression, its error, and the warnings it gave.

    `error` is (type, message, line in the cell); warnings are texts without the place in PyTorch's sources.
    """

    out: str = ""
    result: str | None = None
    error: tuple[str, str, int | None] | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    name: str
    cells: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    tolerance: float = FLOAT64_TOLERANCE


def to_line(case: Case) -> str:
    """One case as one line of compact JSON; what is empty is left out."""
    row: dict[str, Any] = {"name": case.name}
    if case.tolerance != FLOAT64_TOLERANCE:
        row["tolerance"] = case.tolerance
    row["cells"] = case.cells
    row["answers"] = [{k: v for k, v in vars(answer).items() if v} for answer in case.answers]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def from_line(line: str) -> Case:
    row = json.loads(line)
    return Case(
        row["name"],
        tuple(row["cells"]),
        tuple(_answer(fields) for fields in row["answers"]),
        row.get("tolerance", FLOAT64_TOLERANCE),
    )


def _answer(fields: dict[str, Any]) -> Answer:
    error = fields.get("error")
    return Answer(
        fields.get("out", ""),
        fields.get("result"),
        None if error is None else (error[0], error[1], error[2]),
        tuple(fields.get("warnings", ())),
    )


def load(family: str) -> list[Case]:
    """Every recorded case of one family: the folder's `.jsonl` files in the order of their names."""
    files = sorted((FOLDER / family).glob("*.jsonl"))
    return [from_line(line) for file in files for line in file.read_text("utf-8").splitlines()]
