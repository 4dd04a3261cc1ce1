"""The relation between two tensors: the product of Jacobians, summed over all paths."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.trace import edges, trace

Json = dict[str, Any]
HEAD = "import torch\nx = torch.tensor([0.5, 1.0, -2.0], dtype=torch.float64, requires_grad=True)\n"


def asked(body: str, start: str = "x", end: str = "y", **more: Any) -> Json:
    """The composite relation between the last versions of two variables."""
    program = [HEAD + body]
    ids = {t["name"]: t["id"] for t in trace(program)["tensors"]}
    return edges(program, from_=ids[start], to=ids[end], **more)


def dense(found: Json, rows: int, columns: int) -> np.ndarray:
    """Edges as a Jacobian."""
    jacobian = np.zeros((rows, columns))
    columns_of = found["edges"]
    jacobian[columns_of["output"], columns_of["input"]] = [float(w) for w in columns_of["weight"]]
    return jacobian


def differences(body: str) -> np.ndarray:
    """∂y/∂x by central differences through the whole program."""
    columns = []
    for k in range(3):
        ends = []
        for step in (1e-6, -1e-6):
            moved = f"{HEAD}x = x.detach() + torch.tensor({[step if i == k else 0.0 for i in range(3)]})\n{body}"
            answer = trace([moved])
            ends.append(np.array([t for t in answer["tensors"] if t["name"] == "y"][-1]["values"]))
        columns.append((ends[0] - ends[1]) / 2e-6)
    return np.stack(columns, axis=1)


BODIES = [
    "y = (x * 2).exp()",
    "y = x.softmax(0) * x.sum()",
    "a = x.sin()\nb = a * a\nc = a + b\ny = c * b",
    "y = torch.outer(x, x).flatten() + x.repeat(3)",
    "z = x * 1\nz[0] = x[1] * x[2]\nz[1:].mul_(x[:2])\ny = z.cumsum(0)",
    "m = x.reshape(1, 3)\ny = (m.t() @ m).softmax(1).flatten()",
    "y = x\nfor _ in range(4):\n    y = torch.tanh(y + y * x)",
    "a, b = torch.stack([x, x * x]).unbind()\ny = torch.cat([a * b, b])",
    "y = x.detach() * 1",
]


@pytest.mark.parametrize("body", BODIES)
def test_against_finite_differences(body: str) -> None:
    found = asked(body)
    wanted = differences(body)
    assert found["composite"] is True
    np.testing.assert_allclose(dense(found, *wanted.shape), wanted, rtol=1e-6, atol=1e-6)


def test_is_the_product_of_the_relations() -> None:
    body = "a = x.softmax(0)\ny = a.cumprod(0)"
    first, second = asked(body, "x", "a"), asked(body, "a", "y")
    product = dense(second, 3, 3) @ dense(first, 3, 3)
    np.testing.assert_allclose(dense(asked(body), 3, 3), product, rtol=1e-12)


def test_weights_that_cancel_stay_edges() -> None:
    found = asked("y = x - x")
    assert found["edges"] == {"input": [0, 1, 2], "output": [0, 1, 2], "weight": [0, 0, 0]}
    sums = asked("y = x.softmax(0).sum()")
    assert sums["edges"]["input"] == [0, 1, 2]
    assert sums["edges"]["weight"] == pytest.approx([0, 0, 0], abs=1e-15)


def test_form() -> None:
    found = asked("y = x.reshape(1, 3).expand(2, 3).sum(1)")
    assert (found["kind"], found["edge_count"], found["complete"]) == ("many-to-many", 6, True)
    assert found["units"] == {"count": 1, "inputs": 3, "outputs": 2}
    assert (found["from"], found["to"]) == (0, 3)
    assert found["edges"]["output"] == [0, 0, 0, 1, 1, 1]


def test_to_itself_and_against_the_direction() -> None:
    assert asked("y = x * 2", "x", "x")["edges"]["weight"] == [1, 1, 1]
    nothing = asked("y = x * 2", "y", "x")
    assert (nothing["kind"], nothing["edge_count"], nothing["edges"]["weight"]) == (None, 0, [])


def test_from_the_middle_only_later_paths_count() -> None:
    found = asked("a = x * 3\ny = a * x", "a", "y")
    assert found["edges"]["weight"] == [0.5, 1, -2]


def test_inf_stays_with_its_own_pairs() -> None:
    found = asked("y = torch.stack([x[0] / 0, x[1] * 2])")
    assert found["edges"] == {"input": [0, 1], "output": [0, 1], "weight": ["Infinity", 2]}
    shared = asked("b = x * float('inf')\nc = x * 2\ny = torch.stack([b[0], c[0]])")
    assert shared["edges"] == {"input": [0, 0], "output": [0, 1], "weight": ["Infinity", 2]}


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        ("y = x * 2", {"edges": 2}),
        ("y = torch.ones(300, 3, dtype=torch.float64) * x\ny = y.sum(1).expand(90, 300) * 2", {}),
        ("y = x.repeat(1000).reshape(1, 3000).expand(1000, 3000).sum(1)\nz = y.repeat(30).cumsum(0)\ny = z[:1000]", {}),
    ],
)
def test_over_the_budget(body: str, limits: dict[str, int]) -> None:
    answer = asked(body, limits=limits)
    assert answer["error"]["type"] == "LimitError"
    assert any(character.isdigit() for character in answer["error"]["message"])
