"""The shortest decimals: against numpy's printing of float32, and the values JSON cannot carry."""

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine.printing import shortest

_SOURCE = np.random.default_rng(24)
_BITS = _SOURCE.integers(0, 2**32, 3000, dtype=np.uint64).astype(np.uint32).view(np.float32)
_SAMPLES: dict[str, NDArray[np.float32]] = {
    "any finite bits": _BITS[np.isfinite(_BITS)],
    "normal": _SOURCE.standard_normal(3000).astype(np.float32),
    "decimals": (_SOURCE.integers(-(10**7), 10**7, 3000) / 10.0 ** _SOURCE.integers(0, 8, 3000)).astype(np.float32),
    "six digits that seven would miss": (np.arange(976_563, 999_999, 7) / 1e9).astype(np.float32),
    "powers of two": (np.arange(1, 255, dtype=np.uint32) << 23).view(np.float32),
    "powers of ten": (10.0 ** np.arange(-44, 39)).astype(np.float32),
    "integers": np.array([0, -1, 3, 2**24 - 1, 2**24 + 2, 33554432, 123456789, -(2**31)] * 4, np.float32),
    "edges": np.array([1e-45, 1.17549435e-38, 3.4028235e38, -0.0, 1e-13, 1e25] * 5, np.float32),
}


@pytest.mark.parametrize("name", _SAMPLES)
@pytest.mark.parametrize("length", [7, 10_000])
def test_float32_as_numpy_prints_it(name: str, length: int) -> None:
    """numpy prints one float32 with the fewest digits that read back; in short and in long arrays."""
    sample = _SAMPLES[name]
    found = [value for start in range(0, sample.size, length) for value in shortest(sample[start : start + length])]
    assert [repr(value) for value in found] == [repr(float(str(value))) for value in sample]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("repeats", [1, 20])
def test_what_json_has_no_numbers_for(dtype: str, repeats: int) -> None:
    values = shortest(np.array([np.nan, np.inf, -np.inf, 0.1] * repeats, dtype))
    assert values == ["NaN", "Infinity", "-Infinity", 0.1] * repeats
    json.dumps(values, allow_nan=False)


def test_a_sum_that_overflows_is_not_taken_for_infinity() -> None:
    assert shortest(np.array([1e308, 1e308])) == [1e308, 1e308]


def test_integers_that_javascript_cannot_hold_are_text() -> None:
    values = [2**53, 2**53 + 1, -(2**53) - 1, 7]
    assert shortest(np.array(values)) == [2**53, str(2**53 + 1), str(-(2**53) - 1), 7]


def test_bools_empty_and_transposed_arrays() -> None:
    assert shortest(np.array([True, False])) == [True, False]
    assert shortest(np.zeros((0, 3), np.float32)) == []
    assert shortest(np.array([], np.int64)) == []
    assert shortest(np.array([[1, 2], [3, 4]], np.float32).T) == [1.0, 3.0, 2.0, 4.0]
    assert shortest(np.array(0.1, np.float32)) == [0.1]
