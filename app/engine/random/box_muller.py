"""Normally distributed numbers from uniform ones, by PyTorch's two ways of applying the Box-Muller transform.

Source of the formulas: G. Box, M. Muller, "A note on the generation of random normal deviates" (1958). Which
uniform number becomes radius and which angle, and in which precision, follows PyTorch 2.13's CPU kernels.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.random.cephes import log32, sincos32
from app.engine.random.fused import round32, scale_and_shift

BLOCK = 16
_TWO_PI_32 = float(np.float32(2.0 * math.pi))


def normal_pair(turn: float, tail: float) -> tuple[float, float]:
    """Two standard normal numbers from two uniform ones of [0, 1), in float64."""
    radius = math.sqrt(-2.0 * math.log1p(-tail))
    angle = 2.0 * math.pi * turn
    return radius * math.cos(angle), radius * math.sin(angle)


def normal_blocks(uniform: NDArray[Any], mean: float, std: float) -> NDArray[Any]:
    """Normal numbers from uniform ones, both (blocks, 16); columns 0-7 give radii, 8-15 angles."""
    first, second = uniform[:, : BLOCK // 2], uniform[:, BLOCK // 2 :]
    make = _polar32 if uniform.dtype == np.float32 else _polar64
    return scale_and_shift(make(first, second), std, mean)


def _polar32(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    logarithm = log32(1.0 - first.astype(np.float64)).astype(np.float32)
    radius = np.sqrt(np.float32(-2.0) * logarithm).astype(np.float64)
    sine, cosine = sincos32(round32(second.astype(np.float64) * _TWO_PI_32))
    return np.concatenate([radius * cosine, radius * sine], axis=1).astype(np.float32)


def _polar64(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Through the C library as PyTorch does: numpy's vectorised log, sin and cos differ in the last bit."""
    radius = np.sqrt(-2.0 * _mapped(math.log, 1.0 - first))
    angle = 2.0 * math.pi * second
    return np.concatenate([radius * _mapped(math.cos, angle), radius * _mapped(math.sin, angle)], axis=1)


def _mapped(function: Any, values: NDArray[np.float64]) -> NDArray[np.float64]:
    results: Sequence[float] = list(map(function, values.ravel().tolist()))
    return np.array(results, np.float64).reshape(values.shape)
