"""log, sin and cos in float32 with the very roundings of PyTorch's vectorised kernels.

PyTorch's randn of 16 and more float32 numbers uses the Cephes polynomials (S. Moshier, `logf.c`, `sinf.c`) on
AVX2 registers. The compiler of the released binaries fused multiply-add pairs, so they are fused here too;
which ones, comparison with PyTorch 2.13 bit by bit has shown. Arguments and results are float32
values in float64.
"""

import numpy as np

from app.engine.random.fused import Doubles, fused32, round32


def _single(*values: float) -> tuple[float, ...]:
    return tuple(float(np.float32(value)) for value in values)


_LOG = _single(
    7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
    -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
)  # fmt: skip
_LN2_LOW, _LN2_HIGH, _SQRT_HALF = _single(-2.12194440e-4, 0.693359375, 0.707106781186547524)
_SIN = _single(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)
_COS = _single(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
_QUARTER_PI = _single(-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8)  # −π/4 in three parts
(_FOUR_OVER_PI,) = _single(1.27323954473516)


def _polynomial(coefficients: tuple[float, ...], x: Doubles) -> Doubles:
    """Horner's rule with fused steps, highest power first."""
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value = fused32(value, x, coefficient)
    return value


def log32(x: Doubles) -> Doubles:
    """Natural logarithm of positive normal numbers, of any shape."""
    fraction, exponent = np.frexp(x)
    low = fraction < _SQRT_HALF
    exponent = exponent - low
    fraction = round32(np.where(low, fraction + fraction, fraction) - 1.0)
    square = round32(fraction * fraction)
    tail = round32(_polynomial(_LOG, fraction) * fraction)
    tail = fused32(tail, square, round32(exponent * _LN2_LOW))
    tail = fused32(square, -0.5, tail)
    return fused32(exponent.astype(np.float64), _LN2_HIGH, round32(fraction + tail))


def sincos32(x: Doubles) -> tuple[Doubles, Doubles]:
    """Sine and cosine of non-negative angles below 8192 radians, of any shape."""
    octant = (round32(x * _FOUR_OVER_PI).astype(np.int64) + 1) & ~1
    turned = octant.astype(np.float64)
    for part in _QUARTER_PI:
        x = fused32(turned, part, x)
    square = round32(x * x)
    cosine = round32(_polynomial(_COS, square) * square)
    cosine = round32(fused32(cosine, square, round32(square * -0.5)) + 1.0)
    sine = fused32(round32(_polynomial(_SIN, square) * square), x, x)
    swapped = (octant & 2) != 0
    sine_sign = np.where(octant & 4, -1.0, 1.0)
    cosine_sign = np.where((octant - 2) & 4, 1.0, -1.0)
    return np.where(swapped, cosine, sine) * sine_sign, np.where(swapped, sine, cosine) * cosine_sign
