"""Numbers are the shortest decimals that read back, and JSON stays JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.trace.encode import encode
from tests.trace.programs import run


def values(expression: str) -> Any:
    """The numbers of a tensor as they are sent."""
    answer = json.loads(encode(run(f"t = {expression}")))
    assert answer["error"] is None, answer["error"]
    return next(t for t in answer["tensors"] if t["name"] == "t")["values"]


@pytest.mark.parametrize(
    ("expression", "sent"),
    [
        ("torch.tensor([0.1, 1.0, -2.5])", [0.1, 1, -2.5]),
        ("torch.tensor([0.1], dtype=torch.float64)", [0.1]),
        ("torch.tensor([0.1]).double()", [0.10000000149011612]),
        ("torch.tensor([1 / 3])", [0.33333334]),
        ("torch.tensor([1 / 3], dtype=torch.float64)", [0.3333333333333333]),
        ("torch.tensor([1e20, 1e-20])", [1e20, 1e-20]),
        ("torch.tensor([float('nan'), float('inf'), -float('inf')])", ["NaN", "Infinity", "-Infinity"]),
        ("torch.tensor([True, False])", [True, False]),
        ("torch.tensor([2**53, -2**53])", [2**53, -(2**53)]),
        ("torch.tensor([2**53 + 1, -2**63, 2**63 - 1])", ["9007199254740993", str(-(2**63)), str(2**63 - 1)]),
        ("torch.zeros(0)", []),
        ("torch.tensor(7)", [7]),
        ("torch.tensor([[1, 2], [3, 4]]).t()", [1, 3, 2, 4]),
    ],
)
def test_values(expression: str, sent: list[Any]) -> None:
    assert values(expression) == sent


def test_minus_zero_stays() -> None:
    assert str(values("torch.tensor([-0.0])")) == "[-0.0]"


def test_whole_numbers_have_no_point() -> None:
    assert b'"values":[1,2,3]' in encode(run(""))


def test_weights_scores_and_gradients_too() -> None:
    answer = run("(x / 0).backward(torch.tensor([0.1, 1.0, float('nan')]))")
    (call,) = answer["backward"]
    assert call["roots"][0]["gradient"] == [0.1, 1, "NaN"]
    assert call["scores"][-1]["values"] == ["Infinity", "Infinity", "NaN"]
    assert answer["ops"][0]["relations"][0]["edges"]["weight"] == ["Infinity"] * 3
    assert answer["tensors"][0]["grad"] == ["Infinity", "Infinity", "NaN"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"a": float("nan"), "b": [float("inf"), -float("inf")]}, '{"a":"NaN","b":["Infinity","-Infinity"]}'),
        ([2**53, 2**53 + 1, -(2**60)], '[9007199254740992,"9007199254740993","-1152921504606846976"]'),
        ({"é": "中\n\u2028\x00"}, '{"é":"中\\n\u2028\\u0000"}'),
        ([True, None, 1.5], "[true,null,1.5]"),
        ([1, [2**70]], '[1,["1180591620717411303424"]]'),
        ({"mixed": [1.5, float("nan")]}, '{"mixed":[1.5,"NaN"]}'),
    ],
)
def test_encode(data: Any, text: str) -> None:
    assert encode(data).decode() == text


def test_half_a_surrogate_pair_is_no_broken_json() -> None:
    assert json.loads(encode(["\ud83d"])) == ["?"]
    answer = run("print('\\ud83d')\ns = '\\ud83d'\ns")
    assert json.loads(encode(answer))["cells"][0]["error"] is None


def test_params_that_json_has_no_number_for() -> None:
    answer = json.loads(encode(run("x.clamp(max=float('inf'))\nx.norm(p=float('inf'))")))
    assert [op["params"] for op in answer["ops"]] == [{"max": "Infinity"}, {"p": "Infinity"}]
