"""Compares what a program answered with what PyTorch answered: words exactly, numbers within a tolerance."""

import math
import re
from collections.abc import Iterator

from tests.golden.cases import Answer, Case

NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.\d*(?:e[+-]?\d+)?|\d+e[+-]?\d+|nan|inf)(?![\w.])")
TENSOR_ROW = re.compile(r"\s+(\[|-?\d)")
NOTICES = {
    "nonleaf-grad": "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed.",
    "optimizer-duplicates": "optimizer contains a parameter group with duplicate parameters",
    "scheduler-first": "Detected call of `lr_scheduler.step()` before `optimizer.step()`.",
    "scheduler-epoch": "The epoch parameter in `scheduler.step()` was not necessary",
    "loss-size": "Using a target size (",
    "legacy-reduction": "size_average and reduce args will be deprecated",
    "kl-mean": "reduction: 'mean' divides the total loss by both the batch size and the support size.",
    "softmax-dim": "Implicit dimension choice for",
    "gumbel-eps": "`eps` parameter is deprecated",
    "dropout-rank": "dropout",
}
ADDRESS = re.compile(r"0x[0-9a-f…]+")


def differences(case: Case, got: tuple[Answer, ...]) -> Iterator[str]:
    """One sentence for each way in which `got` differs from the recorded answers."""
    for number in range(len(case.answers)):
        yield from cell_differences(case, number, got)


def cell_differences(case: Case, number: int, got: tuple[Answer, ...]) -> Iterator[str]:
    """The differences in one cell."""
    if number >= len(got):
        yield f"cell {number}: no answer"
        return
    want, have = case.answers[number], got[number]
    if have.error != want.error:
        yield f"cell {number}: error\n    want {want.error}\n    have {have.error}"
    for part in ("result", "out"):
        wanted, answered = getattr(want, part) or "", getattr(have, part) or ""
        if not same(wanted, answered, case.tolerance):
            yield f"cell {number}: {part}\n{_beside(wanted, answered, case.tolerance)}"
    if _notices(want) != _notices(have):
        yield f"cell {number}: notices\n    want {_notices(want)}\n    have {_notices(have)}"


def _notices(answer: Answer) -> set[str]:
    """The notices that stand for PyTorch's warnings; its other warnings are about its own interfaces."""
    return {code for code, start in NOTICES.items() if any(w == code or w.startswith(start) for w in answer.warnings)}


def _beside(want: str, have: str, tolerance: float) -> str:
    """Both texts line by line, only the lines that differ when their number is the same."""
    wants, haves = want.splitlines(), have.splitlines()
    if len(wants) != len(haves):
        return f"    want {want!r}\n    have {have!r}"
    pairs = zip(wants, haves, strict=True)
    return "\n".join(f"    want {a}\n    have {b}" for a, b in pairs if not same(a, b, tolerance))


def same(want: str, have: str, tolerance: float) -> bool:
    """Whether two texts agree. Printed tensors must agree to the letter: their digits are rounded."""
    want, have = ADDRESS.sub("0x…", want), ADDRESS.sub("0x…", have)
    if want == have:
        return True
    wants, haves = want.splitlines(), have.splitlines()
    return len(wants) == len(haves) and all(map(_same_line, wants, haves, [tolerance] * len(wants)))


def _same_line(want: str, have: str, tolerance: float) -> bool:
    if want == have:
        return True
    if "tensor(" in want or TENSOR_ROW.match(want):
        return False
    if NUMBER.sub("#", want) != NUMBER.sub("#", have):
        return False
    wants = [float(text) for text in NUMBER.findall(want)]
    haves = [float(text) for text in NUMBER.findall(have)]
    scale = max([1.0, *(abs(value) for value in wants if math.isfinite(value))])
    return all(_close(a, b, tolerance * scale) for a, b in zip(wants, haves, strict=True))


def _close(want: float, have: float, tolerance: float) -> bool:
    if math.isnan(want) or math.isnan(have):
        return math.isnan(want) and math.isnan(have)
    return want == have or abs(want - have) <= tolerance
