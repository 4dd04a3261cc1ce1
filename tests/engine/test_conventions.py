"""PyTorch's answers where mathematics leaves a choice: ties, kinks, zeros, infinities, nan.

The numbers were recorded with PyTorch 2.13; the kinds of situations are those that the issue lists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.engine.ops import python
from app.engine.registry import TORCH
from app.engine.run import Run, activate
from tests.engine.rows.row import m, op, t

NAN, INF = float("nan"), float("inf")
Case = tuple[str, Callable[..., Any], list[list[float]], list[list[float]]]

# fmt: off
CASES: list[Case] = [
    ("max() shares among ties", t.max, [[3, 1, 3]], [[0.5, 0, 0.5]]),
    ("min() shares among ties", t.min, [[1, 1, 1, 2]], [[1 / 3, 1 / 3, 1 / 3, 0]]),
    ("amax shares among ties", t.amax, [[3, 1, 3]], [[0.5, 0, 0.5]]),
    ("amin shares among ties", t.amin, [[1, 2, 1]], [[0.5, 0, 0.5]]),
    ("the infinity norm shares among ties", lambda x: t.norm(x, INF), [[-3, 1, 3]], [[-0.5, 0, 0.5]]),
    ("max(dim) takes the first", lambda x: t.max(x, 0)[0], [[3, 1, 3]], [[1, 0, 0]]),
    ("min(dim) takes the first", lambda x: t.min(x, 0)[0], [[3, 1, 1]], [[0, 1, 0]]),
    ("maximum halves a tie", t.maximum, [[1, 2, 3], [1, 3, 2]], [[0.5, 0, 1], [0.5, 1, 0]]),
    ("minimum halves a tie", t.minimum, [[1, 2, 3], [1, 3, 2]], [[0.5, 1, 0], [0.5, 0, 1]]),
    ("maximum with itself", lambda x: t.maximum(x, x), [[1, 2]], [[1, 1]]),
    ("max of two tensors", t.max, [[1, 2], [1, 3]], [[0.5, 0], [0.5, 1]]),
    ("max with nan: the first nan takes all", lambda x: t.max(x, 0)[0], [[1, NAN, 3, NAN]], [[0, 1, 0, 0]]),
    ("relu is flat at 0", t.relu, [[0, -1, 2]], [[0, 0, 1]]),
    ("abs is flat at 0", t.abs, [[0, -1, 2]], [[0, -1, 1]]),
    ("sign is flat", t.sign, [[0, -1, 2]], [[0, 0, 0]]),
    ("round is flat", t.round, [[0.5, -1.5]], [[0, 0]]),
    ("floor is flat", t.floor, [[1, -1.5]], [[0, 0]]),
    ("clamp passes at its bounds", lambda x: t.clamp(x, 1, 2), [[0, 1, 1.5, 2, 3]], [[0, 1, 1, 1, 0]]),
    ("clamp stops nan", lambda x: t.clamp(x, 1, 2), [[NAN]], [[0]]),
    ("clamp with crossed bounds", lambda x: t.clamp(x, 2, 1), [[0, 1.5, 3]], [[0, 0, 0]]),
    ("0 ** 0", op("**"), [[0], [0]], [[0], [0]]),
    ("0 ** -1", op("**"), [[0], [-1]], [[-INF], [-INF]]),
    ("(-2) ** 3 as tensors", op("**"), [[-2], [3]], [[12], [NAN]]),
    ("x ** 0 at 0", lambda x: op("**")(x, 0), [[0]], [[0]]),
    ("x ** 1 at 0", lambda x: op("**")(x, 1), [[0]], [[1]]),
    ("x ** 0.5 at 0", lambda x: op("**")(x, 0.5), [[0]], [[INF]]),
    ("0 ** x at 0", lambda x: op("**")(0, x), [[0]], [[0]]),
    ("sqrt at 0", t.sqrt, [[0]], [[INF]]),
    ("sqrt at 0, nothing from above", lambda x: op("*")(t.sqrt(x), 0), [[0]], [[NAN]]),
    ("rsqrt at 0", t.rsqrt, [[0]], [[-INF]]),
    ("log at 0", t.log, [[0]], [[INF]]),
    ("0 / 0", op("/"), [[0], [0]], [[INF], [NAN]]),
    ("norm of zeros", t.norm, [[0, 0]], [[0, 0]]),
    ("3-norm of zeros", lambda x: t.norm(x, 3), [[0, 0]], [[0, 0]]),
    ("std of a constant", t.std, [[2, 2, 2]], [[0, 0, 0]]),
    ("var of one element", t.var, [[2]], [[NAN]]),
    ("var of three", t.var, [[1, 2, 3]], [[-1, 0, 1]]),
    ("logsumexp of nothing but -inf", lambda x: t.logsumexp(x, 0), [[-INF, -INF]], [[NAN, NAN]]),
    ("logsumexp with inf", lambda x: t.logsumexp(x, 0), [[INF, 1]], [[NAN, 0]]),
    ("softmax of nothing but -inf", lambda x: python.getitem(t.softmax(x, 0), 0), [[-INF, -INF]], [[NAN, NAN]]),
    ("a softmax row sums to a constant", lambda x: t.softmax(x, 0), [[1, 2, 5]], [[0, 0, 0]]),
    ("log_softmax of far numbers", lambda x: python.getitem(t.log_softmax(x, 0), 1), [[1000, 0]], [[-1, 1]]),
    ("log(softmax) of far numbers", lambda x: python.getitem(t.log(t.softmax(x, 0)), 1), [[1000, 0]], [[NAN, NAN]]),
    ("where does not hide a nan", lambda x: t.where(op(">")(x, 0), t.sqrt(x), 0.0), [[0, 4]], [[NAN, 0.25]]),
    ("prod with one zero", t.prod, [[2, 0, 4]], [[0, 8, 0]]),
    ("prod with two zeros", t.prod, [[0, 0, 3]], [[0, 0, 0]]),
    ("cumprod with a zero", lambda x: t.cumprod(x, 0), [[2, 0, 3]], [[1, 8, 0]]),
    ("cumprod with two zeros", lambda x: t.cumprod(x, 0), [[2, 0, 4, 0, 5]], [[1, 10, 0, 0, 0]]),
    ("x * 0 at inf", lambda x: op("*")(x, 0), [[INF]], [[0]]),
    ("an element used twice", lambda x: python.getitem(x, [0, 0, 1]), [[5, 6]], [[2, 1]]),
    ("expand counts its copies", lambda x: m.expand(x, 3, 2), [[1, 2]], [[3, 3]]),
    ("sigmoid far out", t.sigmoid, [[100.0]], [[0]]),
    ("tanh far out", t.tanh, [[100.0]], [[0]]),
]
# fmt: on


@pytest.mark.parametrize(("call", "inputs", "gradients"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_convention(call: Callable[..., Any], inputs: list[list[float]], gradients: list[list[float]]) -> None:
    with activate(Run()), np.errstate(all="ignore"):
        leaves = [TORCH["tensor"](x, dtype=TORCH["float32"], requires_grad=True) for x in inputs]
        made = call(*leaves)
        TORCH["autograd.backward"](TORCH["sum"](made))
        for leaf, wanted in zip(leaves, gradients, strict=True):
            np.testing.assert_allclose(leaf.meta.grad.array, np.array(wanted, np.float32), rtol=1e-6, atol=1e-30)


def test_an_unused_input_has_no_gradient() -> None:
    with activate(Run()):
        x, y = (TORCH["tensor"](1.0, requires_grad=True) for _ in range(2))
        m.backward(op("*")(x, 2))
        assert y.meta.grad is None
        assert x.meta.grad is not None
