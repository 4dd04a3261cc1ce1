"""The gamma function: its logarithm and derivatives, the zeta of Hurwitz, incomplete forms (DLMF 5, 8, 25)."""

from __future__ import annotations

import math

import numpy as np

from app.engine.arrays import Array
from app.engine.special.errors import by_number

BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330)
"""B₂, B₄ … B₂₀."""
SHIFT = 12  # from here on the asymptotic series are exact in double
ROUNDS = 400


def _lgamma(x: float) -> float:
    """Infinite at the poles."""
    return math.inf if math.isinf(x) or (x <= 0 and x == math.floor(x)) else math.lgamma(x)


lgamma = by_number(_lgamma)


def digamma(x: Array) -> Array:
    """ψ(x) = Γ′/Γ: reflection (5.5.4), recurrence (5.5.2), asymptotic series (5.11.2). At 0 ∓∞, at −1, −2 … nan."""
    wide = x.astype(np.float64)
    mirrored = wide < 0
    y = np.where(mirrored, 1 - wide, wide)
    total = np.zeros_like(y)
    for _ in range(SHIFT):
        low = y < SHIFT
        total = np.where(low, total - 1 / y, total)
        y = np.where(low, y + 1, y)
    series = np.log(y) - 1 / (2 * y)
    for k, b in enumerate(BERNOULLI, start=1):
        series = series - b / (2 * k * y ** (2 * k))
    made = total + series
    fraction = wide - np.trunc(wide)
    turned = np.where(mirrored, made - math.pi / np.tan(math.pi * fraction), made)
    turned = np.where(mirrored & (fraction == 0), np.nan, turned)
    return np.where(wide == 0, np.copysign(np.inf, -wide), turned)


def zeta(s: Array, q: Array) -> Array:
    """Hurwitz's Σ 1/(n + q)^s by Euler and Maclaurin (25.11.5); ∞ at s = 1 and at q = 0, −1 …, nan where undefined."""
    s, q = (a.astype(np.float64) for a in np.broadcast_arrays(s, q))
    steps = np.maximum(np.ceil(SHIFT - np.floor(q)), 0)
    total, start = np.zeros_like(s), q.copy()
    for n in range(int(min(np.max(steps, initial=0, where=np.isfinite(steps)), ROUNDS))):
        total = np.where(n < steps, total + start**-s, total)
        start = np.where(n < steps, start + 1, start)
    total = total + start ** (1 - s) / (s - 1) + start**-s / 2
    factor = s * start ** (-s - 1)
    for k, b in enumerate(BERNOULLI, start=1):
        total = total + b / math.factorial(2 * k) * factor
        factor = factor * (s + 2 * k - 1) * (s + 2 * k) / start**2
    pole = (q <= 0) & (q == np.floor(q))
    odd = (s < 1) | ((q <= 0) & ~pole & (s != np.floor(s)))
    return np.where(odd, np.nan, np.where((s == 1) | pole, np.inf, total))


def polygamma(x: Array, *, n: int) -> Array:
    """The n-th derivative of ψ: (−1)ⁿ⁺¹ n! ζ(n + 1, x) (5.15.1); of order 1 `trigamma`."""
    if n == 0:
        return digamma(x)
    wide = x.astype(np.float64)
    if n > 1:
        return np.asarray((-1) ** (n + 1) * np.exp(math.lgamma(n + 1)) * zeta(np.asarray(n + 1.0), wide))
    return trigamma(wide)


def trigamma(x: Array) -> Array:
    """ψ′ to ten digits, which PyTorch leaves it at: reflection (5.15.6), six recurrences, four terms of (5.15.8)."""
    mirrored = x < 0.5
    y = np.where(mirrored, 1 - x, x)
    total = np.zeros_like(y)
    for _ in range(6):
        total = total + 1 / (y * y)
        y = y + 1
    s = 1 / (y * y)
    total = total + (1 + 1 / (2 * y) + s * (1 / 6 - s * (1 / 30 - s * (1 / 42)))) / y
    return np.where(mirrored, (math.pi / np.sin(math.pi * x)) ** 2 - total, total)


def mvlgamma(x: Array, *, p: int) -> Array:
    """ln of the multivariate gamma function: p(p − 1)/4 · ln π + Σ ln Γ(x − j/2)."""
    total: Array = np.asarray(p * (p - 1) / 4 * math.log(math.pi))
    for j in range(p):
        total = total + lgamma(x - j / 2)
    return total


def igamma(a: Array, x: Array) -> Array:
    """The regularised lower incomplete gamma function: series (8.11.4) on the left, 1 − fraction on the right."""
    lower, _ = _incomplete(a, x)
    return lower


def igammac(a: Array, x: Array) -> Array:
    """The regularised upper incomplete gamma function."""
    _, upper = _incomplete(a, x)
    return upper


def _incomplete(a: Array, x: Array) -> tuple[Array, Array]:
    a, x = (v.astype(np.float64) for v in np.broadcast_arrays(a, x))
    scale = np.exp(a * np.log(x) - x - lgamma(a))
    left = x < a + 1
    series = np.where(left, scale * _series(a, np.where(left, x, 0.0)), 0)
    fraction = np.where(left, 0, scale * _fraction(a, np.where(left, a + 2, x)))
    lower, upper = np.where(left, series, 1 - fraction), np.where(left, 1 - series, fraction)
    bad = (a < 0) | (x < 0) | np.isnan(a) | np.isnan(x) | ((a == 0) & (x == 0)) | (np.isinf(a) & np.isinf(x))
    full = ((a == 0) & (x > 0)) | np.isinf(x)
    none = ((x == 0) & (a > 0)) | (np.isinf(a) & ~np.isinf(x))
    lower = np.where(full, 1.0, np.where(none, 0.0, lower))
    upper = np.where(full, 0.0, np.where(none, 1.0, upper))
    return np.where(bad, np.nan, lower), np.where(bad, np.nan, upper)


def _series(a: Array, x: Array) -> Array:
    """Σ xᵏ / (a (a + 1) … (a + k))."""
    term = 1 / a
    total = term
    for k in range(1, ROUNDS):
        term = term * x / (a + k)
        total = total + term
    return np.asarray(total)


def _fraction(a: Array, x: Array) -> Array:
    """The continued fraction (8.9.2) by Lentz's method."""
    tiny = 1e-300
    b = x + 1 - a
    c, d = np.full_like(b, 1 / tiny), 1 / b
    h = d
    for k in range(1, ROUNDS):
        step = -k * (k - a)
        b = b + 2
        d = 1 / np.where(np.abs(step * d + b) < tiny, tiny, step * d + b)
        c = np.where(np.abs(b + step / c) < tiny, tiny, b + step / c)
        h = h * d * c
    return np.asarray(h)
