"""A learner's own function, hooks and derived operations in the trace."""

from __future__ import annotations

from typing import Any

import pytest

from app.trace import edges, trace
from tests.trace.sum_rule import faults

HEAD = "import torch\nx = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)\n"
SQUARE = """class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return {factor} * x * g
"""


def traced(*cells: str) -> dict[str, Any]:
    return trace([HEAD + cells[0], *cells[1:]])


def no_more(op: int, input: int, output: int) -> dict[str, Any]:
    raise AssertionError("the program is small")


def square(factor: float, then: str = "Square.apply(x).sum().backward()") -> dict[str, Any]:
    return traced(SQUARE.replace("{factor}", str(factor)) + then)


def test_one_operation_with_the_learners_edges() -> None:
    answer = square(2)
    own, total = answer["ops"]
    assert (own["name"], own["grad_fn"], own["custom"], total["name"]) == ("Square", "SquareBackward", True, "sum")
    (relation,) = own["relations"]
    assert (relation["structure"], relation["kind"]) == ("implicit", "one-to-one")
    assert relation["edges"] == {"input": [0, 1, 2], "output": [0, 1, 2], "weight": [2, -4, 6]}
    assert own["checked"] == {"elements": 3, "of": 3}
    assert "differs" not in relation
    assert answer["ops_total"] == 2
    assert faults(answer, no_more) == []


def test_a_backward_that_is_no_derivative_is_marked() -> None:
    answer = square(3)
    (relation,) = answer["ops"][0]["relations"]
    assert relation["differs"] == {"input": 2, "output": 2, "weight": 9, "quotient": 6}
    assert [n["code"] for n in answer["cells"][0]["notices"]] == ["own-differs"]
    assert faults(answer, no_more) == []


def test_a_kink_may_have_any_slope_between_its_sides() -> None:
    program = """class Relu(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * (x > 0)
Relu.apply(torch.tensor([0.0, 1.0], requires_grad=True)).sum().backward()"""
    answer = traced(program)
    assert "differs" not in answer["ops"][0]["relations"][0]


def test_several_outputs_and_inputs() -> None:
    program = """class Both(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b, factor):
        ctx.save_for_backward(a, b)
        ctx.factor = factor
        return a * b, (a + b).sum() * factor
    @staticmethod
    def backward(ctx, g, h):
        a, b = ctx.saved_tensors
        return g * b + h * ctx.factor, g * a + h * ctx.factor, None
y = torch.tensor([4.0, 5.0, 6.0], requires_grad=True)
p, s = Both.apply(x, y, 2)
(p.sum() * s).backward()"""
    answer = traced(program)
    own = answer["ops"][0]
    assert [(r["input"], r["output"], r["edge_count"]) for r in own["relations"]] == [
        (0, 0, 3), (0, 1, 3), (1, 0, 3), (1, 1, 3),
    ]  # fmt: skip
    assert not any("differs" in relation for relation in own["relations"])
    assert faults(answer, no_more) == []


def test_a_large_elementwise_function_needs_three_pushes() -> None:
    answer = square(2, "z = torch.ones(400, requires_grad=True)\nSquare.apply(z).sum().backward()")
    own = answer["ops"][0]
    assert own["relations"][0]["edge_count"] == 400
    assert own["checked"]["of"] == 400
    assert own["checked"]["elements"] < 60


def test_a_large_function_that_is_not_elementwise_says_so() -> None:
    program = """class Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.flip(0)
    @staticmethod
    def backward(ctx, g):
        return g.flip(0)
z = torch.ones(400, requires_grad=True)
Sum.apply(z).sum().backward()"""
    (relation,) = traced(program)["ops"][0]["relations"]
    assert relation["unknown"] is True
    assert relation["complete"] is False


def test_a_backward_that_bends_the_gradient_is_not_linear() -> None:
    program = """class Clip(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()
    @staticmethod
    def backward(ctx, g):
        return g.clamp(-1, 1)
(Clip.apply(x) * 5).sum().backward()"""
    assert traced(program)["ops"][0]["linear"] is False


def test_what_the_trace_asks_leaves_no_mark() -> None:
    answer = square(2, "calls = []\nSquare.apply(x).sum().backward()\nprint(x.grad)")
    assert answer["cells"][0]["stdout"] == "tensor([ 2., -4.,  6.])\n"
    assert len(answer["backward"]) == 1


def test_what_the_trace_asks_writes_nothing() -> None:
    program = """w = torch.tensor([1.0, 1.0, 1.0], requires_grad=True)
class Again(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        with torch.no_grad():
            return x * w
    @staticmethod
    def backward(ctx, g):
        leaf = ctx.saved_tensors[0].detach().requires_grad_()
        with torch.enable_grad():
            out = leaf * w
        torch.autograd.backward(out, g)
        with torch.no_grad():
            w.add_(1)
        return leaf.grad
Again.apply(x).sum().backward()
print(w, w.grad)"""
    answer = traced(program)
    assert answer["cells"][0]["stdout"] == ("tensor([2., 2., 2.], requires_grad=True) tensor([ 1., -2.,  3.])\n")
    assert [t["grad"] for t in answer["tensors"] if t["name"] == "w" and t["grad"]] == [[1, -2, 3]]


def test_edges_of_some_elements() -> None:
    program = HEAD + SQUARE.replace("{factor}", "2") + "Square.apply(x).sum().backward()"
    found = edges([program], op=0, of_outputs=[1])
    assert found["edges"] == {"input": [1], "output": [1], "weight": [-4]}


def test_a_hook_that_changes_a_score_is_listed() -> None:
    answer = traced("y = x * 2\ny.register_hook(lambda g: g * 10)\ny.sum().backward()")
    (hook,) = answer["backward"][0]["hooks"]
    assert (hook["tensor"], hook["op"]) == (answer["ops"][0]["outputs"][0], None)
    assert (hook["before"], hook["after"]) == ([1, 1, 1], [10, 10, 10])
    assert hook["span"]["line"] == 4
    assert [n["code"] for n in answer["cells"][0]["notices"]] == ["hook-changed"]
    assert faults(answer, no_more) == []


@pytest.mark.parametrize(
    "registered",
    [
        "x.register_hook(lambda g: g + 1)",
        "y.grad_fn.register_hook(lambda i, o: (i[0] * 3, None))",
        "y.grad_fn.register_prehook(lambda o: (o[0] * 3,))",
        "y.register_hook(lambda g: print(g))",
        "y.retain_grad(); y.register_hook(lambda g: -g)",
    ],
)
def test_the_sum_rule_holds_with_hooks(registered: str) -> None:
    answer = traced(f"y = x * 2\n{registered}\n(y * y).sum().backward()")
    assert answer["error"] is None
    assert faults(answer, no_more) == []


def test_what_a_hook_computes_is_no_operation() -> None:
    answer = traced("y = x * 2\ny.register_hook(lambda g: (g * 3).exp().log())\ny.sum().backward()")
    assert [op["name"] for op in answer["ops"]] == ["mul", "sum"]


def test_derived_operations_name_what_they_derive() -> None:
    answer = traced("y = (x ** 3).sum()\ng, = torch.autograd.grad(y, x, create_graph=True)\n(g * x).sum().backward()")
    derived = [op for op in answer["ops"] if "derives" in op]
    assert derived
    assert {op["derives"] for op in derived} == {0}
    assert {answer["ops"][op["of_op"]]["name"] for op in derived} == {"pow", "sum"}
    assert faults(answer, no_more) == []


def test_create_graph_draws_the_learners_backward() -> None:
    program = "g, = torch.autograd.grad(Square.apply(x).sum(), x, create_graph=True)\ng.sum().backward()"
    answer = square(2, program)
    derived = [op for op in answer["ops"] if op.get("of_op") == 0]
    assert [op["name"] for op in derived] == ["mul", "mul"]
    assert all(op["span"]["line"] == 11 for op in derived)
    assert faults(answer, no_more) == []


def test_an_edit_behind_autograds_back_is_told() -> None:
    answer = traced("y = x * x\nx.data[0] = 10\ny.sum().backward()")
    assert "saved-edited" in [n["code"] for n in answer["cells"][0]["notices"]]


def test_anomaly_stands_at_the_line_of_its_forward() -> None:
    answer = traced("with torch.autograd.detect_anomaly():\n    y = (x - 1).sqrt() * 0\n    y.sum().backward()")
    assert answer["error"]["hint"]["code"] == "anomaly-nan"
    assert [(n["code"], n["line"]) for n in answer["cells"][0]["notices"]] == [("anomaly", 4)]


def test_an_endless_backward_ends_with_the_runs_budget() -> None:
    program = """class Slow(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 1
    @staticmethod
    def backward(ctx, g):
        while first == []:
            g = g * 1
        return g
first = [1]
Slow.apply(x).sum().backward()
first = []"""
    answer = traced(program)
    assert answer["error"] is None
    assert answer["ops"][0]["relations"][0]["unknown"] is True
