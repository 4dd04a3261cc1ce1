"""A one-to-one operation as a curve: f and its local derivative, sampled around the elements of its input."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.namespaces import RAW
from app.engine.node import Call
from app.trace.numbers import Array, numbers_of
from app.trace.relations import Pair

Json = dict[str, Any]
SAMPLES = 129
MARGIN = 0.25
"""Of the elements' range, on both sides; at least 1."""
ASIDE = 1e-4
"""How far beside an element its one-sided derivatives are read, relative to its size."""


def curve(pair: Pair, elements: Array) -> Json | None:
    """Samples of f and f′, and f′ just beside the given elements; None where elements do not share one f.

    They do when every other operand is one number. PyTorch's conventions at kinks are in f′, as in every weight.
    """
    call, k = pair.call, pair.input
    x = np.asarray(call.inputs[k], np.float64)
    others = [a for n, a in enumerate(call.inputs) if n != k]
    finite = x[np.isfinite(x)]
    if pair.structure.name != "elementwise" or any(a.size != 1 for a in others) or not finite.size:
        return None
    margin = max(1.0, MARGIN * float(np.ptp(finite)))
    places = np.linspace(finite.min() - margin, finite.max() + margin, SAMPLES)
    at = x.reshape(-1)[elements]
    aside = ASIDE * np.maximum(1, np.abs(at))
    sampled, left, right = (_run(pair, where) for where in (places, at - aside, at + aside))
    if sampled is None or left is None or right is None:
        return None
    return {
        "x": numbers_of(places),
        "value": numbers_of(sampled[0]),
        "slope": numbers_of(sampled[1]),
        "left": numbers_of(left[1]),
        "right": numbers_of(right[1]),
    }


def _run(pair: Pair, x: Array) -> tuple[Array, Array] | None:
    """f and f′ at these places, in double precision."""
    call = pair.call
    inputs = tuple(x if n == pair.input else np.asarray(a, np.float64).reshape(()) for n, a in enumerate(call.inputs))
    value = np.asarray(pair.node.operation.forward(*inputs, **call.params), np.float64)
    if value.shape != x.shape:
        return None
    slope = pair.structure.weight(RAW, Call(inputs, (value,), call.params))
    return value, np.broadcast_to(np.asarray(slope, np.float64), x.shape)
