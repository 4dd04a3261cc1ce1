"""The error function and its kin (DLMF 7)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from app.engine.arrays import Array
from app.engine.run import current

BY_NUMBER = 5000
"""What one call into Python's mathematics costs, in multiply-adds."""
ROOT_PI, ROOT_2 = math.sqrt(math.pi), math.sqrt(2)


def by_number(function: Callable[[float], float]) -> Callable[[Array], Array]:
    """A function of Python's own mathematics, element by element."""
    each = np.frompyfunc(function, 1, 1)

    def run(x: Array) -> Array:
        current().meter.arithmetic(x.size * BY_NUMBER)
        return np.asarray(each(x.astype(np.float64)), np.float64)

    return run


erf = by_number(math.erf)
erfc = by_number(math.erfc)


def erfcx(x: Array) -> Array:
    """e^(x²) erfc(x); beyond 20 by its asymptotic series (DLMF 7.12.1)."""
    wide = x.astype(np.float64)
    near = np.minimum(wide, 20.0)
    series, term = np.ones_like(wide), np.ones_like(wide)
    far = np.maximum(wide, 20.0)
    for k in range(1, 12):
        term = -term * (2 * k - 1) / (2 * far * far)
        series = series + term
    return np.where(wide < 20, np.exp(near * near) * erfc(near), series / (far * ROOT_PI))


def erfinv(x: Array) -> Array:
    """The y with erf(y) = x; ±∞ at ±1, nan beyond."""
    wide = x.astype(np.float64)
    return np.sign(wide) * erfcinv(1 - np.abs(wide))


def erfcinv(q: Array) -> Array:
    """The y with erfc(y) = q for 0 ≤ q ≤ 1: Newton's method on ln erfc from a guess by its leading behaviour."""
    inside = np.clip(q, 1e-300, 1.0)
    y = _guess(inside)
    for _ in range(6):
        y = y + _newton(y, inside)
    return np.where(q == 0, np.inf, np.where((q < 0) | (q > 1) | np.isnan(q), np.nan, np.where(q == 1, 0.0, y)))


def _guess(q: Array) -> Array:
    """Winitzki's closed form: two digits everywhere."""
    a = 0.147
    log = np.log(q * (2 - q))
    half = 2 / (math.pi * a) + log / 2
    return np.asarray(np.sqrt(np.maximum(np.sqrt(half * half - log / a) - half, 0)))


def _newton(y: Array, q: Array) -> Array:
    """Near 0 the step is taken on erf itself, where ln erfc would lose the small numbers."""
    small = q > 0.5
    on_erf = ((1 - q) - erf(y)) * ROOT_PI / 2 * np.exp(np.minimum(y * y, 700.0))
    on_log = (np.log(erfcx(y)) - y * y - np.log(q)) * ROOT_PI / 2 * erfcx(y)
    step: Array = np.where(small, on_erf, on_log)
    return step


def ndtr(x: Array) -> Array:
    """The normal distribution function."""
    return np.asarray(erfc(-x.astype(np.float64) / ROOT_2) / 2)


def ndtri(p: Array) -> Array:
    """The normal quantile."""
    wide = p.astype(np.float64)
    tail = ROOT_2 * erfcinv(2 * np.minimum(wide, 1 - wide))
    return np.where(wide < 0.5, -tail, tail)


def log_ndtr(x: Array) -> Array:
    """ln of the normal distribution function, without underflow on the left."""
    wide = x.astype(np.float64)
    t = wide / ROOT_2
    left = np.log(erfcx(-np.minimum(t, 0)) / 2) - t * t
    return np.where(wide < -1, left, np.log1p(-erfc(np.maximum(t, -1)) / 2))
