"""The assertion that every golden test makes."""

from functools import lru_cache

from tests.golden import ours
from tests.golden.cases import Answer, Case
from tests.golden.compare import cell_differences, differences


def check(case: Case) -> None:
    """Fails with the program and every difference between our answers and PyTorch's."""
    found = list(differences(case, ours.answers(case.cells)))
    assert not found, _report(case, found)


def check_cell(case: Case, number: int) -> None:
    """Only one cell of the program: where each cell is a mistake of its own."""
    found = list(cell_differences(case, number, _answers(case.cells)))
    assert not found, _report(case, found)


@lru_cache(maxsize=8)
def _answers(cells: tuple[str, ...]) -> tuple[Answer, ...]:
    return ours.answers(cells)


def _report(case: Case, found: list[str]) -> str:
    program = "\n# %%\n".join(case.cells)
    return "\n".join([case.name, "", program, "", *found])
