"""Entries of backward calls: what was asked, what was walked, every score, every booking."""

from __future__ import annotations

from typing import Any

from tests.trace.programs import run

Json = dict[str, Any]


def calls(code: str) -> list[Json]:
    """The backward calls of some code."""
    return run(code)["backward"]  # type: ignore[no-any-return]


def scores(call: Json) -> dict[int, Any]:
    """Scores by tensor."""
    return {s["tensor"]: s["values"] for s in call["scores"]}


def test_what_was_asked() -> None:
    first, second = calls("y = (x * x).sum()\ny.backward(retain_graph=True)\ny.backward()")
    assert [c["id"] for c in (first, second)] == [0, 1]
    assert [c["call"] for c in (first, second)] == ["backward", "backward"]
    assert [c["retain_graph"] for c in (first, second)] == [True, False]
    assert first["create_graph"] is False
    assert first["inputs"] is None
    assert "results" not in first
    assert [c["after_op"] for c in (first, second)] == [2, 2]
    assert first["roots"] == [{"tensor": 2, "gradient": [1]}]


def test_create_graph_retains_unless_told_otherwise() -> None:
    asked = ["create_graph=True", "create_graph=True, retain_graph=False"]
    given = [calls(f"(x * x).sum().backward({words})")[0] for words in asked]
    assert [(c["create_graph"], c["retain_graph"]) for c in given] == [(True, True), (True, False)]


def test_after_op_counts_what_ran_before() -> None:
    assert [c["after_op"] for c in calls("x.sum().backward()\ny = x * 2\ny.sum().backward()")] == [1, 3]


def test_order_is_newest_first() -> None:
    (call,) = calls("a = x * 2\nb = a.exp()\nc = a.sin()\nd = (b + c).sum()\nd.backward()")
    assert call["order"] == [4, 3, 2, 1, 0]


def test_operations_that_lead_nowhere_are_not_walked() -> None:
    (call,) = calls("a = x * 2\nb = a.exp()\nc = a.sin()\nc.sum().backward()")
    assert call["order"] == [3, 2, 0]


def test_every_tensor_that_the_walk_reached_and_no_other() -> None:
    (call,) = calls("k = torch.tensor(3.0)\ny = x * k\nz = y * y\nw = z * 2\nz.sum().backward()")
    assert set(scores(call)) == {0, 2, 3, 6}
    assert scores(call)[0] == [18, 36, 54]


def test_scores_are_of_one_call_and_grad_accumulates() -> None:
    code = "y = x * x\ny.backward(torch.ones(3), retain_graph=True)\ny.backward(torch.tensor([1.0, 0.0, 0.0]))"
    first, second = calls(code)
    assert (scores(first)[0], scores(second)[0]) == ([2, 4, 6], [2, 0, 0])
    assert first["accumulated"] == [{"tensor": 0, "before": None, "after": [2, 4, 6]}]
    assert second["accumulated"] == [{"tensor": 0, "before": [2, 4, 6], "after": [4, 4, 6]}]


def test_roots_with_gradients() -> None:
    (call,) = calls("a = x * 2\nb = x.sum()\ntorch.autograd.backward([a, b], [torch.tensor([1.0, 0.0, 3.0]), None])")
    assert [root["gradient"] for root in call["roots"]] == [[1, 0, 3], [1]]
    assert scores(call)[0] == [3, 1, 7]


def test_a_root_inside_the_graph_adds_its_gradient() -> None:
    (call,) = calls("a = x * 2\nb = a.sum()\ntorch.autograd.backward([a, b], [torch.ones(3), None])")
    assert scores(call)[call["roots"][0]["tensor"]] == [2, 2, 2]


def test_inputs_of_backward() -> None:
    (call,) = calls("w = torch.ones(3, requires_grad=True)\n(x * w).sum().backward(inputs=[w])")
    assert call["inputs"] == [1]
    assert 0 not in scores(call)
    assert [entry["tensor"] for entry in call["accumulated"]] == [1]


def test_grad_gives_results_and_books_nothing() -> None:
    answer = run("y = x * 2\nz = (y * y).sum()\ng = torch.autograd.grad(z, [x, y])")
    (call,) = answer["backward"]
    assert (call["call"], call["inputs"]) == ("grad", [0, 2])
    assert call["results"] == [[8, 16, 24], [4, 8, 12]]
    assert call["accumulated"] == []
    assert answer["tensors"][0]["grad"] is None


def test_grad_of_an_unused_input() -> None:
    code = "w = torch.ones(2, requires_grad=True)\ny = (x * x).sum()\n"
    (call,) = calls(code + "torch.autograd.grad(y, [x, w], allow_unused=True)")
    assert call["results"] == [[2, 4, 6], None]
    (failed,) = calls(code + "torch.autograd.grad(y, [x, w])")
    assert (failed["results"], failed["error"]["hint"]["code"]) == (None, "unused-input")


def test_shape_of_the_gradient() -> None:
    (call,) = calls("y = x * 2\ny.backward(torch.ones(2))")
    assert (call["order"], call["scores"], call["roots"][0]["gradient"]) == ([], [], None)
    assert (call["error"]["hint"]["code"], call["error"]["op"]) == ("gradient-shape", None)


def test_a_failure_at_the_first_operation() -> None:
    code = "y = x[0] * x[0]\ny.backward()\ny.backward()"
    answer = run(code)
    call = answer["backward"][1]
    (mul,) = (op["id"] for op in answer["ops"] if op["name"] == "mul")
    assert (call["order"], call["error"]["op"]) == ([], mul)
    assert [s["values"] for s in call["scores"]] == [[1]]


def test_the_error_of_the_call_is_the_cell_s() -> None:
    answer = run("y = x * x\nz = y * y\ny.add_(1)\nz.sum().backward()")
    (call,) = answer["backward"]
    common = {key: value for key, value in call["error"].items() if key != "op"}
    assert common == answer["cells"][0]["error"]
    assert answer["ops"][call["error"]["op"]]["name"] == "mul"
    assert call["error"]["hint"]["code"] == "inplace-saved"


def test_a_caught_error_is_still_on_the_call() -> None:
    answer = run("try:\n    (x * 2).backward()\nexcept RuntimeError as e:\n    print(e)")
    assert answer["error"] is None
    assert answer["backward"][0]["error"]["type"] == "RuntimeError"


def test_numbers_changed_unseen_pass_their_score_on() -> None:
    answer = run("y = x * x\nwith torch.no_grad():\n    y.add_(1)\n(y * 3).sum().backward()")
    (call,) = answer["backward"]
    old, new = (t["id"] for t in answer["tensors"] if t["name"] == "y")
    (entry,) = (s for s in call["scores"] if s["tensor"] == old)
    assert entry == {"tensor": old, "values": [3, 3, 3], "through": [new]}


def test_a_leaf_that_changes_between_its_uses_books_all_of_its_scores() -> None:
    answer = run("y = x + 1\nwith torch.no_grad():\n    x.mul_(2)\n(y + 3 * x).sum().backward()")
    (call,) = answer["backward"]
    (booked,) = call["accumulated"]
    (entry,) = (s for s in call["scores"] if "through" in s)
    assert entry["tensor"] == booked["tensor"]
    assert entry["values"] == booked["after"] == [4, 4, 4]


def test_no_backward_call() -> None:
    assert calls("y = x * 2") == []


def test_a_focus_that_does_not_exist_is_the_last() -> None:
    assert run("x.sum().backward()", focus=9) == run("x.sum().backward()")


def test_what_retain_grad_kept_is_told_apart_from_what_leaves_were_given() -> None:
    code = "y = x * 3\ny.retain_grad()\nz = (y * y).sum()\nz.backward(retain_graph=True)\nz.backward()"
    first, second = calls(code)
    middle = first["retained"][0]["tensor"]
    assert [entry["tensor"] for entry in first["accumulated"]] != [middle]
    assert first["retained"] == [{"tensor": middle, "before": None, "after": first["retained"][0]["after"]}]
    assert second["retained"][0]["before"] == first["retained"][0]["after"]
    assert second["retained"][0]["after"] == [2 * value for value in first["retained"][0]["after"]]
    assert calls("(x * x).sum().backward()")[0]["retained"] == []
