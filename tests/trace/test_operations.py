"""Entries of operations: names, parameters, saved values, relations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.trace.encode import encode
from tests.trace.programs import each_program, run, traced

Json = dict[str, Any]


def last(code: str) -> Json:
    """The last operation of some code."""
    answer = run(code)
    assert answer["error"] is None, answer["error"]
    return answer["ops"][-1]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("code", "name", "grad_fn", "params"),
    [
        ("x + 1", "add", "AddBackward0", {"alpha": 1}),
        ("x - 1", "sub", "SubBackward0", {"alpha": 1}),
        ("1 / x", "div", "MulBackward0", {}),
        ("-x", "neg", "NegBackward0", {}),
        ("x ** 3", "pow", "PowBackward0", {"exponent": 3}),
        ("x.sum()", "sum", "SumBackward0", {}),
        ("x.sum(0)", "sum", "SumBackward1", {"dim": 0, "keepdim": False}),
        ("x.reshape(3, 1).sum((0, 1))", "sum", "SumBackward1", {"dim": [0, 1], "keepdim": False}),
        ("x.mean(dim=-1, keepdim=True)", "mean", "MeanBackward1", {"dim": 0, "keepdim": True}),
        ("x.var()", "var", "VarBackward0", {"correction": 1}),
        ("x.std(0, unbiased=False)", "std", "StdBackward0", {"dim": 0, "keepdim": False, "correction": 0}),
        ("x.max(dim=0)", "max", "MaxBackward0", {"dim": 0, "keepdim": False}),
        ("x.max()", "max", "MaxBackward1", {}),
        ("x.softmax(-1)", "softmax", "SoftmaxBackward0", {"dim": 0}),
        ("x.cumsum(0)", "cumsum", "CumsumBackward0", {"dim": 0}),
        ("x.clamp(0, 2.5)", "clamp", "ClampBackward1", {"min": 0, "max": 2.5}),
        ("x @ x", "dot", "DotBackward0", {}),
        ("x.view(3, 1)", "view", "ViewBackward0", {"shape": [3, 1]}),
        ("x.expand(2, 3)", "expand", "ExpandBackward0", {"shape": [2, 3]}),
        ("x.repeat(2)", "repeat", "RepeatBackward0", {"repeats": [2]}),
        ("x.view(3, 1).permute(1, 0)", "permute", "PermuteBackward0", {"dims": [1, 0]}),
        ("x[1]", "getitem", "SelectBackward0", {}),
        ("x[[0, 1]]", "index", "IndexBackward0", {}),
        ("torch.cat([x, x])", "cat", "CatBackward0", {"dim": 0}),
        ("x.double()", "to", "ToCopyBackward0", {"dtype": "float64"}),
        ("x > 1", "gt", None, {}),
    ],
)
def test_name_and_parameters(code: str, name: str, grad_fn: str, params: Json) -> None:
    op = last(code)
    assert (op["grad_fn"], op["params"]) == (grad_fn, params)
    assert op["name"] == name or (name, op["name"]) == ("dot", "matmul")


def test_no_parameter_has_a_name_of_ours() -> None:
    allowed = {
        "alpha", "exponent", "dim", "dims", "keepdim", "correction", "min", "max", "shape", "repeats", "dtype", "p",
        "dim0", "dim1", "diagonal", "split_size", "base", "accumulate", "index", "start", "length", "offset",
        "rounding_mode",
    }  # fmt: skip
    code = "\n".join(
        [
            "m = torch.outer(x, x)", "m @ x", "m.mm(m)", "m.t()", "m.tril(1)", "m.transpose(0, 1)", "m.flatten()",
            "m.unsqueeze(0).squeeze(0)", "m.prod(0)", "m.norm(p=1)", "m.logsumexp(1)", "m.split(2)", "m.chunk(2)",
            "m[0, 1:]", "m[:, [0, 1]]", "m[m > 2]", "torch.stack([x, x], 1)",
            "x.repeat_interleave(2)", "2 ** x", "x ** x",
            "m.index_select(0, torch.tensor([0]))", "m.gather(0, torch.tensor([[0]]))", "x.masked_fill(x > 1, 0)",
            "y = x * 1\ny[0] = 3\ny[1:] *= 2\ny.clamp_(0)\ny.zero_()\ny.copy_(x)", "m.movedim(0, 1)", "m.max(1, True)",
            "torch.where(x > 1, x, x)", "x.log_softmax(0)", "x.cumprod(0)", "m.argmax(1)", "x.maximum(x)",
        ]
    )  # fmt: skip
    answer = json.loads(encode(run(code)))
    assert answer["error"] is None, answer["error"]
    assert {key for op in answer["ops"] for key in op["params"]} <= allowed


@pytest.mark.parametrize(
    ("code", "saved"),
    [
        ("x + 2", []),
        ("x * 2", [("input", 1)]),
        ("x * x", [("input", 0), ("input", 1)]),
        ("x.sum()", []),
        ("x.exp()", [("output", 0)]),
        ("x.sin()", [("input", 0)]),
        ("x.softmax(0)", [("output", 0)]),
        ("x.max(0)", [("output", 1)]),
        ("x.view(3, 1)", []),
        ("x[[0, 1]]", [("input", 1)]),
    ],
)
def test_saved(code: str, saved: list[tuple[str, int]]) -> None:
    given = [next((key, s[key]) for key in ("input", "output") if key in s) for s in last(code)["saved"]]
    assert given == saved


def test_saved_versions() -> None:
    answer = run("y = x * 1\ny.add_(1)\nz = y.sin()\ny.mul_(2)")
    sine = next(op for op in answer["ops"] if op["name"] == "sin")
    assert sine["saved"] == [{"input": 0, "version": 1}]


@pytest.mark.parametrize(
    "code", ["x + 2", "x * 2", "x.exp()", "x.sum()", "x.prod()", "x[1:]", "x.var()", "-x", "x.max()"]
)
def test_saved_is_empty_exactly_when_a_second_backward_can_pass(code: str) -> None:
    answer = run(f"y = {code}\ng = torch.ones_like(y)\ny.backward(g)\ny.backward(g)")
    assert (answer["error"] is None) is (answer["ops"][0]["saved"] == [])


@each_program()
def test_relations_of_every_program(name: str) -> None:
    answer = traced(name)
    for op in answer["ops"]:
        floats = [n for n, t in enumerate(op["inputs"]) if answer["tensors"][t]["dtype"].startswith("float")]
        made = [n for n, t in enumerate(op["outputs"]) if answer["tensors"][t]["dtype"].startswith("float")]
        pairs = [(r["input"], r["output"]) for r in op["relations"]]
        assert pairs == sorted(set(pairs))
        assert {p for p, _ in pairs} <= set(floats)
        assert {q for _, q in pairs} <= set(made)
        for r in op["relations"]:
            assert not r["carries"] or (op["grad_fn"] and answer["tensors"][op["inputs"][r["input"]]]["requires_grad"])
            check_edges(answer, op, r)


def check_edges(answer: Json, op: Json, r: Json) -> None:
    """Order, range, distinctness, and the kind and number of units that the edges themselves give."""
    if r["edges"] is None:
        return
    pairs = list(zip(r["edges"]["output"], r["edges"]["input"], strict=True))
    assert pairs == sorted(set(pairs))
    if r["complete"]:
        assert len(pairs) == r["edge_count"] == len(r["edges"]["weight"])
        assert r["kind"] == kind_of(pairs)


def kind_of(pairs: list[tuple[int, int]]) -> str | None:
    """many-to-…: some output has several edges; …-to-many: some input has."""
    if not pairs:
        return None
    outputs, inputs = ([pair[n] for pair in pairs] for n in (0, 1))
    words = ["many" if len(set(side)) < len(side) else "one" for side in (outputs, inputs)]
    return "-to-".join(words)


FACTS = {
    "max": ("x.max()", "many-to-one", 3),
    "amax": ("x.amax(0)", "many-to-one", 3),
    "norm inf": ("x.norm(p=float('inf'))", "many-to-one", 3),
    "maximum, the losing side too": ("torch.maximum(x, x + 1)", "one-to-one", 3),
    "relu where it is flat": ("torch.relu(x - 5)", "one-to-one", 3),
    "clamp where it is flat": ("x.clamp(2, 2.5)", "one-to-one", 3),
    "sign": ("x.sign()", "one-to-one", 3),
    "cumsum has no upper triangle": ("x.cumsum(0)", "many-to-many", 6),
    "an index leaves out": ("x[:2]", "one-to-one", 2),
    "where, one branch": ("torch.where(x > 1, x, x * 0)", "one-to-one", 2),
    "masked_fill": ("x.masked_fill(x > 1, 0.)", "one-to-one", 1),
    "tril": ("x.reshape(3, 1).expand(3, 3).tril()", "one-to-one", 6),
    "a repeated index": ("x[[1, 1]]", "one-to-many", 2),
    "an empty result": ("x[:0]", None, 0),
}


@pytest.mark.parametrize(("code", "kind", "count"), FACTS.values(), ids=list(FACTS))
def test_who_takes_part(code: str, kind: str | None, count: int) -> None:
    op = last(code)
    found = next(r for r in op["relations"] if op["name"] != "where" or r["input"] == 1)
    assert (found["kind"], found["edge_count"], len(found["edges"]["weight"])) == (kind, count, count)


def test_derived_operations_name_their_call() -> None:
    answer = run(
        "y = (x ** 3).sum()\n(g,) = torch.autograd.grad(y, x, create_graph=True)\nz = (g * 2).sum()\nz.backward()"
    )
    derived = [op["id"] for op in answer["ops"] if op.get("derives") == 0]
    first = answer["backward"][0]["after_op"]
    assert derived == list(range(first, first + len(derived)))
    assert [op["name"] for op in answer["ops"] if "derives" not in op] == ["pow", "sum", "mul", "sum"]
    labels = {t["label"] for t in answer["tensors"] if t["constant"]}
    assert labels == {"3", "2"}
    seed = next(t for t in answer["tensors"] if t["id"] == answer["ops"][first]["inputs"][0])
    assert seed["label"] == "torch.autograd.grad(y, x, create_graph=True)"
