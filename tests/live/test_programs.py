"""Random programs over shapes, broadcasting, views and writes: every line by PyTorch and by us, with one outcome."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.errors import TorchError
from app.engine.ops import python
from app.engine.registry import METHODS, TORCH
from app.engine.run import Run, activate
from app.engine.tensor import Tensor
from tests.live.oracle import torch

pytestmark = pytest.mark.filterwarnings("ignore")
Step = tuple[str, tuple[Any, ...]]
shapes = st.lists(st.integers(0, 3), max_size=3).map(tuple)
dims = st.integers(-3, 3)
VIEWS = st.one_of(
    st.tuples(st.just("transpose"), st.tuples(dims, dims)),
    st.tuples(st.just("unsqueeze"), st.tuples(dims)),
    st.tuples(st.just("squeeze"), st.tuples(dims)),
    st.tuples(st.just("select"), st.tuples(dims, dims)),
    st.tuples(st.just("narrow"), st.tuples(dims, st.integers(-1, 2), st.integers(0, 2))),
    st.tuples(st.just("expand"), st.tuples(shapes)),
    st.tuples(st.just("flip"), st.tuples(st.tuples(dims))),
    st.tuples(st.just("flatten"), st.just(())),
    st.tuples(st.just("unfold"), st.tuples(dims, st.integers(1, 2), st.just(1))),
    st.tuples(st.just("diagonal"), st.tuples(st.integers(-1, 1))),
    st.tuples(st.just("reshape"), st.tuples(shapes)),
)
WRITES = st.one_of(
    st.tuples(st.sampled_from(["mul_", "add_", "sub_"]), st.tuples(st.sampled_from([2.5, -1.0]))),
    st.tuples(st.sampled_from(["sin_", "square_", "zero_", "neg_", "sigmoid_"]), st.just(())),
    st.tuples(st.just("fill_"), st.tuples(st.sampled_from([0.5, 3.0]))),
    st.tuples(st.just("clamp_"), st.tuples(st.just(-0.4), st.just(0.6))),
)
BOUNDS = st.none() | dims
ITEMS = st.one_of(st.integers(-3, 3), st.just(...), st.none(), st.builds(slice, BOUNDS, BOUNDS))
PAIRS = ("add", "mul", "maximum", "atan2", "where", "hypot", "fmod", "logaddexp")


def numbers(shape: tuple[int, ...], seed: int) -> Any:
    """No two alike, both signs."""
    size = int(np.prod(shape))
    return (np.random.default_rng(seed + size).permutation(size) - size / 2 + 0.3).reshape(shape) * 0.37


LOOSE = re.compile(r" for dimension .*|: \[torch\..*|\n.*", re.DOTALL)
"""PyTorch counts dims behind `...` in its own way, and names the last of several writes to a view."""


def outcome(run: Callable[[], Any]) -> Any:
    """What comes out, or the error's type and text."""
    try:
        return run()
    except TorchError as error:
        return error.type, LOOSE.sub("", error.message)
    except Exception as error:
        return type(error).__name__, LOOSE.sub("", str(error))


def same(wanted: Any, got: Any) -> None:
    if isinstance(wanted, torch.Tensor):
        assert isinstance(got, Tensor), (wanted, got)
        assert tuple(wanted.shape) == tuple(got.shape)
        assert wanted.requires_grad == got.requires_grad
        np.testing.assert_allclose(got.array, wanted.detach().numpy(), 1e-9, 1e-12)
    else:
        assert wanted == got


def graded(theirs: Any, mine: Tensor, leaves: list[tuple[Any, Tensor]]) -> None:
    """Gradients with a random cotangent."""
    if not theirs.requires_grad:
        return
    seed = np.random.default_rng(3).standard_normal(tuple(theirs.shape))
    wanted = outcome(lambda: torch.autograd.grad(theirs, [a for a, _ in leaves], torch.tensor(seed), allow_unused=True))
    got = outcome(
        lambda: TORCH["autograd.grad"](mine, [b for _, b in leaves], Tensor.of(np.array(seed)), allow_unused=True)
    )
    if isinstance(wanted[0], str):
        assert wanted == got
        return
    for w, g in zip(wanted, got, strict=True):
        zeros = np.zeros(()) if w is None else w.numpy()
        np.testing.assert_allclose(0.0 if g is None else g.array, zeros, 1e-7, 1e-10)


def leaf(shape: tuple[int, ...], seed: int = 0) -> tuple[Any, Tensor]:
    array = numbers(shape, seed)
    return torch.tensor(array, requires_grad=True), Tensor.of(np.array(array), True)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(shapes, st.lists(st.one_of(VIEWS, WRITES), max_size=5))
def test_views_and_writes(shape: tuple[int, ...], steps: list[Step]) -> None:
    with activate(Run()):
        theirs, mine = leaf(shape)
        there, here = theirs * 1, METHODS["mul"](mine, 1)
        wholes, base = there, here
        for name, args in steps:
            wanted = outcome(partial(getattr(there, name), *args))
            got = outcome(partial(METHODS[name], here, *args))
            same(wanted, got)
            if isinstance(wanted, tuple):
                return
            there, here = wanted, got
        same(wholes, base)
        graded(there, here, [(theirs, mine)])
        graded(wholes, base, [(theirs, mine)])


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PAIRS), shapes, shapes)
def test_broadcasting(name: str, a: tuple[int, ...], b: tuple[int, ...]) -> None:
    with activate(Run()):
        (x, mine), (y, other) = leaf(a), leaf(b, 7)
        operands: tuple[Any, ...] = (x > 0, x, y) if name == "where" else (x, y)
        ours = (METHODS["gt"](mine, 0), mine, other) if name == "where" else (mine, other)
        wanted = outcome(lambda: getattr(torch, name)(*operands))
        got = outcome(lambda: TORCH[name](*ours))
        same(wanted, got)
        if isinstance(wanted, torch.Tensor):
            graded(wanted, got, [(x, mine), (y, other)])


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(shapes, st.lists(ITEMS, max_size=3), shapes)
def test_assignment(shape: tuple[int, ...], index: list[Any], source: tuple[int, ...]) -> None:
    with activate(Run()):
        (theirs, mine), (value, own) = leaf(shape), leaf(source, 5)
        there, here = theirs * 1, METHODS["mul"](mine, 1)
        key = tuple(index)
        wanted = outcome(lambda: there.__setitem__(key, value))
        got = outcome(lambda: python.setitem(here, key, own))
        assert wanted == got
        if wanted is None:
            same(there, here)
            graded(there, here, [(theirs, mine), (value, own)])
