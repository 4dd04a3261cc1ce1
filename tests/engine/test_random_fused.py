"""Multiply-add with one rounding, against exact rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest

from app.engine.random.fused import fused32, scale_and_shift

ULP = 2.0**-23


def _is_nearest(result: float, a: float, b: float, c: float, kind: type[np.floating]) -> bool:
    """Neither neighbour of the result lies closer to the exact value."""
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    value = kind(result)
    neighbours = [float(np.nextafter(value, kind(side))) for side in (-np.inf, np.inf)]
    return all(abs(exact - Fraction(result)) <= abs(exact - Fraction(other)) for other in neighbours)


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [
        (
            2.0**-24 * (1 + ULP),
            1 - ULP,
            1 + ULP,
            1 + ULP,
        ),  # a hair below half way, and the even neighbour is above
        (2.0**-24 * (1 + 2.0**-11), 1 - 2.0**-11 + 2.0**-22, 1.0, 1 + ULP),  # a hair above; even is below
        (2.0**-24, 1.0, 1.0, 1.0),  # exactly half way: to even
        (2.0**-24, 1.0, 1 + ULP, 1 + 2 * ULP),
    ],
)
def test_sums_that_float64_rounds_to_half_way(a: float, b: float, c: float, expected: float) -> None:
    for sign in (1.0, -1.0):
        assert fused32(np.array([sign * a]), b, sign * c).tolist() == [sign * expected]


def test_float32_is_rounded_once() -> None:
    source = np.random.default_rng(32)
    a, b, c = source.standard_normal((3, 2000)).astype(np.float32).astype(np.float64)
    for result, x, y, z in zip(fused32(a, b, c).tolist(), a.tolist(), b.tolist(), c.tolist(), strict=True):
        assert _is_nearest(result, x, y, z, np.float32)


def test_float64_is_rounded_once() -> None:
    values = np.random.default_rng(64).standard_normal(500)
    for scale, shift in ((0.3, 0.7), (3.0, -1e-3), (0.1, 0.0)):
        results = scale_and_shift(values.copy(), scale, shift)
        for value, result in zip(values.tolist(), results.tolist(), strict=True):
            assert _is_nearest(result, value, scale, shift, np.float64)


def test_negative_zero_plus_zero_is_zero() -> None:
    assert not np.signbit(scale_and_shift(np.array([-0.0], np.float32), 1.0, 0.0)).any()
