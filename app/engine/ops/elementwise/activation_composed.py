"""Activations that PyTorch writes in other operations: softsign, tanhshrink, softmin, gumbel_softmax."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.dtypes import DType
from app.engine.operation import wrap
from app.engine.ops.composed import call, method, minus, negated, over, plus
from app.engine.ops.lanes.block import guessed_dim
from app.engine.registry import offer
from app.engine.run import current
from app.engine.tensor import Tensor


def _softsign(input: Tensor) -> Any:
    return over(input, plus(call("abs", input), 1))


def _tanhshrink(input: Tensor) -> Any:
    return minus(input, call("tanh", input))


def _softmin(input: Tensor, dim: int | None, _stacklevel: int, dtype: DType | None) -> Any:
    chosen = guessed_dim("softmin", len(input.shape)) if dim is None else dim
    return call("softmax", negated(input), chosen, dtype=dtype)


def _gumbel_softmax(logits: Tensor, tau: float, hard: bool, eps: float, dim: int) -> Any:
    """softmax((logits + gumbel) / tau); `hard` gives the winner's one-hot row, with the score of the soft one."""
    if eps != 1e-10:
        current().notice("gumbel-eps", message="`eps` parameter is deprecated and has no effect.")
    drawn = method(wrap(np.zeros(logits.shape, logits.dtype.numpy)), "exponential_")
    gumbels = negated(call("log", drawn))
    soft = call("softmax", over(plus(logits, gumbels), tau), dim)
    if not hard:
        return soft
    index = call("argmax", soft, dim, True)
    zeros = wrap(np.zeros(logits.shape, logits.dtype.numpy))
    winner = call("scatter", zeros, dim, index, 1.0)
    return plus(minus(winner, method(soft, "detach")), soft)


# fmt: off
offer("F.softsign",       ("def Tensor input", _softsign), operation="div")
offer("F.tanhshrink",     ("def Tensor input", _tanhshrink), operation="sub")
offer("F.softmin",        ("def Tensor input, int? dim=None, int _stacklevel=3, dtype? dtype=None", _softmin), operation="softmax")
offer("F.gumbel_softmax", ("def Tensor logits, float tau=1, bool hard=False, float eps=1e-10, int dim=-1", _gumbel_softmax), operation="softmax")
# fmt: on
