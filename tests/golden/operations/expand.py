"""Turns a row (`leaves | call | outputs`) into the five cells that every row is asked.

Forward, layout, backward with a non-uniform upstream gradient, the same backward again without
`retain_graph`, and the gradient of the gradient with respect to the leaves and to the upstream gradient.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.golden.operations import leaves


@dataclass(frozen=True)
class Row:
    name: str
    specs: tuple[str, ...]
    call: str
    outputs: tuple[str, ...]

    @property
    def leaves(self) -> list[str]:
        return [leaves.name_of(spec) for spec in self.specs if leaves.is_leaf(spec)]


def rows(file: Path) -> list[Row]:
    """The rows of one text file; `=== name` begins the rows of one operation."""
    found: list[Row] = []
    section, number = "", 0
    for text in file.read_text("utf-8").splitlines():
        if text.startswith("=== "):
            section, number = text[4:].strip(), 0
        elif text.strip():
            found.append(_row(f"{file.stem}-{section}-{number}", text))
            number += 1
    return found


def _row(name: str, text: str) -> Row:
    parts = [part.strip() for part in text.split(" | ")]
    outputs = tuple(parts[2].split(", ")) if len(parts) > 2 else ("y",)
    return Row(name, tuple(spec.strip() for spec in parts[0].split("; ") if spec), parts[1], outputs)


def forward(row: Row) -> str:
    prints = [f"print({y}.shape, {y}.dtype, {y}.requires_grad, {y}.grad_fn)\nprint({y}.tolist())" for y in row.outputs]
    return "\n".join([_setup(row), *prints])


def layout(row: Row) -> str:
    facts = [f"print({y}.stride(), {y}.is_contiguous(), {y}._base is not None, {y}._version)" for y in row.outputs]
    versions = ", ".join(f"{x}._version" for x in row.leaves)
    return "\n".join([*facts, f"print({versions})"])


def backward(row: Row, roots: list[str]) -> str:
    seeds = [_seed(y) for y in roots]
    return "\n".join([*seeds, _walk(roots), *_grads(row.leaves)])


def again(row: Row, roots: list[str]) -> str:
    return "\n".join([_walk(roots), *_grads(row.leaves)])


def second(row: Row, roots: list[str], used: list[str]) -> str:
    """`used`: the leaves that a gradient reaches; the others would be None.

    Terms times 0 make every gradient of the total exist: whether PyTorch writes zeros or None where nothing
    arrives is an accident of its own formulas.
    """
    seeds = [f"{_seed(y)}.requires_grad_()" for y in roots]
    names = [f"g_{x}" for x in used]
    answer = ", ".join(names) + ("," if len(names) == 1 else "")
    asked = f"[{', '.join(roots)}], [{', '.join(used)}], [{_upstream(roots)}]"
    grad = f"torch.autograd.grad({asked}, create_graph=True)"
    shown = [f"print({g}.tolist())" for g in names]
    reached = [*used, *(f"u_{y}" for y in roots)]
    terms = [f"({g} * {_ramp(g, 0.3, '+ 0.4')}).sum()" for g in names] + [f"({x} * 0).sum()" for x in reached]
    walk = [f"total = {' + '.join(terms)}", "total.backward()", *_grads(reached)]
    return "\n".join([_setup(row), *seeds, f"{answer} = {grad}", *shown, *walk])


def _setup(row: Row) -> str:
    functional = ["import torch.nn.functional as F"] if "F." in row.call else []
    return "\n".join(["import torch", *functional, *map(leaves.line, row.specs), *row.call.split("; ")])


def _seed(y: str) -> str:
    return f"u_{y} = {_ramp(y, 0.7, '- 0.9')}"


def _ramp(y: str, slope: float, rest: str) -> str:
    return f"(torch.arange({y}.numel(), dtype={y}.dtype).reshape({y}.shape) * {slope} {rest})"


def _upstream(roots: list[str]) -> str:
    return ", ".join(f"u_{y}" for y in roots)


def _walk(roots: list[str]) -> str:
    if len(roots) == 1:
        return f"{roots[0]}.backward(u_{roots[0]})"
    return f"torch.autograd.backward([{', '.join(roots)}], [{_upstream(roots)}])"


def _grads(names: list[str]) -> list[str]:
    return [f"print(None if {x}.grad is None else {x}.grad.clone().tolist())" for x in names]
