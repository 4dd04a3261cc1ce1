"""What PyTorch's CPU kernels make of uniform float64 numbers, one by one, whatever the element type.

Sources of the formulas: the inverse of the distribution function (exponential, Cauchy, geometric); the logarithm of
a normal number (log-normal); for Poisson numbers Knuth's product of uniforms below a mean of 10 and W. Hörmann, "The
transformed rejection method for generating Poisson random variables" (1993) from there on.
"""

import math
from collections.abc import Callable

_REJECTION = 10.0  # from this mean on Poisson numbers are drawn by rejection
_LEAST_NORMAL = 2.0**-52 / 2

Uniform = Callable[[], float]


def exponential(uniform: float, rate: float) -> float:
    """−ln(1 − u) / λ."""
    return -1.0 / rate * math.log1p(-uniform) if uniform < 1.0 - _LEAST_NORMAL else 1.0 / rate * _LEAST_NORMAL


def cauchy(uniform: float, median: float, sigma: float) -> float:
    """median + σ tan(π (u − ½))."""
    return median + sigma * math.tan(math.pi * (uniform - 0.5))


def geometric(uniform: float, chance: float) -> float:
    """⌈ln(u) / ln(1 − p)⌉; infinite where p = 1 leaves nothing to wait for."""
    below = math.log(uniform) if uniform > 0 else -math.inf
    return float(math.ceil(below / math.log1p(-chance))) if chance < 1 else 1.0


def poisson(uniform: Uniform, mean: float) -> float:
    """How many events, of which there are `mean` on average."""
    if mean >= _REJECTION:
        return _poisson_by_rejection(uniform, mean)
    if mean == 0:
        return 0.0
    least, product, count = math.exp(-mean), 1.0, 0
    while True:
        product *= uniform()
        if product <= least:
            return float(count)
        count += 1


def _poisson_by_rejection(uniform: Uniform, mean: float) -> float:
    logarithm = math.log(mean)
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
    squeeze = 0.9277 - 3.6224 / (b - 2)
    while True:
        u = uniform() - 0.5
        v = uniform()
        distance = 0.5 - abs(u)
        k = math.floor((2 * a / distance + b) * u + mean + 0.43)
        if distance >= 0.07 and v <= squeeze:
            return float(k)
        if k < 0 or (distance < 0.013 and v > distance):
            continue
        accepted = math.log(v) + math.log(inverse_alpha) - math.log(a / (distance * distance) + b)
        if accepted <= -mean + k * logarithm - math.lgamma(k + 1):
            return float(k)
