"""Saved values: freed operation by operation, guarded by version counters, read by nobody who does not need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.registry import ATTRIBUTES
from app.engine.run import Run, activate
from tests.engine.rows.row import inplace, m, op, t


@pytest.fixture(autouse=True)
def run() -> Iterator[Run]:
    with activate(Run()) as fresh:
        yield fresh


def leaf(*numbers: float) -> Any:
    return t.tensor(list(numbers), requires_grad=True)


# fmt: off
GOES_TWICE: dict[str, tuple[Callable[[Any], Any], bool]] = {
    "x + 2":          (lambda x: op("+")(x, 2), True),
    "x - x":          (lambda x: op("-")(x, x), True),
    "-x":             (m.neg, True),
    "x.sum(0)":       (lambda x: m.sum(x, 0), True),
    "x.mean()":       (m.mean, True),
    "x.view(-1)":     (lambda x: m.view(x, -1), True),
    "x.expand(2, 3)": (lambda x: m.expand(x, 2, 3), True),
    "x.t()":          (m.t, True),
    "x[0]":           (lambda x: python.getitem(x, 0), True),
    "x.clone()":      (m.clone, True),
    "cat([x, x])":    (lambda x: t.cat([x, x]), True),
    "stack([x, x])":  (lambda x: t.stack([x, x]), True),
    "x.repeat(2)":    (lambda x: m.repeat(x, 2), True),
    "x.cumsum(0)":    (lambda x: m.cumsum(x, 0), True),
    "x.double()":     (m.double, True),
    "x * 2":          (lambda x: op("*")(x, 2), False),
    "x * x":          (lambda x: op("*")(x, x), False),
    "x / 2":          (lambda x: op("/")(x, 2), False),
    "x ** 2":         (lambda x: op("**")(x, 2), False),
    "exp":            (m.exp, False),
    "sin":            (m.sin, False),
    "relu":           (m.relu, False),
    "softmax":        (lambda x: m.softmax(x, 0), False),
    "prod":           (m.prod, False),
    "max":            (m.max, False),
    "x @ x":          (lambda x: op("@")(x, x), False),
    "x[[0, 1]]":      (lambda x: python.getitem(x, [0, 1]), False),
    "norm":           (m.norm, False),
    "var":            (m.var, False),
    "cumprod":        (lambda x: m.cumprod(x, 0), False),
}
# fmt: on


@pytest.mark.parametrize("name", GOES_TWICE)
def test_which_operations_may_be_walked_twice(name: str) -> None:
    call, twice = GOES_TWICE[name]
    x = leaf(1.0, 2.0, 3.0)
    y = m.sum(call(x))
    m.backward(y)
    if twice:
        m.backward(y)
        return
    with pytest.raises(TorchError, match="Trying to backward through the graph a second time"):
        m.backward(y)


def test_retain_graph_keeps_what_is_saved() -> None:
    x = leaf(3.0)
    y = op("*")(x, x)
    m.backward(y, retain_graph=True)
    m.backward(y)
    assert x.meta.grad.array.tolist() == [12.0]


# fmt: off
SPOILS: dict[str, tuple[Callable[[Any], Any], bool, bool]] = {
    # operation: (call, a write to its input spoils it, a write to its output does)
    "exp":      (m.exp, False, True),
    "sin":      (m.sin, True, False),
    "sqrt":     (m.sqrt, False, True),
    "x + 1":    (lambda x: op("+")(x, 1), False, False),
    "x * x":    (lambda x: op("*")(x, x), True, False),
    "x ** 2":   (lambda x: op("**")(x, 2), True, False),
    "relu":     (m.relu, False, True),
    "tanh":     (m.tanh, False, True),
    "softmax":  (lambda x: m.softmax(x, 0), False, True),
    "sum":      (m.sum, False, False),
    "log":      (m.log, True, False),
    "view":     (lambda x: m.view(x, -1), False, False),
}
# fmt: on


@pytest.mark.parametrize("side", ["input", "output"])
@pytest.mark.parametrize("name", SPOILS)
def test_a_write_spoils_exactly_what_was_saved(name: str, side: str) -> None:
    call, spoils_input, spoils_output = SPOILS[name]
    x = leaf(1.0, 2.0)
    h = op("+")(x, 0)
    y = call(h)
    m.add_(h if side == "input" else y, 1)
    if spoils_input if side == "input" else spoils_output:
        with pytest.raises(TorchError, match="has been modified by an inplace operation"):
            m.backward(m.sum(y))
    else:
        m.backward(m.sum(y))


def test_an_edit_of_data_is_seen_and_not_refused() -> None:
    x = leaf(2.0)
    y = op("*")(x, x)
    m.mul_(ATTRIBUTES["data"].get(x), 10)
    m.backward(y)
    assert x.meta.grad.array.tolist() == [40.0]


def test_every_write_counts_once_for_base_views_and_detached() -> None:
    x = t.zeros(2, 3)
    row, alias = python.getitem(x, 0), m.detach(x)
    version = ATTRIBUTES["_version"].get
    inplace("+=")(row, 1)
    m.fill_(x, 3)
    python.setitem(alias, (1, 2), 7.0)
    assert [version(v) for v in (x, row, alias)] == [3, 3, 3]
    assert x.array.tolist() == [[3, 3, 3], [3, 3, 7]]
    assert row.array.tolist() == [3, 3, 3]
    m.mul_(ATTRIBUTES["data"].get(x), 2)
    assert version(x) == 3
    assert row.array.tolist() == [6, 6, 6]


def test_a_write_through_a_view_is_a_copy_of_slices_and_replays_its_siblings() -> None:
    x = leaf(1.0, 2.0, 3.0)
    y = op("*")(x, 1)
    first, rest = python.getitem(y, 0), python.getitem(y, slice(1, None))
    inplace("*=")(first, 10)
    name = ATTRIBUTES["grad_fn"].get
    assert name(y).name == "CopySlices"
    assert name(first).name == name(rest).name == "AsStridedBackward0"
    m.backward(op("+")(m.sum(rest), op("*")(first, first)))
    assert x.meta.grad.array.tolist() == [200.0, 1.0, 1.0]


def test_leaves_may_not_be_written_to() -> None:
    x = leaf(1.0, 2.0)
    with pytest.raises(TorchError, match="a leaf Variable that requires grad is being used"):
        m.add_(x, 1)
    with pytest.raises(TorchError, match="a view of a leaf Variable that requires grad"):
        python.setitem(x, 0, 5.0)
