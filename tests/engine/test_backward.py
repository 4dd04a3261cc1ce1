"""The walk: deep and wide graphs, accumulation into one tensor, targets, retained gradients, second derivatives."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from app.engine.registry import ATTRIBUTES, TORCH
from app.engine.run import Run, activate
from tests.engine.rows.row import m, op, t

grad_of = ATTRIBUTES["grad"].get


@pytest.fixture(autouse=True)
def run() -> Iterator[Run]:
    with activate(Run()) as fresh:
        yield fresh


def leaf(*numbers: float, dtype: str = "float32") -> Any:
    return t.tensor(list(numbers), dtype=TORCH[dtype], requires_grad=True)


@pytest.mark.parametrize("create_graph", [False, True])
def test_a_deep_chain_needs_no_recursion(create_graph: bool) -> None:
    x = leaf(1.0)
    y = x
    for _ in range(3000):
        y = op("+")(y, x)
    m.backward(y, create_graph=create_graph)
    assert grad_of(x).array.tolist() == [3001.0]


def test_a_trillion_paths_in_forty_one_nodes() -> None:
    x = leaf(1.0, dtype="float64")
    y = x
    for _ in range(40):
        y = op("+")(y, y)
    start = time.process_time()
    m.backward(y)
    assert grad_of(x).array.tolist() == [2.0**40]
    assert time.process_time() - start < 0.5


def test_gradients_accumulate_in_the_same_tensor() -> None:
    x = leaf(1.0, 2.0)
    m.backward(m.sum(op("*")(x, 3)))
    first = grad_of(x)
    m.backward(m.sum(op("*")(x, x)))
    assert grad_of(x) is first
    assert first.array.tolist() == [5.0, 7.0]
    ATTRIBUTES["grad"].set(x, None)  # type: ignore[misc]
    assert grad_of(x) is None
    m.backward(m.sum(x))
    assert grad_of(x) is not first
    m.zero_(grad_of(x))
    assert grad_of(x).array.tolist() == [0.0, 0.0]


def test_a_leaf_that_is_the_root() -> None:
    x = leaf(2.0)
    m.backward(x)
    assert grad_of(x).array.tolist() == [1.0]


def test_only_the_inputs_that_were_asked_for() -> None:
    x, w = leaf(2.0), leaf(3.0)
    m.backward(op("*")(x, w), inputs=[w])
    assert grad_of(x) is None
    assert grad_of(w).array.tolist() == [2.0]


def test_autograd_grad_books_nothing() -> None:
    x, w = leaf(2.0), leaf(3.0)
    gx, gw = TORCH["autograd.grad"](op("*")(x, w), [x, w])
    assert (gx.array.item(), gw.array.item()) == (3.0, 2.0)
    assert grad_of(x) is grad_of(w) is None
    with pytest.raises(Exception, match="appears to not have been used in the graph"):
        TORCH["autograd.grad"](op("*")(x, 2), [x, w])
    assert TORCH["autograd.grad"](op("*")(x, 2), [x, w], allow_unused=True)[1] is None


def test_an_intermediate_keeps_its_gradient_when_told_to() -> None:
    x = leaf(2.0)
    h = op("*")(x, 3)
    m.retain_grad(h)
    y = op("*")(h, h)
    m.backward(y, retain_graph=True)
    assert grad_of(h).array.tolist() == [12.0]
    m.backward(y)
    assert grad_of(h).array.tolist() == [24.0]


def test_third_derivative() -> None:
    x = leaf(2.0, dtype="float64")
    y = op("**")(x, 5)
    for wanted in (5 * 2**4, 20 * 2**3, 60 * 2**2, 120 * 2):
        (y,) = TORCH["autograd.grad"](y, x, create_graph=True)
        assert y.array.tolist() == [wanted]


def test_nothing_is_recorded_under_no_grad(run: Run) -> None:
    x = leaf(1.0)
    run.grad_enabled = False
    y = op("*")(x, 2)
    run.grad_enabled = True
    assert not y.requires_grad
    assert ATTRIBUTES["grad_fn"].get(y) is None
    assert ATTRIBUTES["is_leaf"].get(y)


@pytest.mark.parametrize(("own", "other"), [("float32", "float64"), ("float64", "float32")])
def test_a_gradient_has_the_type_of_its_leaf(own: str, other: str) -> None:
    x, w = leaf(2.0, dtype=own), leaf(3.0, dtype=other)
    m.backward(op("*")(x, w))
    assert grad_of(x).dtype.name == own
    assert grad_of(w).dtype.name == other


def test_scores_of_every_value_are_kept_for_the_page(run: Run) -> None:
    x = leaf(1.0, 2.0)
    h = op("*")(x, 3)
    m.backward(m.sum(op("*")(h, h)))
    call = run.tape.calls[0]
    by_value = {key: score for key, (_, score) in call.scores.items()}
    np.testing.assert_array_equal(by_value[id(h.value)], [6.0, 12.0])
    np.testing.assert_array_equal(by_value[id(x.value)], [18.0, 36.0])
    assert [node.operation.name for node in call.order] == ["sum", "mul", "mul"]
