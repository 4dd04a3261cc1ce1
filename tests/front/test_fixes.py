"""Every repair that the page offers is applied to a real failing program, which then runs past that error."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.trace import trace
from tests.front.test_modules import find_node

HERE = Path(__file__).resolve().parent
HEAD = "import torch\nx = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\n"
A, B = "a = torch.ones(2, 3)\n", "b = torch.ones(2, 3)\n"

# Hint code: program, then the labels of its fixes with the lines that they show.
CASES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "non-scalar-root": (
        "c = x * 2\nc.backward()",
        [
            ("ones", "c.backward(torch.ones_like(c))"),
            ("mean", "c.mean().backward()"),
            ("own", "c.backward(torch.tensor([0., 0., 0.]))"),
        ],
    ),
    "non-scalar-root of grad": (
        "c = x * 2\ntorch.autograd.grad(c, x)",
        [
            ("ones", "torch.autograd.grad(c, x, grad_outputs=torch.ones_like(c))"),
            ("mean", "torch.autograd.grad(c.mean(), x)"),
            ("own", "torch.autograd.grad(c, x, grad_outputs=torch.tensor([0., 0., 0.]))"),
        ],
    ),
    "second-backward": (
        "s = (x * x).sum()\ns.backward()\ns.backward()",
        [("retain", "s.backward(retain_graph=True)"), ("forward", "s = (x * x).sum()")],
    ),
    "gradient-shape": (
        "c = x * 2\nc.backward(torch.tensor([5.0, 6.0]))",
        [("shaped", "c.backward(torch.tensor([5., 6., 0.]))"), ("onesLike", "c.backward(torch.ones_like(c))")],
    ),
    "inplace-saved": (
        "y = x * 1\nz = y * y\ny.add_(1)\nz.sum().backward()",
        [("outOfPlace", "y = y.add(1)"), ("cloneBefore", "y = y.clone()")],
    ),
    "inplace-saved by +=": (
        "y = x * 1\nz = y * y\ny += 1\nz.sum().backward()",
        [("outOfPlace", "y = y + 1"), ("cloneBefore", "y = y.clone()")],
    ),
    "inplace-leaf": (
        "x.add_(1)",
        [("noGrad", "with torch.no_grad():\n    x.add_(1)"), ("copy", "y = x.clone()\ny.add_(1)")],
    ),
    "inplace-leaf-view": (
        "x[0] = 5",
        [("noGrad", "with torch.no_grad():\n    x[0] = 5"), ("copy", "y = x.clone()\ny[0] = 5")],
    ),
    "no-grad-fn": (
        "w = torch.tensor([1, 2])\nv = (w * 2).sum()\nv.backward()",
        [("requireGrad", "w = torch.tensor([1., 2.], requires_grad=True)")],
    ),
    "no-grad-fn by detach": ("y = (x * 2).detach()\ny.sum().backward()", [("attach", "y = (x * 2)")]),
    "unused-input": (
        "w = torch.ones(1, requires_grad=True)\ntorch.autograd.grad(x.sum(), w)",
        [("allowUnused", "torch.autograd.grad(x.sum(), w, allow_unused=True)")],
    ),
    "inplace-multi-view": ("a, b, c = x.clone().unbind()\na += 1", [("outOfPlace", "a = a + 1")]),
    "inplace-no-grad-view": (
        "w = x.clone()\nwith torch.no_grad():\n    v = w[0:2]\nv += 1",
        [("noGrad", "with torch.no_grad():\n    v += 1")],
    ),
    "inplace-overlap": ("v = torch.ones(1).expand(3)\nv.add_(1)", [("cloneRead", "v.clone().add_(1)")]),
    "undefined-name": ("weights = 1\nprint(weigths)", [("rename", "print(weights)")]),
    "undefined-name-alone": ("F.relu(x)", [("import", "import torch.nn.functional as F")]),
    "unsupported-name": ("torch.softmaxx(x, dim=0)", [("rename", "torch.softmax(x, dim=0)")]),
    "unsupported-name-alone": ("import pandas as pd\nx.sum()", [("removeLine", "x.sum()")]),
    "blocked-name": ("import os\nx.sum()", [("removeLine", "x.sum()")]),
    "full-width-punctuation": ("print（x，1） # （", [("halfWidth", "print(x,1) # （")]),
    "syntax": ("y = (x * 2\nz = 1", [("closeBracket", "y = (x * 2)")]),
    "syntax of a block": ("if True # yes\n    pass", [("colon", "if True: # yes")]),
    "limit": ("for i in range(100000000):\n    pass", [("fewer", "for i in range(10):")]),
    "limit of a size": ("y = torch.ones(10000, 10000)", [("smaller", "y = torch.ones(4, 4)")]),
    "retain-grad-misuse": (
        "w = torch.ones(2)\nw.retain_grad()",
        [("requireGrad", "w = torch.ones(2, requires_grad=True)")],
    ),
    "item-many": ("x.item()", [("tolist", "x.tolist()"), ("first", "x[0].item()")]),
    "bool-ambiguous": ("if x > 1:\n    pass", [("all", "if (x > 1).all():"), ("any", "if (x > 1).any():")]),
    "view-incompatible": (
        "torch.ones(2, 3).t().view(6)",
        [("reshape", "torch.ones(2, 3).t().reshape(6)"), ("contiguous", "torch.ones(2, 3).t().contiguous().view(6)")],
    ),
    "matmul-shape": (A + B + "a @ b", [("transpose", "a @ b.T"), ("transpose", "a.T @ b")]),
    "matmul-shape of a call": (
        A + B + "torch.mm(a, b)",
        [("transpose", "torch.mm(a, b.T)"), ("transpose", "torch.mm(a.T, b)")],
    ),
    "broadcast-shape": (A + "b = torch.ones(2)\na + b", [("unsqueeze", "a + b.unsqueeze(1)")]),
    "dim-range": ("x.sum(dim=5)", [("lastDim", "x.sum(dim=-1)")]),
    "index-range": ("x[7]", [("lastIndex", "x[-1]")]),
    "reshape-size": ("x.reshape(2, 2)", [("flat", "x.reshape(-1)")]),
    "arguments": ("torch.softmax(x)", [("lastDimGiven", "torch.softmax(x, dim=-1)")]),
    "mean-of-integers": ("torch.tensor([1, 2]).mean()", [("float", "torch.tensor([1, 2]).float().mean()")]),
    "matmul-dtype": (
        A + "b = torch.ones(3, 2).double()\na @ b",
        [("sameType", "a @ b.to(a.dtype)")],
    ),
    "none-value": ("y = x * 2\ny.sum().backward()\ny.grad + 1", [("retainGrad", "y.retain_grad()")]),
    "none-value of a lost leaf": (
        "w = torch.ones(2, requires_grad=True)\nfor step in range(2):\n    (w * 2).sum().backward()\n"
        "    w = w - 0.1 * w.grad\n    w.grad.zero_()",
        [("noGrad", "with torch.no_grad():\n    w -= 0.1 * w.grad")],
    ),
    "numpy-requires-grad": ("y = x * 2\ny.numpy()", [("detach", "y.detach()")]),
    "inplace-saved by a view": (
        "y = x * 2\nv = y[0:1]\nz = y * y\nv.add_(1)\nz.sum().backward()",
        [("outOfPlace", "v = v.add(1)")],
    ),
    "flag-of-result": ("y = x * 2\ny.requires_grad_(False)", [("detach", "y = y.detach()")]),
}  # fmt: skip


def repairs(sources: list[str], answer: dict[str, Any]) -> Any:
    """What the page offers for every fault of a run."""
    question = json.dumps({"trace": answer, "sources": sources})
    done = subprocess.run(
        [find_node(), str(HERE / "repairs.mjs")], input=question, capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", CASES)
def test_a_fix_repairs_the_program(name: str) -> None:
    program, wanted = CASES[name]
    sources = [HEAD + program]
    (fault, *_) = repairs(sources, trace(sources))
    assert fault["code"] == name.split(" ")[0]
    assert [(fix["label"], fix["shown"]) for fix in fault["fixes"]] == wanted
    for fix in fault["fixes"]:
        assert trace(fix["sources"])["error"] is None, fix


def test_a_fix_may_change_an_earlier_cell() -> None:
    sources = [HEAD + "s = (x * x).sum()", "s.backward()", "s.backward()"]
    (fault,) = repairs(sources, trace(sources))
    assert [fix["sources"][1] for fix in fault["fixes"]] == ["s.backward(retain_graph=True)", "s.backward()"]
    assert fault["fixes"][1]["sources"][2] == "s = (x * x).sum()\ns.backward()"


def test_a_caught_error_can_be_repaired_too() -> None:
    sources = [HEAD + "try:\n    (x * 2).backward()\nexcept RuntimeError:\n    print('caught')"]
    (fault,) = repairs(sources, trace(sources))
    assert fault["fixes"][0]["shown"] == "(x * 2).backward(torch.ones_like((x * 2)))"


def test_no_line_is_written_between_the_prompts_of_a_transcript() -> None:
    program = [">>> import torch", ">>> x = torch.ones(2, requires_grad=True)", ">>> s = (x * x).sum()"]
    sources = ["\n".join([*program, ">>> s.backward()", ">>> s.backward()"])]
    (fault,) = repairs(sources, trace(sources))
    assert [fix["label"] for fix in fault["fixes"]] == ["retain"]
    assert trace(fault["fixes"][0]["sources"])["error"] is None


def test_an_error_without_a_repair() -> None:
    sources = [HEAD + "1 / 0"]
    assert repairs(sources, trace(sources)) == [{"code": None, "fixes": []}]
