"""POST /api/edges with `curve`: f and its local derivative around the elements of a one-to-one operation."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from app.trace import edges
from app.trace.encode import encode

X = "import torch\nx = torch.tensor([-1., 0., 2.], requires_grad=True)\n"


def curve_of(code: str, **question: Any) -> Any:
    """The curve of the last operation's first relation, as it is sent."""
    asked: dict[str, Any] = {"op": 0, "input": 0, "output": 0, "of_inputs": [0, 1, 2], "curve": True} | question
    return json.loads(encode(edges([code], **asked)))["curve"]


FUNCTIONS: dict[str, Any] = {
    "y = x.sin()": math.sin,
    "y = x ** 2": lambda v: v * v,
    "y = 3 - x": lambda v: 3 - v,
    "y = x.exp()": math.exp,
}


@pytest.mark.parametrize(("code", "f"), FUNCTIONS.items())
def test_slope_is_the_function_s(code: str, f: Any) -> None:
    found = curve_of(X + code)
    x, value, slope = (np.array(found[name]) for name in ("x", "value", "slope"))
    assert [x[0], x[-1]] == pytest.approx([-2, 3])
    assert value == pytest.approx([f(v) for v in x])
    assert slope == pytest.approx(np.array([(f(v + 1e-6) - f(v - 1e-6)) / 2e-6 for v in x]), abs=1e-4)
    assert found["left"] == pytest.approx(found["right"], abs=1e-2)


def test_a_kink_has_two_slopes() -> None:
    found = curve_of(X + "y = torch.relu(x)")
    assert (found["left"], found["right"]) == ([0, 0, 1], [0, 1, 1])


def test_what_is_not_a_number_is_a_word() -> None:
    assert "NaN" in curve_of(X + "y = x.log()")["value"]


@pytest.mark.parametrize("code", ["x * torch.tensor([1., 2., 3.])", "x.softmax(0)", "x.sum()", "x.flip(0)"])
def test_no_curve_where_elements_differ_or_mix(code: str) -> None:
    assert curve_of(f"{X}y = {code}") is None


def test_no_curve_unless_asked() -> None:
    assert "curve" not in edges([X + "y = x.sin()"], op=0, of_inputs=[0])
