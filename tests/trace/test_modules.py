"""Modules in the trace: what their tensors are called, and which operations their calls hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.trace import edges, trace

NET = """import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 3)
        self.act = nn.Tanh()
        self.w = nn.Parameter(torch.ones(3))
        self.register_buffer("scale", torch.tensor([2.0]))

    def forward(self, x):
        shift = torch.ones(3)
        h = self.act(self.fc1(x))
        return h * self.w * self.scale + shift

net = Net()
x = torch.ones(4, 2, requires_grad=True)
y = net(x)
y.sum().backward()
with torch.no_grad():
    for p in net.parameters():
        p -= 0.1 * p.grad
z = net(x)
"""


def traced(program: str) -> Any:
    answer = trace([program])
    assert answer["error"] is None
    return answer


@pytest.fixture(scope="module", name="net")
def _net() -> Any:
    return traced(NET)


def named(answer: Any, ids: list[int]) -> list[str | None]:
    return [answer["tensors"][n]["name"] for n in ids]


def test_parameters_have_their_qualified_name_in_every_version(net: Any) -> None:
    versions: dict[str, list[int]] = {}
    for tensor in net["tensors"]:
        if tensor["name"] and tensor["name"].startswith("net."):
            versions.setdefault(tensor["name"], []).append(tensor["version"])
    assert versions == {"net.w": [0, 1], "net.fc1.weight": [1, 2], "net.fc1.bias": [1, 2], "net.scale": [0]}
    assert not {"p", "self.w"} & {tensor["name"] for tensor in net["tensors"]}


def test_a_call_holds_the_operations_that_ran_inside(net: Any) -> None:
    first, inner, activation = net["modules"][:3]
    assert [(m["name"], m["class"], m["parent"]) for m in (first, inner, activation)] == [
        ("net", "Net", None),
        ("net.fc1", "Linear", 0),
        ("net.act", "Tanh", 0),
    ]
    names = [op["name"] for op in net["ops"]]
    assert [names[n] for n in first["ops"]] == ["t", "addmm", "tanh", "mul", "mul", "add"]
    assert [names[n] for n in inner["ops"]] == ["t", "addmm"]
    assert [net["ops"][n]["module"] for n in first["ops"]] == [1, 1, 2, 0, 0, 0]
    assert {op["module"] for op in net["ops"] if op["name"] == "sum"} == {None}
    assert [m["span"]["line"] for m in net["modules"][:3]] == [19, 14, 14]


def test_what_flows_in_and_out(net: Any) -> None:
    first, inner, activation = net["modules"][:3]
    assert named(net, first["inputs"]) == ["x"]
    assert named(net, first["parameters"]) == ["net.w", "net.scale"]
    assert named(net, first["outputs"]) == ["y"]
    assert named(net, inner["inputs"]) == ["x"]
    assert named(net, inner["parameters"]) == ["net.fc1.weight", "net.fc1.bias"]
    assert activation["inputs"] == inner["outputs"]


def test_each_call_is_its_own(net: Any) -> None:
    assert [m["name"] for m in net["modules"]] == ["net", "net.fc1", "net.act"] * 2
    again = net["modules"][4]
    assert [net["tensors"][n]["version"] for n in again["parameters"]] == [2, 2]


LAYERS = ["nn.Linear(2, 3)", "nn.Sequential(nn.Linear(2, 3), nn.Identity(), nn.Linear(3, 2, bias=False))"]
BEFORE = "import torch\nfrom torch import nn\nx = torch.ones(1, 2, requires_grad=True)\n"


@pytest.mark.parametrize("layers", LAYERS)
def test_a_folded_group_is_one_relation(layers: str) -> None:
    program = f"{BEFORE}net = {layers}\ny = net(x)\n"
    answer = traced(program)
    group = answer["modules"][0]
    relation = edges([program], from_=group["inputs"][0], to=group["outputs"][0])
    weights = [t for t in answer["tensors"] if t["name"] and t["name"].endswith("weight")]
    wanted = np.eye(2)
    for tensor in weights:
        wanted = np.array(tensor["values"]).reshape(tensor["shape"]) @ wanted
    found = np.zeros_like(wanted)
    found[relation["edges"]["output"], relation["edges"]["input"]] = relation["edges"]["weight"]
    np.testing.assert_allclose(found, wanted, rtol=1e-6)


def test_first_numbers_are_no_step_of_the_program() -> None:
    answer = traced("from torch import nn\nlayer = nn.Linear(2, 3)\nlayer.weight")
    assert answer["ops"] == []
    assert [(t["name"], t["version"]) for t in answer["tensors"]] == [("layer.weight", 1), ("layer.bias", 1)]
    assert {t["label"] for t in answer["tensors"]} == {"nn.Linear(2, 3)"}


def test_a_failed_call_is_left() -> None:
    program = (
        NET.split("net = Net()")[0] + "net = Net()\ntry:\n    net(torch.ones(5))\nexcept RuntimeError:\n    pass\n"
    )
    answer = traced(program + "y = torch.ones(2) + 1\n")
    assert answer["ops"][-1]["module"] is None


def test_a_module_in_a_module_is_called_after_the_outer_one() -> None:
    answer = traced(
        "import torch\nfrom torch import nn\nlayer = nn.Linear(1, 1)\nnet = nn.Sequential(layer)\nnet(torch.ones(1, 1))"
    )
    assert [m["name"] for m in answer["modules"]] == ["net", "net.0"]


def test_the_programs_own_variables_name_the_networks() -> None:
    answer = traced(
        "import torch\nfrom torch import nn\n"
        "def make():\n    inner = nn.Sequential(nn.Linear(1, 1, bias=False))\n    return inner\n"
        "net = make()\nnets = [nn.Linear(1, 1, bias=False), make()]\nby = {'a': nn.Linear(1, 1, bias=False)}\n"
        "x = torch.ones(1, 1)\ny = by['a'](nets[1](nets[0](net(x))))\n"
    )
    outer = [m["name"] for m in answer["modules"] if m["parent"] is None]
    assert outer == ["net", "nets[0]", "nets[1]", "by['a']"]
    assert [t["name"] for t in answer["tensors"] if t["name"] and "weight" in t["name"]] == [
        "net.0.weight",
        "nets[0].weight",
        "nets[1].0.weight",
        "by['a'].weight",
    ]
