"""Bessel functions of order 0 and 1 and Airy's function (DLMF 9, 10)."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from app.engine.arrays import Array

FAR = 25.0
"""From here on the asymptotic series are exact in double."""
STEP, STEPS = 1 / 16, 640


def _series(x: Array, order: int) -> Array:
    """I_n by its power series (10.25.2): all terms are positive."""
    quarter = np.square(x) / 4
    term = (x / 2) ** order / math.factorial(order)
    total = term
    for k in range(1, 60):
        term = term * quarter / (k * (k + order))
        total = total + term
    return np.asarray(total)


def _expansion(x: Array, order: float, sign: int) -> list[Array]:
    """The terms a_k(n) / xᵏ of Hankel's expansions (10.17.1), with alternating signs or without."""
    terms, term = [np.ones_like(x)], np.ones_like(x)
    for k in range(1, 24):
        term = sign * term * (4 * order * order - (2 * k - 1) ** 2) / (8 * k * x)
        terms.append(term)
    return terms


def _scaled(x: Array, order: int) -> Array:
    """I_n(x)·e^(−|x|): the series, and (10.40.1) from `FAR` on."""
    wide = x.astype(np.float64)
    size = np.abs(wide)
    near, far = np.minimum(size, FAR), np.maximum(size, FAR)
    beyond = sum(_expansion(far, order, -1)) / np.sqrt(2 * math.pi * far)
    made = np.where(size < FAR, _series(near, order) * np.exp(-near), beyond)
    return np.where(wide < 0, (-1) ** order * made, made)


def _whole(x: Array, order: int) -> Array:
    wide = np.abs(x.astype(np.float64))
    return np.asarray(_scaled(x, order) * np.exp(wide))


i0, i1 = partial(_whole, order=0), partial(_whole, order=1)
i0e, i1e = partial(_scaled, order=0), partial(_scaled, order=1)


def _angles(x: Array, order: int) -> Array:
    """J_n(x) = 1/π ∫ cos(nθ − x sin θ) dθ (10.9.2): on a period the trapezoidal rule is exact."""
    theta = (np.arange(128) + 0.5) * (math.pi / 128)
    return np.asarray(np.cos(order * theta - x[..., None] * np.sin(theta)).mean(-1))


def _waves(x: Array, order: int) -> tuple[Array, Array]:
    """J and Y far out: √(2/πx) (P cos ω ∓ Q sin ω), ω = x − nπ/2 − π/4 (10.17.3)."""
    terms = _expansion(x, order, 1)
    even = sum((-1) ** k * t for k, t in enumerate(terms[0::2]))
    odd = sum((-1) ** k * t for k, t in enumerate(terms[1::2]))
    phase = x - order * math.pi / 2 - math.pi / 4
    size = np.sqrt(2 / (math.pi * x))
    return size * (even * np.cos(phase) - odd * np.sin(phase)), size * (even * np.sin(phase) + odd * np.cos(phase))


def _first(x: Array, order: int) -> Array:
    wide = x.astype(np.float64)
    size = np.abs(wide)
    made = np.where(size < FAR, _angles(np.minimum(size, FAR), order), _waves(np.maximum(size, FAR), order)[0])
    return np.where(wide < 0, (-1) ** order * made, made)


def _second(x: Array, order: int) -> Array:
    """Y_n, n = 0 or 1, by Neumann's series in J (10.23.17, Abramowitz and Stegun 9.1.88); −∞ at 0, nan below."""
    wide = x.astype(np.float64)
    near, far = np.clip(wide, 1e-300, FAR), np.maximum(wide, FAR)
    total = (np.log(near / 2) + np.euler_gamma - order) * _angles(near, order) - order * _angles(near, 0) / near
    for k in range(1, 40):
        total = total - (-1) ** k * (order + 2 * k) / (k * (order + k)) * _angles(near, 2 * k + order)
    made = np.where(wide < FAR, 2 / math.pi * total, _waves(far, order)[1])
    return np.where(wide == 0, -np.inf, np.where(wide < 0, np.nan, made))


j0, j1 = partial(_first, order=0), partial(_first, order=1)
y0, y1 = partial(_second, order=0), partial(_second, order=1)


def _decaying(x: Array, order: float) -> Array:
    """e^x K_n(x) = ∫ e^(−x (cosh t − 1)) cosh nt dt (10.32.9) by the trapezoidal rule; ∞ at 0, nan below."""
    wide = x.astype(np.float64)
    t = np.arange(STEPS) * STEP
    weight = np.where(t == 0, 0.5, 1.0) * np.cosh(order * t)
    inner = np.exp(-np.maximum(wide, 1e-300)[..., None] * (np.cosh(t) - 1)) * weight
    made = np.asarray(inner.sum(-1) * STEP)
    return np.where(wide == 0, np.inf, np.where(wide < 0, np.nan, made))


def _falling(x: Array, order: int) -> Array:
    return np.asarray(_decaying(x, order) * np.exp(-x.astype(np.float64)))


k0e, k1e = partial(_decaying, order=0), partial(_decaying, order=1)
k0, k1 = partial(_falling, order=0), partial(_falling, order=1)


def airy_ai(x: Array) -> Array:
    """Ai(x): K_⅓ on the right (9.6.2), Maclaurin's series around 0 (9.4.1), waves on the left (9.7.9)."""
    wide = x.astype(np.float64)
    right = np.maximum(wide, 1.0)
    zeta = 2 / 3 * right**1.5
    beyond = np.sqrt(right / 3) / math.pi * _decaying(zeta, 1 / 3) * np.exp(-zeta)
    made = np.where(wide > 1, beyond, _maclaurin(np.clip(wide, -8.0, 1.0)))
    return np.where(wide < -8, _airy_waves(np.maximum(-wide, 8.0)), made)


def _maclaurin(x: Array) -> Array:
    """Summed in extended precision, since the terms grow before they fall."""
    z = x.astype(np.longdouble)
    cube: Array = z**3
    first: Array = np.ones_like(z)
    second: Array = z.copy()
    total_1, total_2 = first, second
    for k in range(1, 60):
        first = first * cube / ((3 * k - 1) * (3 * k))
        second = second * cube / ((3 * k) * (3 * k + 1))
        total_1, total_2 = total_1 + first, total_2 + second
    start = np.longdouble("0.355028053887817239260063186004183176")
    slope = np.longdouble("0.258819403792806798405183560189203963")
    return np.asarray(start * total_1 - slope * total_2, np.float64)


def _airy_waves(z: Array) -> Array:
    zeta = 2 / 3 * z**1.5
    terms, term = [np.ones_like(z)], np.ones_like(z)
    for k in range(1, 16):
        term = term * (6 * k - 5) * (6 * k - 1) / (72 * k * zeta)
        terms.append(term)
    even = sum((-1) ** k * t for k, t in enumerate(terms[0::2]))
    odd = sum((-1) ** k * t for k, t in enumerate(terms[1::2]))
    phase = zeta - math.pi / 4
    return np.asarray((np.cos(phase) * even + np.sin(phase) * odd) / (math.sqrt(math.pi) * z**0.25))
