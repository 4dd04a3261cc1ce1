"""Scores come from the vjp and weights from the relation, and every score is the sum of its shares."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from app.trace import edges, trace
from tests.trace.programs import each_program, everything, run, traced
from tests.trace.sum_rule import Ask, faults


def asker(cells: list[str]) -> Ask:
    """Edges from /api/edges' own function."""

    def ask(op: int, input: int, output: int) -> dict[str, Any]:
        size = traced_size(cells, op, output)
        return edges(cells, op=op, input=input, output=output, of_outputs=list(range(size)))

    return ask


def traced_size(cells: list[str], op: int, output: int) -> int:
    """How many elements an output has."""
    answer = trace(cells)
    size = 1
    for n in answer["tensors"][answer["ops"][op]["outputs"][output]]["shape"]:
        size *= n
    return size


@each_program()
def test_every_program(name: str) -> None:
    assert faults(traced(name), asker(everything()[name])) == []


def test_something_is_checked() -> None:
    scores = [s for name in everything() for call in traced(name)["backward"] for s in call["scores"]]
    assert len(scores) > 100


HARD = {
    "an inf score at a zero weight that selects": "(x.max(dim=0).values / 0).backward()",
    "an inf score at a zero weight that multiplies": "((x - 1) * torch.tensor([0.0, 1.0, 1.0]) / 0).sum().backward()",
    "nan": "(torch.sqrt(x - 1) * 0).sum().backward()",
    "relu where it is flat": "(torch.relu(x - 2) * torch.tensor([float('inf'), 1.0, 1.0])).sum().backward()",
    "clamp where it is flat": "(x.clamp(1.5, 2.5) / 0).sum().backward()",
    "the branch that where did not take": "torch.where(x > 1, x, x / 0).sum().backward()",
    "an index that repeats": "x[[0, 0, 2]].backward(torch.tensor([1.0, 2.0, 3.0]))",
    "a mask": "(x[x > 1] * 3).sum().backward()",
    "gather": "x.gather(0, torch.tensor([2, 2, 0])).backward(torch.ones(3))",
    "a broadcast both ways": "(x.reshape(3, 1) * x).sum().backward()",
    "expand": "x.expand(2, 3).backward(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))",
    "cat, stack and split": "a, b = torch.cat([x, 2 * x]).split(3)\ntorch.stack([a, b]).prod().backward()",
    "unbind with one output unused": "a, b, c = (x * x).unbind()\n(a * c).backward()",
    "tril of an outer product": "torch.outer(x, x).tril().sum().backward()",
    "norms": "(x.norm() + x.norm(p=1) + x.norm(p=3) + x.norm(p=float('inf'))).backward()",
    "logsumexp and log_softmax": "(x.logsumexp(0) + x.log_softmax(0)[1]).backward()",
    "std, var": "(x.std() + x.var(unbiased=False)).backward()",
    "powers": "(x ** 2 + 2 ** x + x ** x + x ** 0.5).sum().backward()",
    "a write through a view": "y = x * 2\ny.view(3)[1:].mul_(3)\ny.prod().backward()",
    "a row that is overwritten": "y = x * 2\ny[1] = x[0] * x[2]\ny.prod().backward()",
    "writes of one's own part": "y = x * x\ny[:2] += y[1:].clone()\ny.sum().backward()",
    "mixed types": "(x * torch.tensor([1, 2, 3]) + x.double()).sum().backward()",
    "batched matmul that broadcasts": "(x.reshape(1, 3) @ torch.ones(2, 3, 2)).prod().backward()",
    "matrix times vector": "m = torch.outer(x, x) + 1\n(m @ x + x @ m).prod().backward()",
    "two roots": "torch.autograd.backward([x * 2, x.sum()], [torch.tensor([1.0, 0.0, 2.0]), None])",
    "one tensor as two roots": "y = x * 2\ntorch.autograd.backward([y, y], [torch.ones(3), torch.ones(3)])",
    "a leaf as root": "x.backward(torch.tensor([1.0, 2.0, 3.0]))",
    "grad of some": "y = x * x\nz = (y * x).sum()\ntorch.autograd.grad(z, y)",
    "backward to some": "w = torch.ones(3, requires_grad=True)\n(x * x * w).sum().backward(inputs=[w])",
    "second derivative": "g, = torch.autograd.grad((x ** 3).sum(), x, create_graph=True)\n(g * x).sum().backward()",
    "second derivative of softmax": "g, = torch.autograd.grad(x.softmax(0)[1], x, create_graph=True)\n"
    "(g * g).sum().backward()",
    "create_graph in backward": "(x ** 3).sum().backward(create_graph=True)\nx.grad.sum().backward()",
    "a training step": "w = torch.tensor(2.0, requires_grad=True)\nfor _ in range(3):\n    (w * x).sum().backward()\n"
    "    with torch.no_grad():\n        w -= 0.1 * w.grad\n    w.grad = None",
    "an edit behind autograd's back": "y = x * x\nx.data.mul_(10)\ny.sum().backward()",
    "numbers changed under no_grad": "y = x * x\nwith torch.no_grad():\n    y.add_(1)\n(y * 3).sum().backward()",
    "a leaf that changes between its uses": "y = x + 1\nwith torch.no_grad():\n    x.mul_(2)\n"
    "(y + 3 * x).sum().backward()",
    "numbers changed through an alias": "y = x * x\ny.data.add_(1)\n(y * 3).sum().backward()",
}


@pytest.mark.parametrize("code", list(HARD.values()), ids=list(HARD))
def test_where_it_is_hard(code: str) -> None:
    answer = run(code)
    assert answer["error"] is None, answer["error"]
    assert any(call["scores"] for call in answer["backward"])
    assert faults(answer, none_missing) == []


def none_missing(op: int, input: int, output: int) -> dict[str, Any]:
    raise AssertionError(f"operation {op} has no edges")


def test_the_check_can_fail() -> None:
    for part in ("scores", "weight", "accumulated"):
        answer = copy.deepcopy(run("(x * x).sum().backward()"))
        call = answer["backward"][0]
        if part == "scores":
            call["scores"][1]["values"][0] *= 1.001
        elif part == "weight":
            answer["ops"][0]["relations"][1]["edges"]["weight"][2] *= 1.001
        else:
            call["accumulated"][0]["after"][0] *= 1.001
        assert faults(answer, none_missing), part
