"""Entries of tensors: names, labels, versions, constants, leaves, drawers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.trace.programs import run

Json = dict[str, Any]


def named(answer: Json, name: str) -> list[Json]:
    """The versions of a variable, oldest first."""
    return [t for t in answer["tensors"] if t["name"] == name]


def labelled(answer: Json, label: str) -> Json:
    """The one tensor of a label."""
    (found,) = [t for t in answer["tensors"] if t["label"] == label]
    return found  # type: ignore[no-any-return]


def test_in_order_of_creation_with_their_own_numbers() -> None:
    answer = run("y = x * 2\nz = y + x")
    assert [t["id"] for t in answer["tensors"]] == list(range(4))
    assert [t["label"] for t in answer["tensors"][1:]] == ["2", "x * 2", "y + x"]


def test_first_name_stays() -> None:
    answer = run("y = x * 2\nz = y\na = b = y + 1")
    assert [t["name"] for t in answer["tensors"]] == ["x", None, "y", None, "a"]


def test_dotted_and_nested_names() -> None:
    answer = run(
        "class Net:\n    pass\nnet = Net()\nnet.w = torch.ones(2)\ndef f(p):\n    q = p * 2\n    return q\nr = f(net.w)"
    )
    assert {t["name"] for t in answer["tensors"]} >= {"net.w", "q"}


def test_unpacking_names_its_parts() -> None:
    answer = run("a, (b, c) = x * 1, (x * 2, x * 3)")
    assert {n: named(answer, n)[0]["values"] for n in "abc"} == {"a": [1, 2, 3], "b": [2, 4, 6], "c": [3, 6, 9]}


def test_an_in_place_version_inherits_the_name_and_counts() -> None:
    answer = run("y = x * 2\ny += 1\ny.mul_(2)")
    assert [(t["version"], t["values"]) for t in named(answer, "y")] == [
        (0, [2, 4, 6]), (1, [3, 5, 7]), (2, [6, 10, 14]),
    ]  # fmt: skip
    assert [t["label"] for t in named(answer, "y")] == ["x * 2", "y += 1", "y.mul_(2)"]


def test_a_view_shares_its_base_s_version() -> None:
    answer = run("y = x * 2\nv = y[1:]\ny.add_(1)\nu = v * 1")
    old, new = named(answer, "v")
    assert (old["version"], new["version"], new["label"], new["values"]) == (0, 1, "v", [5, 7])


def test_a_view_of_a_view() -> None:
    answer = run("y = x * 2\na = y.view(3, 1)\nb = a[1:]\nb.add_(10)\nc = a.sum()\nc.backward()")
    assert [t["values"] for t in named(answer, "y")] == [[2, 4, 6], [2, 14, 16]]
    assert named(answer, "a")[-1]["values"] == [2, 14, 16]
    assert answer["tensors"][0]["grad"] == [2, 2, 2]


@pytest.mark.parametrize(
    ("code", "label", "shape"),
    [
        ("x + 2", "2", []),
        ("2 * x", "2", []),
        ("torch.add(x, 5, alpha=2)", "5", []),
        ("torch.sub(x, other=3)", "3", []),
        ("x.mul(4)", "4", []),
        ("lr = 0.5\nx * lr", "lr", []),
        ("x * (1 - 0.5)", "1 - 0.5", []),
        ("x * -2", "-2", []),
        ("torch.where(x > 2, x, 0.)", "0.", []),
        ("y = x * 1.0\ny -= 7", "7", []),
    ],
)
def test_labels_of_constants(code: str, label: str, shape: list[int]) -> None:
    constant = labelled(run(code), label)
    assert (constant["constant"], constant["shape"], constant["is_leaf"], constant["name"]) == (True, shape, True, None)
    assert constant["span"]["end_column"] - constant["span"]["column"] == len(label)


def test_the_list_that_indexes_has_its_own_label() -> None:
    assert labelled(run("x[[0, 2]]"), "[0, 2]")["values"] == [0, 2]


def test_leaves_and_gradients_required() -> None:
    answer = run("y = x * 2\nz = torch.ones(2)\nd = y.detach()\nwith torch.no_grad():\n    n = x * 2")
    facts = {t["name"]: (t["is_leaf"], t["requires_grad"], t["op"]) for t in answer["tensors"] if t["name"]}
    assert facts == {
        "x": (True, True, None), "y": (False, True, 0), "z": (True, False, None),
        "d": (True, False, 1), "n": (True, False, 2),
    }  # fmt: skip


def test_requires_grad_in_place_changes_the_entry() -> None:
    answer = run("w = torch.ones(2)\nw.requires_grad_(True)\n(w * 2).sum().backward()")
    assert (named(answer, "w")[-1]["requires_grad"], named(answer, "w")[-1]["grad"]) == (True, [2, 2])


def test_drawers() -> None:
    answer = run("y = x * 2\ny.retain_grad()\nz = y * y\nz.sum().backward()")
    assert [t["grad"] for t in answer["tensors"] if t["name"]] == [[8, 16, 24], [4, 8, 12], None]


def test_a_drawer_is_on_the_newest_entry_of_its_tensor() -> None:
    answer = run("w = torch.ones(2, requires_grad=True)\nw.sum().backward()\nwith torch.no_grad():\n    w -= w.grad")
    assert [t["grad"] for t in named(answer, "w")] == [None, [1, 1]]


def test_an_emptied_drawer_is_null() -> None:
    assert run("x.sum().backward()\nx.grad = None")["tensors"][0]["grad"] is None


def test_a_gradient_is_an_entry_once_code_computes_with_it() -> None:
    assert not [t for t in run("x.sum().backward()\nx.grad")["tensors"] if t["label"] == "x.grad"]
    answer = run("x.sum().backward()\ny = x.grad * 2")
    assert labelled(answer, "x.grad")["values"] == [1, 1, 1]
    bound = run("x.sum().backward()\ng = x.grad")
    assert [t["label"] for t in named(bound, "g")] == ["x.grad"]


def test_operands_that_are_first_seen_there() -> None:
    answer = run("y = x * torch.tensor([1., 2., 3.])\nz = torch.stack([x, torch.zeros(3)])")
    assert labelled(answer, "torch.tensor([1., 2., 3.])")["constant"] is False
    assert labelled(answer, "torch.zeros(3)")["values"] == [0, 0, 0]


def test_other_types() -> None:
    answer = run("a = torch.arange(3)\nb = a > 1\nc = x.double()")
    assert [t["dtype"] for t in answer["tensors"] if t["name"]] == ["float32", "int64", "bool", "float64"]


def test_numbers_that_are_written_or_not_written_down() -> None:
    answer = run("y = x * 1\ny[0] = 5\nk = 6.5\ny[1] = k")
    assert [t["label"] for t in answer["tensors"] if t["constant"]] == ["1", "5", "6.5"]
    summed = run("s = sum([x, x])")
    assert [t["label"] for t in summed["tensors"] if t["constant"]] == ["0"]


def test_numbers_changed_unseen_keep_the_name() -> None:
    answer = run("x.data.mul_(3)\ny = x * 2\ny.data.add_(1)\nz = y * 1")
    assert [t["values"] for t in named(answer, "x")] == [[1, 2, 3], [3, 6, 9]]
    assert [t["values"] for t in named(answer, "y")] == [[6, 12, 18], [7, 13, 19]]


def test_a_write_is_labelled_with_what_is_written() -> None:
    answer = run("v = x[0] * 2\ny = torch.zeros(3)\ny[0] = v\ny[1] = 7\ny[2] = x[1] * x[2]\ny[1:] += 1")
    labels = [t["label"] for t in named(answer, "y")[1:]]
    assert labels[:3] == ["y[0] = v", "y[1] = 7", "y[2] = x[1] * x[2]"]
    assert set(labels[3:]) == {"y[1:] += 1"}
    by_list = run("y = x * 1\ny[[0, 2]] = 5")
    assert [t["label"] for t in by_list["tensors"]][3:] == ["[0, 2]", "5", "y[[0, 2]] = 5"]
