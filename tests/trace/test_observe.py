"""What PyTorch passes over in silence is said, at the line, and only where it happened."""

from __future__ import annotations

import pytest

from app.trace import trace

W = "import torch\nw = torch.tensor([1.0, 2.0], requires_grad=True)\n"
STEP = "loss = (w * w).sum()\nloss.backward()\n"

SAID = {
    "leaf lost outside no_grad": (W + STEP + "w = w - 0.1 * w.grad\n", "leaf-lost", 5),
    "leaf lost under no_grad": (W + STEP + "with torch.no_grad():\n    w = w - 0.1 * w.grad / 2\n", "leaf-lost", 6),
    "forgotten zero_grad": (
        W + "for _ in range(2):\n    (w * w).sum().backward()\n    with torch.no_grad():\n        w -= 0.1 * w.grad\n",
        "grad-grown", 4,
    ),
    "forgotten zero_grad of a network": (
        "import torch\nnet = torch.nn.Linear(1, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\n"
        "for _ in range(2):\n    net(torch.ones(1, 1)).sum().backward()\n    opt.step()\n",
        "grad-grown", 5,
    ),
    "cut by item": (W + "loss = torch.tensor((w * w).sum().item())\nloss.backward()\n", "chain-cut-by-number", 3),
    "cut by float": (W + "loss = float((w * w).sum())\nloss.backward()\n", "chain-cut-by-number", 3),
    "cut by detach": (W + "y = (w * 2).detach()\ny.sum().backward()\n", "chain-cut-by-operation", 3),
    "cut by no_grad": (
        W + "with torch.no_grad():\n    y = w * 2\n(y * 3).sum().backward()\n", "chain-cut-by-operation", 4,
    ),
    "cut by argmax": (W + "w.argmax().backward()\n", "chain-cut-by-operation", 3),
    "a leaf beside another": (
        "import torch\nx = torch.ones(2, requires_grad=True)\nX = torch.ones(2, requires_grad=True)\n"
        "X.sum().backward()\n",
        "leaf-unused-beside", 2,
    ),
    "a leaf nobody used": (W + "b = torch.zeros(1, requires_grad=True)\n" + STEP, "leaf-unused", 3),
    "variance of a sample": (W + "w.var().backward()\n", "var-correction", 3),
    "product with a zero": (W + "(w * torch.tensor([0., 1.])).prod().backward()\n", "product-at-zero", 3),
    "ties": ("import torch\nx = torch.tensor([3., 3., 1.], requires_grad=True)\nx.max().backward()\n", "ties-share", 3),
}  # fmt: skip
SILENT = {
    "an update in place": W + "for _ in range(2):\n    (w * w).sum().backward()\n    with torch.no_grad():\n"
    "        w -= 0.1 * w.grad\n        w.grad.zero_()\n",
    "accumulated on purpose": W + "(w * w).sum().backward()\n(w * w).sum().backward()\n",
    "a name used again": W + STEP + "w = torch.zeros(2, requires_grad=True)\n",
    "a logged loss": W + "loss = (w * w).sum()\nprint(loss.item())\nloss.backward()\n",
    "a number and another mistake": W + "n = (w * w).sum().item()\nw.backward()\n",
    "no backward yet": W,
    "a leaf as root": "import torch\nx = torch.tensor(1.0, requires_grad=True)\nx.backward()\n",
    "variance as asked": W + "w.var(correction=1).backward()\n",
    "no ties": W + "w.max().backward()\n",
    "no zero": W + "w.prod().backward()\n",
}


def said(program: str) -> list[tuple[str, int]]:
    answer = trace([program])
    return [(notice["code"], notice["line"]) for notice in answer["cells"][0]["notices"]]


@pytest.mark.parametrize(("program", "code", "line"), SAID.values(), ids=SAID)
def test_said(program: str, code: str, line: int) -> None:
    assert said(program) == [(code, line)]


@pytest.mark.parametrize("program", SILENT.values(), ids=SILENT)
def test_silent(program: str) -> None:
    assert said(program) == []
