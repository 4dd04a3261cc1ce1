"""Records PyTorch's answers: `python tests/golden/record.py [family …]` in an environment with torch 2.13.

Writes the `.jsonl` files beside the sources. Nothing else needs torch: the tests read what is committed.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.golden import oracle, sources
from tests.golden.cases import FLOAT32_TOLERANCE, FOLDER, Answer, Case, to_line
from tests.golden.operations import expand
from tests.golden.promotion import pairs
from tests.golden.views import generate


def operations() -> Iterator[tuple[Path, list[Case]]]:
    for file in sorted((FOLDER / "operations").glob("*.txt")):
        yield file, [_operation(row) for row in expand.rows(file)]


def _operation(row: expand.Row) -> Case:
    """Asks PyTorch which outputs and leaves take part, then writes the cells that ask about them."""
    roots, used = _taking_part(row)
    cells = [expand.forward(row), expand.layout(row)]
    if roots:
        cells += [expand.backward(row, roots), expand.again(row, roots)]
    if used:
        cells.append(expand.second(row, roots, used))
    printed = " ".join(answer.out for answer in _fresh_answers(tuple(cells)))
    if used and any(word in printed for word in ("nan", "inf")):
        cells.pop()  # a second derivative at a singular point is whatever PyTorch's formulas happen to give
    single = "float32" in printed or any(name.endswith("32") for name in row.leaves)
    return Case(row.name, tuple(cells), tolerance=FLOAT32_TOLERANCE if single else Case.tolerance)


def _taking_part(row: expand.Row) -> tuple[list[str], list[str]]:
    torch: Any = import_module("torch")
    names: dict[str, Any] = {}
    try:
        exec(expand.forward(row).split("\nprint(")[0], names)
    except Exception as error:
        raise ValueError(f"{row.name}: {row.call}: {error}") from error
    roots = [y for y in row.outputs if names[y].requires_grad]
    if not roots or not row.leaves:
        return roots, []
    leaves: Any = [names[x] for x in row.leaves]
    seeds = [torch.ones_like(names[y]) for y in roots]
    try:
        grads = torch.autograd.grad([names[y] for y in roots], leaves, seeds, allow_unused=True)
    except RuntimeError:  # no derivative, as for floor_divide: the backward cells record the error
        return roots, []
    return roots, [x for x, grad in zip(row.leaves, grads, strict=True) if grad is not None]


def wild() -> Iterator[tuple[Path, list[Case]]]:
    """Whole programs: their numbers went through float32, again and again where they train."""
    for file, cases in texts("wild"):
        yield file, [replace(case, tolerance=10 * FLOAT32_TOLERANCE) for case in cases]


def texts(family: str) -> Iterator[tuple[Path, list[Case]]]:
    for file in sorted((FOLDER / family).glob("*.txt")):
        yield file, sources.programs(file)


def optim() -> Iterator[tuple[Path, list[Case]]]:
    """Training runs in float32: their numbers agree as far as those of single operations do."""
    for file, cases in texts("optim"):
        yield file, [replace(case, tolerance=FLOAT32_TOLERANCE) for case in cases]


def promotion() -> Iterator[tuple[Path, list[Case]]]:
    for operation, cases in pairs.families():
        yield FOLDER / "promotion" / f"{operation}.txt", cases


def views() -> Iterator[tuple[Path, list[Case]]]:
    cases = generate.programs()
    half = len(cases) // 2
    yield FOLDER / "views" / "first.txt", cases[:half]
    yield FOLDER / "views" / "second.txt", cases[half:]


FAMILIES: dict[str, Callable[[], Iterator[tuple[Path, list[Case]]]]] = {
    "operations": operations,
    "promotion": promotion,
    "errors": lambda: texts("errors"),
    "views": views,
    "autograd": lambda: texts("autograd"),
    "nn": lambda: texts("nn"),
    "wild": wild,
    "optim": optim,
}


def record(family: str) -> int:
    """Answers and writes every case of one family; returns how many there are."""
    count = 0
    for source, cases in FAMILIES[family]():
        answered = [_answered(case) for case in cases]
        lines = "".join(to_line(case) + "\n" for case in answered)
        source.with_suffix(".jsonl").write_text(lines, "utf-8")
        count += len(cases)
    return count


def _answered(case: Case) -> Case:
    return replace(case, answers=_fresh_answers(case.cells))


def _fresh_answers(cells: tuple[str, ...]) -> tuple[Answer, ...]:
    torch: Any = import_module("torch")
    torch.set_grad_enabled(True)  # a case may have switched either for good
    torch.set_default_dtype(torch.float32)
    torch.set_printoptions(profile="default")
    torch.manual_seed(0)  # what a program that never seeds draws from here, too
    return oracle.answers(cells)


def main(families: list[str]) -> None:
    torch: Any = import_module("torch")
    torch.set_num_threads(1)
    torch.set_warn_always(True)
    for family in families or list(FAMILIES):
        print(family, record(family))


if __name__ == "__main__":
    main(sys.argv[1:])
