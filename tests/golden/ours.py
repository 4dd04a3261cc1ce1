"""Runs a program's cells through our interpreter, strictly as PyTorch, and answers as the oracle does."""

from app.interpreter import CellResult, run_cells
from tests.golden.cases import Answer


def answers(cells: tuple[str, ...]) -> tuple[Answer, ...]:
    return tuple(_answer(cell) for cell in run_cells(list(cells), strict=True).cells)


def _answer(cell: CellResult) -> Answer:
    error = None
    if cell.error is not None:
        span = cell.error.span
        error = (cell.error.type, cell.error.message, None if span is None else span.line)
    return Answer(cell.stdout, cell.result, error, tuple(notice.code for notice in cell.notices))
