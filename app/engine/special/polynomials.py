"""Orthogonal polynomials by their recurrences (DLMF 18.9); the degree is an operand and may differ by element."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.engine.arrays import Array

LIMIT = 10_000
"""Of higher degrees nothing but rounding would be left: they are nan."""
Step = Callable[[Array, int, Array, Array], Array]
Polynomial = Callable[[Array, Array], Array]


def recurrence(first: Callable[[Array], Array], step: Step, of: Callable[[Array], Array] = lambda x: x) -> Polynomial:
    """p₀ = 1, p₁ = first(x), p_k = step(x, k, p_{k−1}, p_{k−2}); 0 for a negative degree. `of` moves x first."""

    def polynomial(x: Array, n: Array) -> Array:
        z, degree = np.broadcast_arrays(of(x.astype(np.float64)), np.trunc(n))
        before, now = np.ones_like(z), first(z)
        made = np.where(degree == 0, 1.0, np.where(degree == 1, now, 0.0))
        for k in range(2, highest(degree) + 1):
            before, now = now, step(z, k, now, before)
            made = np.where(degree == k, now, made)
        return np.where(degree <= LIMIT, made, np.nan)

    return polynomial


def highest(degree: Array) -> int:
    """The largest degree that is asked for."""
    return int(np.max(degree, initial=1, where=degree <= LIMIT))


def _shifted(x: Array) -> Array:
    return 2 * x - 1


def _doubled(x: Array, k: int, p: Array, q: Array) -> Array:
    """Chebyshev's polynomials of all four kinds."""
    return 2 * x * p - q


_STARTS: dict[str, Callable[[Array], Array]] = {
    "t": lambda x: x, "u": lambda x: 2 * x, "v": lambda x: 2 * x - 1, "w": lambda x: 2 * x + 1,
}  # fmt: skip
POLYNOMIALS: dict[str, Polynomial] = {
    **{f"chebyshev_polynomial_{kind}": recurrence(start, _doubled) for kind, start in _STARTS.items()},
    **{f"shifted_chebyshev_polynomial_{k}": recurrence(start, _doubled, _shifted) for k, start in _STARTS.items()},
    "hermite_polynomial_h": recurrence(lambda x: 2 * x, lambda x, k, p, q: 2 * (x * p - (k - 1) * q)),
    "hermite_polynomial_he": recurrence(lambda x: x, lambda x, k, p, q: x * p - (k - 1) * q),
    "laguerre_polynomial_l": recurrence(lambda x: 1 - x, lambda x, k, p, q: ((2 * k - 1 - x) * p - (k - 1) * q) / k),
    "legendre_polynomial_p": recurrence(lambda x: x, lambda x, k, p, q: ((2 * k - 1) * x * p - (k - 1) * q) / k),
}
