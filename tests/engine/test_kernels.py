"""Sums, products and functions to the last bit, as PyTorch's CPU kernels give them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.engine.kernels.products import product
from app.engine.kernels.registers import register_sum
from app.engine.kernels.sums import total
from app.interpreter import run_cells

RECORDED = json.loads((Path(__file__).parents[1] / "golden" / "kernels.json").read_text("utf-8"))


@pytest.mark.parametrize("program", RECORDED)
def test_every_bit(program: str) -> None:
    """`RECORDED[program]` is what PyTorch printed: the numbers with all their digits."""
    cell = run_cells([program]).cells[0]
    assert cell.error is None
    want, have = (text.split() for text in (RECORDED[program], cell.stdout))
    differ = [pair for pair in zip(want, have, strict=True) if pair[0] != pair[1]]
    assert differ == []


@pytest.mark.parametrize("shape", [(0,), (1,), (7,), (40,), (3000,), (0, 3), (5, 0), (4, 3, 5, 6), (2, 1, 9)])
def test_a_sum_is_a_sum(shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).integers(-9, 9, shape).astype(np.float32)  # exact in any order
    for dims in {(0,), (len(shape) - 1,), tuple(range(len(shape)))}:
        np.testing.assert_array_equal(total(x, dims), x.sum(dims))
        np.testing.assert_array_equal(total(x, dims, keepdim=True), x.sum(dims, keepdims=True))
    np.testing.assert_array_equal(total(x.T, (0,)), x.T.sum(0))
    np.testing.assert_array_equal(register_sum(x, -1), x.sum(-1, keepdims=True))


@pytest.mark.parametrize("shape", [(1, 3, 1), (4, 5, 3), (5, 20, 2), (5, 21, 6), (20, 9, 15), (3, 0, 2), (0, 2, 2)])
def test_a_product_is_a_product(shape: tuple[int, int, int]) -> None:
    n, k, m = shape
    random = np.random.default_rng(0)
    a, b = (random.integers(-9, 9, s).astype(np.float32) for s in ((n, k), (k, m)))
    for left in (a, np.asfortranarray(a)):
        for right in (b, np.asfortranarray(b)):
            np.testing.assert_array_equal(product(left, right), a @ b)
