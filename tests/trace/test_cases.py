"""The numbered cases of the contract (api.md §5), one test each."""

from __future__ import annotations

from typing import Any

from app.trace import edges
from tests.trace.programs import run

Json = dict[str, Any]


def named(answer: Json, name: str) -> list[Json]:
    """The versions of a variable, oldest first."""
    return [t for t in answer["tensors"] if t["name"] == name]


def relation(op: Json, input: int, output: int = 0) -> Json:
    """The relation between two positions of an operation."""
    (found,) = [r for r in op["relations"] if (r["input"], r["output"]) == (input, output)]
    return found  # type: ignore[no-any-return]


def columns(found: Json) -> list[tuple[int, int, Any]]:
    """Edges as (input, output, weight)."""
    return list(zip(*(found["edges"][key] for key in ("input", "output", "weight")), strict=True))


def test_1_constants_exponents_and_creation() -> None:
    answer = run("y = x + 2\nz = x ** 2\nw = torch.ones(2)")
    add, power = answer["ops"]
    two = answer["tensors"][add["inputs"][1]]
    assert (two["constant"], two["label"], two["shape"], two["values"]) == (True, "2", [], [2])
    assert relation(add, 1)["carries"] is False
    assert (power["inputs"], power["params"]) == ([0], {"exponent": 2})
    assert named(answer, "w")[0]["op"] is None


def test_2_broadcasting() -> None:
    answer = run("a = torch.zeros(2, 3)\nb = torch.tensor([1., 2., 3.], requires_grad=True)\na + b")
    found = relation(answer["ops"][0], 1)
    assert found["kind"] == "one-to-many"
    assert found["units"] == {"count": 3, "inputs": 1, "outputs": 2}
    assert found["edges"]["input"] == [0, 1, 2, 0, 1, 2]
    assert found["edges"]["output"] == [0, 1, 2, 3, 4, 5]


def test_3_a_write_is_one_operation() -> None:
    answer = run("v = x[0] * 2\ny = torch.zeros(1, 2); y[0, 0] = v")
    read, _, write = answer["ops"]
    assert (read["name"], len(answer["ops"])) == ("getitem", 3)
    assert (write["name"], write["grad_fn"]) == ("copy_slices", "CopySlices")
    before, after = named(answer, "y")
    assert (before["version"], after["version"]) == (0, 1)
    assert write["inputs"] == [before["id"], named(answer, "v")[0]["id"]]
    assert write["outputs"] == [after["id"]]
    assert columns(relation(write, 0)) == [(1, 1, 1)]
    assert columns(relation(write, 1)) == [(0, 0, 1)]


def test_4_a_write_through_a_view() -> None:
    answer = run("w = torch.ones(2, 2, requires_grad=True)\nx = w * 2; y = x.view(4); z = x[0]; y.mul_(3)\na = z + 1")
    write = next(op for op in answer["ops"] if op["grad_fn"] == "CopySlices")
    base = [t for t in named(answer, "x") if t["shape"] == [2, 2]]
    assert [t["version"] for t in base] == [0, 1]
    assert (write["inputs"][0], write["outputs"]) == (base[0]["id"], [base[1]["id"]])
    assert columns(relation(write, 0)) == [(0, 0, 3), (1, 1, 3), (2, 2, 3), (3, 3, 3)]
    again = named(answer, "z")[1]
    assert answer["ops"][again["op"]]["grad_fn"] == "AsStridedBackward0"
    assert (again["version"], again["values"]) == (1, [6, 6])


def test_4_outside_the_slice_is_the_identity() -> None:
    answer = run("y = x * 1\ny[1:].mul_(3)")
    (write,) = (op for op in answer["ops"] if op["grad_fn"] == "CopySlices")
    assert columns(relation(write, 0)) == [(0, 0, 1), (1, 1, 3), (2, 2, 3)]
    assert named(answer, "y")[-1]["version"] == 1


def test_5_max_along_a_dim() -> None:
    answer = run("m = x.reshape(1, 3) * torch.ones(2, 1)\nv, i = m.max(dim=1)")
    op = answer["ops"][-1]
    assert [answer["tensors"][n]["name"] for n in op["outputs"]] == ["v", "i"]
    assert [(r["input"], r["output"]) for r in op["relations"]] == [(0, 0)]
    assert columns(op["relations"][0]) == [(0, 0, 0), (1, 0, 0), (2, 0, 1), (3, 1, 0), (4, 1, 0), (5, 1, 1)]
    assert op["saved"] == [{"output": 1, "version": 0}]


def test_6_the_second_backward() -> None:
    answer = run("s = (x * x).sum()\ns.backward()\ns.backward()")
    call = answer["backward"][1]
    mul, total = answer["ops"]
    assert (mul["name"], total["name"], total["saved"]) == ("mul", "sum", [])
    assert call["order"] == [total["id"]]
    assert [s["tensor"] for s in call["scores"]] == [total["outputs"][0], mul["outputs"][0]]
    assert call["accumulated"] == []
    assert call["error"]["op"] == mul["id"]


def test_6_leaves_reached_before_a_failure_have_been_added_to() -> None:
    code = "w = torch.ones(3, requires_grad=True)\ny = x * x\nz = y.sum()\nz.backward()\n(y + w).sum().backward()"
    answer = run(code)
    call = answer["backward"][1]
    assert call["error"]["op"] == 0
    assert [(answer["tensors"][a["tensor"]]["name"], a["after"]) for a in call["accumulated"]] == [("w", [1, 1, 1])]
    assert named(answer, "w")[0]["grad"] == [1, 1, 1]


def test_7_one_tensor_on_both_sides() -> None:
    (op,) = run("x * x")["ops"]
    assert op["inputs"] == [0, 0]
    assert columns(relation(op, 0)) == columns(relation(op, 1)) == [(0, 0, 1), (1, 1, 2), (2, 2, 3)]


def test_8_nothing_recorded() -> None:
    code = "with torch.no_grad():\n    y = x * 2\nx.detach()\nx > 1\nx.argmax()\nx.data"
    answer = run(code)
    assert len(answer["ops"]) == 5
    assert all(op["grad_fn"] is None for op in answer["ops"])
    relations = [r for op in answer["ops"] for r in op["relations"]]
    assert relations
    assert all((r["carries"], r["edges"], r["complete"]) == (False, None, False) for r in relations)
    head = "import torch\nx = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\n"
    asked = edges([head + code], op=0, input=0, output=0, of_outputs=[1])
    assert asked["edges"] == {"input": [1], "output": [1], "weight": [2]}


LOOP = """w = torch.tensor(2.0, requires_grad=True)
for _ in range(3):
    ((w * x).sum()).backward()
    with torch.no_grad():
        w -= 0.5 * w.grad
    w.grad = None"""


def test_9_a_training_loop() -> None:
    answer = run(LOOP)
    weights = named(answer, "w")
    assert [t["version"] for t in weights] == [0, 1, 2, 3]
    assert [t["values"] for t in weights] == [[2], [-1], [-4], [-7]]
    assert all(t["is_leaf"] and t["requires_grad"] for t in weights)
    assert [answer["ops"][t["op"]]["name"] for t in weights[1:]] == ["sub_"] * 3
    drawers = [t for t in answer["tensors"] if t["label"] == "w.grad"]
    assert [t["values"] for t in drawers] == [[6]] * 3
    assert [call["after_op"] for call in answer["backward"]] == [2, 6, 10]


def test_9_budgets_serve_the_focus_call() -> None:
    for focus, walked in ((0, [0, 1]), (2, [8, 9])):
        answer = run(LOOP, limits={"edges": 9}, focus=focus)
        with_edges = {op["id"] for op in answer["ops"] for r in op["relations"] if r["carries"] and r["edges"]}
        assert with_edges == set(walked)


def test_10_several_outputs() -> None:
    answer = run("a, b, c = x.unbind()\nb.backward()")
    (op,) = answer["ops"]
    assert [answer["tensors"][n]["name"] for n in op["outputs"]] == ["a", "b", "c"]
    assert [(r["output"], columns(r)) for r in op["relations"]] == [(n, [(n, 0, 1)]) for n in range(3)]
    assert [s["tensor"] for s in answer["backward"][0]["scores"]] == [op["outputs"][1], 0]


def test_11_a_root_that_is_no_single_number() -> None:
    (call,) = run("y = x * 2\ny.backward()")["backward"]
    assert (call["order"], call["scores"], call["accumulated"]) == ([], [], [])
    assert call["roots"] == [{"tensor": 2, "gradient": None}]
    assert call["error"]["op"] is None
    assert call["error"]["hint"]["code"] == "non-scalar-root"
