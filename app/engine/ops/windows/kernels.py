"""The weights of interpolation along one dim.

Source of the formulas: the description of `align_corners` in PyTorch's documentation of interpolate and Keys' cubic
convolution (a = −0.75, and −0.5 with antialiasing).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.engine.arrays import Array


def nearest(size: int, out: int, factor: float | None, *, exact: bool) -> Array:
    """The input place of each output place: ⌊p · scale⌋, or of its middle. In single precision, as PyTorch has it."""
    scale = np.float32(1 / factor if factor else size / out)
    places = np.floor((np.arange(out, dtype=np.float32) + np.float32(0.5 if exact else 0)) * scale).astype(np.int64)
    if not exact and out == size:
        places = np.arange(out)
    return np.asarray(np.clip(places, 0, size - 1))


def matrix(size: int, out: int, factor: float | None, *, mode: str, corners: bool, smooth: bool) -> Array:
    """Weights (outputs, inputs) of linear or cubic interpolation."""
    if corners:
        scale = (size - 1) / (out - 1) if out > 1 else 0.0
        source = np.arange(out) * scale
    else:
        scale = 1 / factor if factor else size / out
        source = (np.arange(out) + 0.5) * scale - 0.5
    if smooth:
        return _smoothed(size, out, scale, mode)
    return _cubic(source, size) if mode == "bicubic" else _linear(source, size)


def _linear(source: Array, size: int) -> Array:
    source = np.maximum(source, 0)
    first = np.minimum(np.floor(source).astype(np.int64), size - 1)
    share = np.clip(source - first, 0, 1)
    return _placed(np.stack([first, first + 1], 1), np.stack([1 - share, share], 1), size)


def _cubic(source: Array, size: int) -> Array:
    first = np.floor(source).astype(np.int64)
    at = first[:, None] + np.arange(-1, 3)
    return _placed(at, keys(-0.75)(source[:, None] - at), size)


def _placed(places: Array, weights: Array, size: int) -> Array:
    """Weights at their places; what lies outside counts for the edge."""
    made = np.zeros((len(places), size))
    np.add.at(made, (np.arange(len(places))[:, None], np.clip(places, 0, size - 1)), weights)
    return made


def keys(a: float) -> Callable[[Array], Array]:
    """Keys' kernel of the distance."""

    def weight(distance: Array) -> Array:
        d = np.abs(distance)
        near = ((a + 2) * d - (a + 3)) * d * d + 1
        far = ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
        return np.where(d <= 1, near, np.where(d < 2, far, 0.0))

    return weight


def _smoothed(size: int, out: int, scale: float, mode: str) -> Array:
    """With antialiasing the kernel is as much wider as the picture gets smaller."""
    kernel = keys(-0.5) if mode == "bicubic" else lambda d: np.maximum(1 - np.abs(d), 0)
    wide = max(scale, 1.0)
    support = (2 if mode == "bicubic" else 1) * wide
    centre = scale * (np.arange(out) + 0.5)
    low = np.maximum((centre - support + 0.5).astype(np.int64), 0)
    high = np.minimum((centre + support + 0.5).astype(np.int64), size)
    i = np.arange(size)
    weights = kernel((i - centre[:, None] + 0.5) / wide)
    weights = np.where((i >= low[:, None]) & (i < high[:, None]), weights, 0)
    return np.asarray(weights / weights.sum(1, keepdims=True))
