"""POST /api/edges: the edges of chosen elements, whatever the size of the operation."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest

from app.trace import BadRequest, edges, trace
from app.trace.schema import Relation

Json = dict[str, Any]
PROGRAM = [
    "import torch\n"
    "a = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)\n"
    "b = torch.tensor([2.0, 0.5, 1.0], requires_grad=True)\n"
    "c = a * b\n"
    "d = c.softmax(dim=1)\n"
    "e = d.cumsum(dim=0)\n"
    "f = e @ e.t()\n"
    "g = torch.cat([f, f])[[0, 3, 0]]\n"
    "v, i = a.max(dim=1)\n"
    "y = torch.zeros(2, 3)\n"
    "y[1] = b\n"
    "out = g.sum(1)\n"
]


def relations() -> list[tuple[int, Json]]:
    """Every relation of the program, with the id of its operation."""
    answer = trace(PROGRAM)
    assert answer["error"] is None
    return [(op["id"], r) for op in answer["ops"] for r in op["relations"]]


def rows(found: Json) -> list[tuple[int, int, Any]]:
    """Edges as (output, input, weight)."""
    return list(zip(*(found["edges"][key] for key in ("output", "input", "weight")), strict=True))


@pytest.mark.parametrize("number", range(len(relations())))
def test_edges_of_chosen_elements_are_those_of_the_trace(number: int) -> None:
    op, relation = relations()[number]
    at: Json = {"op": op, "input": relation["input"], "output": relation["output"]}
    whole = rows(relation)
    assert rows(edges(PROGRAM, **at)) == whole
    for chosen in ([0], [1, 0], [1]):
        some = edges(PROGRAM, **at, of_outputs=chosen)
        assert rows(some) == [row for row in whole if row[0] in chosen]
        assert rows(edges(PROGRAM, **at, of_inputs=chosen)) == [row for row in whole if row[1] in chosen]
        assert some["complete"] is (len(rows(some)) == len(whole))
        described = {key: value for key, value in some.items() if key not in ("edges", "complete", "numbers")}
        assert described == {key: value for key, value in relation.items() if key not in ("edges", "complete")}
        assert Relation.model_validate(some)


def test_the_joined_elements_come_with_their_values_and_scores() -> None:
    large = ["import torch\nx = torch.randn(64, 64, requires_grad=True)\ny = x @ x.t()\n(y * y).sum().backward()\n"]
    small = [cell.replace("64, 64", "3, 3") for cell in large]
    for program, count in ((large, 64), (small, 3)):
        found = edges(program, op=1, input=0, output=0, of_inputs=[2])
        ends = found["numbers"]
        assert ends["input"]["elements"] == [2]
        assert ends["output"]["elements"] == list(range(count))
        # One addend of the input's score: over x itself; the other comes through x.t().
        assert [2 * v for v in ends["output"]["values"]] == pytest.approx(ends["output"]["scores"])
    answer = trace(small)
    assert ends["output"]["values"] == answer["tensors"][2]["values"][:3]
    scores = {score["tensor"]: score["values"] for score in answer["backward"][0]["scores"]}
    assert ends["output"]["scores"] == scores[2][:3]
    assert ends["input"]["scores"] == [scores[0][2]]


def test_scores_are_those_of_the_focus_call_and_none_without_one() -> None:
    program = "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 3\n"
    assert edges([program], op=0, input=0, output=0, of_inputs=[0])["numbers"]["output"]["scores"] is None
    twice = program + "y.backward(torch.tensor([5., 7.]), retain_graph=True)\ny.backward(torch.tensor([1., 2.]))\n"
    for focus, score in ((0, 7), (1, 2), (None, 2)):
        found = edges([twice], op=0, input=0, output=0, of_inputs=[1], focus=focus)
        assert found["numbers"]["output"]["scores"] == [score]


def test_no_elements() -> None:
    assert rows(edges(PROGRAM, op=0, input=0, output=0, of_outputs=[])) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"op": 99},
        {"op": -1},
        {"op": 0, "input": 2},
        {"op": 0, "input": -1},
        {"op": 0, "output": 1},
        {"op": 0, "of_outputs": [6]},
        {"op": 0, "of_outputs": [-1]},
        {"op": 0, "of_inputs": [0, 6]},
        {"from_": 0, "to": 10_000},
        {"from_": -1, "to": 0},
        {"from_": 0},
        {},
    ],
)
def test_numbers_that_the_program_does_not_have(asked: Json) -> None:
    with pytest.raises(BadRequest):
        edges(PROGRAM, **asked)


def test_indices_and_masks_have_no_relation() -> None:
    answer = trace(PROGRAM)
    picked = next(op for op in answer["ops"] if op["name"] == "index")
    with pytest.raises(BadRequest):
        edges(PROGRAM, op=picked["id"], input=1, output=0)


LARGE = [
    "import torch\na = torch.ones(300, 400, requires_grad=True)\nb = torch.ones(400, 200)\nc = a @ b\nd = c.softmax(1)"
]


def test_a_large_operation_costs_what_is_asked() -> None:
    assert trace(LARGE)["ops"][0]["relations"][0]["edge_count"] == 300 * 400 * 200
    started = time.process_time()
    found = edges(LARGE, op=0, input=0, output=0, of_outputs=[0, 59_999])
    assert time.process_time() - started < 1
    assert found["edge_count"] == 300 * 400 * 200
    assert rows(found) == [(0, k, 1) for k in range(400)] + [(59_999, 299 * 400 + k, 1) for k in range(400)]
    assert len(rows(edges(LARGE, op=1, input=0, output=0, of_inputs=[7]))) == 200


@pytest.mark.parametrize("side", ["of_outputs", "of_inputs"])
def test_over_the_budget(side: str) -> None:
    asked: Json = {side: list(range(60_000))}
    answer = edges(LARGE, op=0, input=0, output=0, **asked)
    assert answer["error"]["type"] == "LimitError"
    assert "20000" in answer["error"]["message"]
    assert answer["error"]["hint"]["code"] == "limit"


def test_limits_lower() -> None:
    asked: Json = {"op": 0, "input": 0, "output": 0, "of_outputs": [0, 1]}
    assert "error" in edges(PROGRAM, **asked, limits={"edges": 1})
    assert "error" not in edges(PROGRAM, **asked, limits={"edges": 2})


def test_strict_and_seed_are_the_run_s() -> None:
    program = ["import torch\nx = torch.rand(2, requires_grad=True)\ny = x * x"]
    asked: Json = {"op": 0, "input": 0, "output": 0}
    weights = [edges(program, **asked, seed=seed)["edges"]["weight"] for seed in (0, 0, 1)]
    assert weights[0] == weights[1] != weights[2]
    integers = ["import torch\nx = torch.tensor([1, 2], requires_grad=True)\ny = x * x"]
    assert edges(integers, **asked)["edges"]["weight"] == [1, 2]
    with pytest.raises(BadRequest):
        edges(integers, **asked, strict=True)


def test_edges_are_ordered_and_distinct() -> None:
    for _, relation in relations():
        pairs = [(output, input) for output, input, _ in rows(relation)]
        assert all(a < b for a, b in itertools.pairwise(pairs))
