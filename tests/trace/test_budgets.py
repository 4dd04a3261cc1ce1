"""Budgets lower the answer, never raise it, are spent on the focus call first, and nothing is dropped in silence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.trace import Limits
from tests.trace.programs import run

Json = dict[str, Any]
SOFTMAX = "y = x.reshape(3, 1).expand(3, 4).softmax(dim=1)\ny.sum().backward()"


def sent_edges(answer: Json) -> int:
    """How many edges an answer holds."""
    found = (r["edges"] for op in answer["ops"] for r in op["relations"])
    return sum(len(edges["weight"]) for edges in found if edges)


def sent_values(answer: Json) -> int:
    """How many numbers of tensors, scores and drawers an answer holds."""
    lists = [t[key] for t in answer["tensors"] for key in ("values", "grad")]
    for call in answer["backward"]:
        lists += [s["values"] for s in call["scores"]] + [r["gradient"] for r in call["roots"]]
        lists += [a[key] for a in call["accumulated"] for key in ("before", "after")]
    return sum(len(numbers) for numbers in lists if numbers)


def test_a_request_lowers_and_never_raises() -> None:
    asked = Limits().lowered({"edges": 10**9, "values": 5, "ops": 2_000})
    assert asked == Limits(edges=20_000, values=5, ops=2_000)
    assert (Limits().edges, Limits().values, Limits().values_per_tensor, Limits().ops) == (20_000, 50_000, 1_000, 2_000)


@pytest.mark.parametrize("limit", [0, 1, 11, 12, 40, 48, 70, 10_000])
def test_edges_stay_within(limit: int) -> None:
    answer = run(SOFTMAX, limits={"edges": limit})
    assert sent_edges(answer) <= limit
    for op in answer["ops"]:
        for r in op["relations"]:
            sent = 0 if r["edges"] is None else len(r["edges"]["weight"])
            assert r["complete"] is (sent == r["edge_count"])


def test_the_first_whole_units() -> None:
    (soft,) = (op for op in run(SOFTMAX, limits={"edges": 62})["ops"] if op["name"] == "softmax")
    (r,) = soft["relations"]
    assert (r["edge_count"], r["complete"], r["units"]) == (48, False, {"count": 3, "inputs": 4, "outputs": 4})
    assert len(r["edges"]["weight"]) == 32
    assert r["edges"]["output"] == sorted(r["edges"]["output"])
    assert set(r["edges"]["output"]) == set(range(8))


def test_not_even_one_unit() -> None:
    (op,) = run("x.sum()", limits={"edges": 2})["ops"]
    assert (op["relations"][0]["edges"], op["relations"][0]["complete"]) == (None, False)
    assert op["relations"][0]["edge_count"] == 3


def test_relations_that_carry_come_first() -> None:
    (op,) = run("y = 2 * x", limits={"edges": 3})["ops"]
    assert [r["complete"] for r in op["relations"]] == [False, True]


def test_the_focus_call_comes_first() -> None:
    code = "y = x * 2\nz = x.exp()\nz.sum().backward()\ny.sum().backward()"
    for focus, named in ((None, "y"), (0, "z"), (1, "y"), (7, "y")):
        answer = run(code, limits={"edges": 6, "values": 18}, focus=focus)
        maker = next(t["op"] for t in answer["tensors"] if t["name"] == named)
        carried = [r for op in answer["ops"] if r_complete(op) for r in op["relations"]]
        assert carried
        assert r_complete(answer["ops"][maker])
        focused = answer["backward"][len(answer["backward"]) - 1 if focus in (None, 7) else focus]
        assert all(s["values"] is not None for s in focused["scores"])


def r_complete(op: Json) -> bool:
    """Whether all relations that carry have all their edges."""
    return all(r["complete"] for r in op["relations"] if r["carries"])


@pytest.mark.parametrize("limit", [0, 1, 10, 30, 100])
def test_values_stay_within(limit: int) -> None:
    answer = run(SOFTMAX, limits={"values": limit})
    assert sent_values(answer) <= limit
    assert all((t["values"] is None) == ("summary" in t) for t in answer["tensors"])


def test_a_tensor_of_1000_is_sent_and_one_of_1001_summarised() -> None:
    answer = run("a = torch.ones(1000)\nb = torch.ones(1001)")
    a, b = answer["tensors"][-2:]
    assert len(a["values"]) == 1000
    assert b["values"] is None
    assert (b["shape"], b["dtype"]) == ([1001], "float32")


def test_summary() -> None:
    code = "t = torch.arange(40 * 50).reshape(40, 50).float()\nt[0, 0] = float('nan')\nt[39, 49] = float('inf')"
    summary = run(code)["tensors"][-1]["summary"]
    assert (summary["min"], summary["max"], summary["nonfinite"]) == (1, 1998, 2)
    assert summary["mean"] == pytest.approx(np.arange(1, 1999).mean(), rel=1e-6)
    blocks = summary["blocks"]
    assert blocks["shape"] == [16, 16]
    assert len(blocks["min"]) == len(blocks["max"]) == 256
    assert blocks["max"][-1] == "Infinity"
    assert blocks["min"][0] == 1


def test_blocks_cover_every_element_once() -> None:
    answer = run("t = torch.arange(34 * 30).reshape(34, 30)")
    blocks = answer["tensors"][-1]["summary"]["blocks"]
    low, high = (np.array(blocks[key]).reshape(blocks["shape"]) for key in ("min", "max"))
    assert (low[1:, :] > high[:-1, :]).all()
    assert low.min() == 0
    assert high.max() == 34 * 30 - 1


def test_blocks_of_more_dims_are_of_the_last_two() -> None:
    blocks = run("t = torch.zeros(3, 4, 5, 30)")["tensors"][-1]["summary"]["blocks"]
    assert blocks["shape"] == [5, 16]


def test_thousands_of_summaries_are_coarse() -> None:
    answer = run("y = torch.zeros(40, 40)\nfor _ in range(150):\n    y = y + 1")
    shapes = [t["summary"]["blocks"]["shape"] for t in answer["tensors"] if "summary" in t]
    assert shapes == [[16, 16]] * 100 + [[4, 4]] * 51


def test_operations_beyond_the_budget() -> None:
    code = "y = x\nfor _ in range(10):\n    y = y + 1\nz = y.sum()\nz.backward()"
    answer = run(code, limits={"ops": 4})
    assert answer["ops_total"] == 11
    assert [op["id"] for op in answer["ops"]] == [7, 8, 9, 10]
    numbers = {t["id"]: t for t in answer["tensors"]}
    assert all(n in numbers for op in answer["ops"] for n in op["inputs"] + op["outputs"])
    assert answer["backward"][0]["order"] == list(range(10, -1, -1))
    assert run(code)["ops_total"] == len(run(code)["ops"]) == 11


def test_backward_calls_beyond_the_budget_are_mentioned() -> None:
    """Of a long training loop every call is there, but only those whose operations are described tell their scores."""
    code = "for _ in range(6):\n    (x * 2).sum().backward()"
    calls = run(code, limits={"ops": 4})["backward"]
    assert [call.get("told", True) for call in calls] == [True, False, False, False, False, True]
    assert [call["order"] for call in calls] == [[2 * n + 1, 2 * n] for n in range(6)]
    assert [bool(call["roots"] and call["scores"] and call["accumulated"]) for call in calls] == [
        call.get("told", True) for call in calls
    ]
    assert all(call.get("told", True) for call in run(code)["backward"])
    focused = run(code, limits={"ops": 4}, focus=3)["backward"]
    assert [call.get("told", True) for call in focused] == [True, False, False, True, False, False]


def test_no_budget_at_all() -> None:
    answer = run(SOFTMAX, limits={"edges": 0, "values": 0, "ops": 0})
    assert (answer["ops"], answer["ops_total"], answer["error"]) == ([], 4, None)
    assert sent_values(answer) == 0
